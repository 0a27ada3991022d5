package io.holdfast.gate;

import static io.holdfast.gate.WalkViolation.check;

import io.holdfast.audit.Event;
import io.holdfast.audit.HoldChangeBook;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.OnePack;
import io.holdfast.gate.WalkAct.Who;
import io.holdfast.gate.WalkViolation.Property;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people did on a walk, by their names, and the fold of the entries that the log has gained: each is read from the log once,
 * and is held to what people did and to what stands before it.
 */
final class WalkMemory {

    static final String THREE = OnePack.stricter().digest();

    private static final Set<Dimension> PLACES =
            Set.of(Dimension.ISSUER_JURISDICTION, Dimension.USER_JURISDICTION, Dimension.SUBJECT_JURISDICTION);

    /** A proposed change of holds, by the names of people. */
    private static final class Proposal {
        final String by;
        final WantedChange wanted;
        final long epoch;
        final Set<String> approvedBy = new HashSet<>();
        final Set<String> objectedBy = new HashSet<>();
        boolean isOver;

        Proposal(String by, WantedChange wanted, long epoch) {
            this.by = by;
            this.wanted = wanted;
            this.epoch = epoch;
        }
    }

    private final int people;
    private final List<Stored> entries = new ArrayList<>();
    private final Map<String, WalkCase> cases = new LinkedHashMap<>();
    private final Map<Hash, Proposal> proposals = new HashMap<>();
    private final Map<Long, String> rulebooks = new HashMap<>();
    private final Set<String> former = new HashSet<>();
    private final HoldChangeBook book = new HoldChangeBook();
    private Standing folded = Standing.BEFORE_GENESIS;

    /** @param people that a change of holds takes */
    WalkMemory(int people) {
        this.people = people;
    }

    Standing folded() {
        return folded;
    }

    HoldChangeBook book() {
        return book;
    }

    List<Stored> entries() {
        return entries;
    }

    Map<String, WalkCase> cases() {
        return cases;
    }

    /**
     * Takes the next entry of the log.
     *
     * @param done what led to it
     */
    void take(Stored stored, WalkDesks.Done done) {
        Event event = stored.entry().event();
        if (stored.entry().envelope().isAboutRequest()) {
            cases.computeIfAbsent(stored.entry().envelope().subject(), id -> new WalkCase(stored))
                    .take(
                            stored,
                            done,
                            folded,
                            stored.entry().envelope().rulebook().equals(THREE) ? 3 : 2);
        } else {
            holdChange(stored, done);
            rulebook(stored, done);
        }
        Standing next = folded.after(stored.entry().envelope(), event);
        if (event.kind().isControl() && !folded.isBeforeGenesis() && !(event instanceof Event.HoldsChanged)) {
            checkOpensNothing(folded, next, stored);
        }
        book.next(stored);
        entries.add(stored);
        folded = next;
    }

    private void holdChange(Stored stored, WalkDesks.Done done) {
        Event event = stored.entry().event();
        if (event instanceof Event.HoldChangeProposed) {
            Who by = counted(done, Role.LEGAL_OPERATOR, Role.LEGAL_APPROVER);
            proposals.put(
                    stored.entry().leaf().hash(),
                    new Proposal(by.name(), done.wanted().orElseThrow(), folded.epoch()));
        } else if (event instanceof Event.HoldChangeApproved approved) {
            done.checkNamed(approved.proposal());
            Proposal proposal = open(approved.proposal());
            Who by = counted(done, Role.LEGAL_APPROVER);
            check(!isLocatedWhere(by, proposal), Property.LOOSENED_BY_ONE, "somebody approved who is located there");
            proposal.approvedBy.add(by.name());
        } else if (event instanceof Event.HoldChangeObjected objected) {
            Proposal proposal = open(objected.proposal());
            Who by = counted(done, Role.LEGAL_APPROVER);
            proposal.objectedBy.add(by.name());
            proposal.approvedBy.remove(by.name());
        } else if (event instanceof Event.HoldObjectionWithdrawn withdrawn) {
            check(
                    open(withdrawn.proposal())
                            .objectedBy
                            .remove(counted(done, Role.LEGAL_APPROVER).name()),
                    Property.LOOSENED_BY_ONE,
                    "somebody took back the objection of another");
        } else if (event instanceof Event.HoldChangeWithdrawn withdrawn) {
            Proposal proposal = open(withdrawn.proposal());
            check(
                    proposal.by.equals(counted(done, Role.LEGAL_OPERATOR, Role.LEGAL_APPROVER)
                            .name()),
                    Property.LOOSENED_BY_ONE,
                    "somebody withdrew what another had proposed");
            proposal.isOver = true;
        } else if (event instanceof Event.HoldChangeEnded ended) {
            open(ended.proposal()).isOver = true;
        } else if (event instanceof Event.HoldsChanged changed) {
            changed(changed, stored.entry().envelope().at());
        }
    }

    private static Who counted(WalkDesks.Done done, Role... roles) {
        Who by = done.somebody();
        check(by.isPerson(), Property.LOOSENED_BY_ONE, "somebody counted who is nobody");
        check(Stream.of(roles).anyMatch(by::has), Property.LOOSENED_BY_ONE, "somebody counted who has not the role");
        return by;
    }

    private Proposal open(Hash version) {
        Proposal proposal = proposals.get(version);
        check(proposal != null && !proposal.isOver, Property.APPROVAL_SURVIVED_AN_EDIT, "it counted for what is over");
        return proposal;
    }

    private boolean isLocatedWhere(Who who, Proposal proposal) {
        return proposal.wanted.changes().stream()
                .flatMap(change -> Stream.concat(
                        folded.hold(change.holdId()).stream(), change.next().map(RecordedHold::hold).stream()))
                .flatMap(hold -> places(hold).stream())
                .anyMatch(place -> who.place().equals(Optional.of(place)));
    }

    private static Set<String> places(Hold hold) {
        return PLACES.stream()
                .map(dimension -> hold.applies().accepted().get(dimension))
                .filter(Objects::nonNull)
                .flatMap(Set::stream)
                .map(place -> ((Jurisdiction) place).code())
                .collect(Collectors.toSet());
    }

    private void changed(Event.HoldsChanged changed, Instant at) {
        Proposal proposal = open(changed.proposal());
        Set<String> agreed = new HashSet<>(proposal.approvedBy);
        agreed.add(proposal.by);
        check(agreed.size() >= people, Property.LOOSENED_BY_ONE, agreed.size() + " people of " + people);
        check(proposal.objectedBy.isEmpty(), Property.LOOSENED_BY_ONE, "against an objection");
        check(
                proposal.wanted.changes().equals(changed.changes()),
                Property.APPROVAL_SURVIVED_AN_EDIT,
                "another change than was approved");
        check(proposal.epoch == folded.epoch(), Property.APPROVAL_SURVIVED_AN_EDIT, "something else has changed since");
        boolean isInTime = !at.isAfter(proposal.wanted.effectiveBy())
                && proposal.wanted.effective().map(from -> !at.isBefore(from)).orElse(true);
        check(isInTime, Property.APPROVAL_SURVIVED_AN_EDIT, "at another time than was approved");
        proposal.isOver = true;
    }

    /** Of every kind of request that has come in, and every category of data. */
    private void checkOpensNothing(Standing before, Standing after, Stored stored) {
        Instant at = stored.entry().envelope().at();
        Set<Facts> kinds = cases.values().stream().map(WalkCase::facts).collect(Collectors.toSet());
        for (Facts facts : kinds) {
            for (DataCategory category : facts.categories()) {
                check(
                        !WalkCase.isHeld(before, facts, category, at) || WalkCase.isHeld(after, facts, category, at),
                        Property.LOOSENED_BY_ONE,
                        "by " + stored.entry().kind());
            }
        }
        Set<String> ids =
                after.recorded().stream().map(recorded -> recorded.hold().id()).collect(Collectors.toSet());
        check(
                before.recorded().stream()
                        .allMatch(recorded -> ids.contains(recorded.hold().id())),
                Property.LOOSENED_BY_ONE,
                "a hold is gone by " + stored.entry().kind());
    }

    private void rulebook(Stored stored, WalkDesks.Done done) {
        if (stored.entry().event() instanceof Event.RulebookProposed) {
            Who by = done.somebody();
            check(by.isPerson(), Property.RULEBOOK_BY_ONE, "somebody counted who is nobody");
            rulebooks.put(stored.index(), by.name());
        } else if (stored.entry().event() instanceof Event.RulebookActivated activated) {
            String next = activated.change().next();
            if (done.who().isEmpty()) {
                boolean opensNothing = next.equals(THREE) && !former.contains(THREE);
                check(opensNothing, Property.RULEBOOK_BY_ONE, "nobody agreed to it");
            } else {
                check(done.who().get().isPerson(), Property.RULEBOOK_BY_ONE, "somebody counted who is nobody");
                String first =
                        rulebooks.get(stored.entry().envelope().previous().orElse(-1));
                check(
                        first != null && !first.equals(done.who().get().name()),
                        Property.RULEBOOK_BY_ONE,
                        "nobody else has proposed it");
            }
            former.add(folded.rulebook());
        }
    }
}
