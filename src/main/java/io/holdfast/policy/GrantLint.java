package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.Channel;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What can be wrong with a grant. */
final class GrantLint {

    private static final int APPROVALS = 2;
    private static final Set<Term> HANDS_OVER = Set.of(Action.DISCLOSE, Action.ASSIST_DECRYPTION, Action.INTERCEPT);

    private final Rulebook rulebook;
    private final Instant at;

    GrantLint(Rulebook rulebook, Instant at) {
        this.rulebook = rulebook;
        this.at = at;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<Grant> grants = rulebook.grants();
        for (int i = 0; i < grants.size(); i++) {
            Grant grant = grants.get(i);
            careless(grant, findings);
            unreachable(grant, findings);
            for (Grant earlier : grants.subList(0, i)) {
                if (earlier.when().equals(grant.when()) && overlap(earlier.valid(), grant.valid())) {
                    findings.add(Finding.warning(grant.id(), "permits the same as " + earlier.id()));
                }
            }
        }
        return findings;
    }

    private static void careless(Grant grant, List<Finding> findings) {
        Set<Term> actions = grant.when().accepted().get(Dimension.ACTION);
        boolean handsOver = actions == null || actions.stream().anyMatch(HANDS_OVER::contains);
        if (handsOver && grant.obligations().approvals() < APPROVALS) {
            findings.add(Finding.error(
                    grant.id(),
                    "hands data over with " + grant.obligations().approvals() + " approvals; at least " + APPROVALS));
        }
        for (Dimension dimension : List.of(Dimension.SENDER, Dimension.DOCUMENT)) {
            if (!Set.of(Assurance.VERIFIED).equals(grant.when().accepted().get(dimension))) {
                findings.add(Finding.error(
                        grant.id(),
                        "accepts a " + dimension.code() + " that is not verified; add " + dimension.code()
                                + ": [VERIFIED]"));
            }
        }
    }

    private void unreachable(Grant grant, List<Finding> findings) {
        if (grant.valid().until().filter(until -> !until.isAfter(at)).isPresent()) {
            findings.add(Finding.warning(
                    grant.id(), "has been off since " + grant.valid().until().get() + ", when its pack ended"));
        }
        Set<Term> channels = grant.when().accepted().getOrDefault(Dimension.CHANNEL, Set.of());
        for (Channel channel : List.of(Channel.TREATY, Channel.EXECUTIVE_AGREEMENT)) {
            if (!channels.contains(channel)) {
                continue;
            }
            boolean isOnlyChannel = channels.size() == 1;
            if (isOnlyChannel && !isJoined(grant, channel, treaty -> true)) {
                findings.add(Finding.error(
                        grant.id(), "can never fire: no " + channel.code() + " joins its issuers with its providers"));
                continue;
            }
            List<String> closed = closedIssuers(grant, channel);
            if (!closed.isEmpty()) {
                findings.add(Finding.warning(
                        grant.id(),
                        "accepts " + channel.code() + ", which is suspended or missing for "
                                + String.join(", ", closed)));
            }
        }
    }

    /** The issuers that the grant names and that have no open channel to any of its providers. */
    private List<String> closedIssuers(Grant grant, Channel channel) {
        Set<String> closed = new TreeSet<>();
        for (Term issuer : grant.when().accepted().getOrDefault(Dimension.ISSUER_JURISDICTION, Set.of())) {
            boolean isOpen = rulebook.treaties().stream()
                    .anyMatch(treaty -> treaty.channel() == channel
                            && treaty.isActiveAt(at)
                            && joinsProvider(treaty, (Jurisdiction) issuer, grant));
            if (!isOpen) {
                closed.add(issuer.code());
            }
        }
        return List.copyOf(closed);
    }

    private boolean isJoined(Grant grant, Channel channel, Predicate<Treaty> also) {
        Set<Term> issuers = grant.when().accepted().get(Dimension.ISSUER_JURISDICTION);
        return rulebook.treaties().stream()
                .filter(treaty -> treaty.channel() == channel && also.test(treaty))
                .anyMatch(treaty -> treaty.parties().stream()
                        .anyMatch(party ->
                                (issuers == null || issuers.contains(party)) && joinsProvider(treaty, party, grant)));
    }

    private static boolean joinsProvider(Treaty treaty, Jurisdiction issuer, Grant grant) {
        Set<Term> providers = grant.when().accepted().get(Dimension.PROVIDER_JURISDICTION);
        return treaty.parties().stream()
                .anyMatch(party -> treaty.joins(issuer, party) && (providers == null || providers.contains(party)));
    }

    private static boolean overlap(Validity a, Validity b) {
        return a.until().filter(until -> !until.isAfter(b.from())).isEmpty()
                && b.until().filter(until -> !until.isAfter(a.from())).isEmpty();
    }
}
