package io.holdfast.policy;

import io.holdfast.legal.Duty;
import io.holdfast.legal.Match;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One grant with one mistake in it, many times over, by what is wrong: in its condition, and in what it asks for. */
final class GrantMutants {

    private final ConditionMutants inConditions;

    GrantMutants(ConditionMutants inConditions) {
        this.inConditions = inConditions;
    }

    Map<String, Grant> of(Grant grant) {
        Map<String, Grant> changed = new LinkedHashMap<>();
        inConditions.of(grant.when()).forEach((change, when) -> {
            if (!when.accepted().isEmpty()) {
                changed.put(change, with(grant, when));
            }
        });
        obligations(grant.obligations())
                .forEach((change, asks) -> changed.put(change, with(grant, grant.when(), asks, grant.peopleOnly())));
        changed.put(
                grant.peopleOnly() ? "is not for people only" : "is for people only",
                with(grant, grant.when(), grant.obligations(), !grant.peopleOnly()));
        grant.serveWithin()
                .ifPresent(period -> changed.put(
                        "may be served a day longer",
                        new Grant(
                                grant.id(),
                                grant.basis(),
                                grant.when(),
                                grant.obligations(),
                                grant.valid(),
                                Optional.of(period.plusDays(1)),
                                grant.peopleOnly(),
                                grant.unencrypted(),
                                grant.source())));
        return changed;
    }

    static Grant with(Grant grant, Match when) {
        return with(grant, when, grant.obligations(), grant.peopleOnly());
    }

    private static Grant with(Grant grant, Match when, Obligations asks, boolean peopleOnly) {
        Optional<Source> unencrypted =
                asks.unencrypted() ? Optional.of(grant.unencrypted().orElse(grant.source())) : Optional.empty();
        return new Grant(
                grant.id(),
                grant.basis(),
                when,
                asks,
                grant.valid(),
                grant.serveWithin(),
                peopleOnly,
                unencrypted,
                grant.source());
    }

    static Grant validFor(Grant grant, Validity validity) {
        return new Grant(
                grant.id(),
                grant.basis(),
                grant.when(),
                grant.obligations(),
                validity,
                grant.serveWithin(),
                grant.peopleOnly(),
                grant.unencrypted(),
                grant.source());
    }

    private static Map<String, Obligations> obligations(Obligations asks) {
        Map<String, Obligations> changed = new LinkedHashMap<>();
        if (asks.approvals() > 0) {
            changed.put("asks for an approval less", withApprovals(asks, asks.approvals() - 1));
        }
        changed.put("asks for an approval more", withApprovals(asks, asks.approvals() + 1));
        Notice other = asks.notice() == Notice.BEFORE ? Notice.AFTER : Notice.BEFORE;
        changed.put(
                "has the notice " + other.code(),
                new Obligations(
                        asks.approvals(),
                        other,
                        asks.clocks(),
                        asks.preservation(),
                        asks.duties(),
                        asks.unencrypted()));
        asks.clocks()
                .forEach(clock -> changed.put(
                        "has no clock " + clock.step().code(),
                        new Obligations(
                                asks.approvals(),
                                asks.notice(),
                                asks.clocks().stream()
                                        .filter(kept -> kept != clock)
                                        .toList(),
                                asks.preservation(),
                                asks.duties(),
                                asks.unencrypted())));
        asks.duties().forEach(duty -> {
            Set<Duty> duties = new LinkedHashSet<>(asks.duties());
            duties.remove(duty);
            changed.put(
                    "has no duty " + duty.code(),
                    new Obligations(
                            asks.approvals(),
                            asks.notice(),
                            asks.clocks(),
                            asks.preservation(),
                            duties,
                            asks.unencrypted()));
        });
        asks.preservation()
                .ifPresent(kept -> changed.put(
                        "keeps nothing",
                        new Obligations(
                                asks.approvals(),
                                asks.notice(),
                                asks.clocks(),
                                Optional.empty(),
                                asks.duties(),
                                asks.unencrypted())));
        changed.put(
                asks.unencrypted() ? "has to be encrypted" : "may be unencrypted",
                new Obligations(
                        asks.approvals(),
                        asks.notice(),
                        asks.clocks(),
                        asks.preservation(),
                        asks.duties(),
                        !asks.unencrypted()));
        return changed;
    }

    private static Obligations withApprovals(Obligations asks, int approvals) {
        return new Obligations(
                approvals, asks.notice(), asks.clocks(), asks.preservation(), asks.duties(), asks.unencrypted());
    }
}
