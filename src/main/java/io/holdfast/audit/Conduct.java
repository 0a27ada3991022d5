package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Outcome;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * What has been done on one request so far, as far as a later entry may rest on it. The rules answer with what should have
 * been; nothing means that all is well. There may be a million of these at once, so it keeps digests and not entries.
 */
final class Conduct {

    private Optional<Hash> facts = Optional.empty();
    private Optional<Hash> referred = Optional.empty();
    private boolean isAwaiting;
    private Set<String> approvedBy = Set.of();
    private Set<DataCategory> granted = Set.of();
    private Optional<Permit> permit = Optional.empty();
    private Optional<Event.Accessed> lastRead = Optional.empty();
    private int readings;
    private boolean isDelivered;

    /** What a release permits, and until when it need not be decided again. */
    private record Permit(
            Action action, int accounts, Set<DataCategory> granted, long epoch, Optional<Instant> nextChangeAt) {

        static Permit of(Facts facts, Decision.Released released) {
            return new Permit(
                    facts.action(),
                    facts.accounts(),
                    released.scope().granted(),
                    released.basis().epoch(),
                    released.basis().nextChangeAt());
        }
    }

    /** Whether nothing can rest on this decision, so that it need not be remembered. */
    static boolean isForgotten(Event.RequestDecided decided) {
        Outcome outcome = decided.decision().outcome();
        return outcome != Outcome.REFERRED && outcome != Outcome.RELEASED;
    }

    /** A request is decided again on what it said at first; only approvals may have been added. */
    Optional<String> changedFacts(Event.RequestDecided decided) {
        return facts.filter(before -> !before.equals(digest(decided.facts())))
                .map(before -> "the facts of the earlier decision on it, apart from approvals");
    }

    void decided(Event.RequestDecided decided, Hash version) {
        facts = facts.or(() -> Optional.of(digest(decided.facts())));
        permit = decided.decision() instanceof Decision.Released released
                ? Optional.of(Permit.of(decided.facts(), released))
                : Optional.empty();
        isAwaiting = decided.decision() instanceof Decision.Referred;
        if (isAwaiting) {
            referred = Optional.of(version);
        }
        granted = decided.decision().granted();
        if (permit.isEmpty() || decided.facts().approvals() == 0) {
            approvedBy = Set.of(); // of another version, or of what has been stopped since: they count for nothing more
        }
    }

    private static Hash digest(Facts facts) {
        return Hash.of(RecordKey.sha256(CanonicalJson.write(FactsJson.write(facts.withApprovals(0)))));
    }

    Optional<String> approved(Event.ApprovalGiven given) {
        if (!isAwaiting) {
            return Optional.of("blocked, since nothing on it awaits approval");
        }
        if (!referred.equals(Optional.of(given.version()))) {
            return Optional.of("blocked, since another decision on it awaits approval");
        }
        if (approvedBy.contains(given.by())) {
            return Optional.of("blocked, since this person has approved it already");
        }
        Set<String> more = new HashSet<>(approvedBy);
        more.add(given.by());
        approvedBy = Set.copyOf(more);
        return Optional.empty();
    }

    Optional<String> approvalBlocked(Event.Blocked why) {
        if (why == Event.Blocked.SHREDDED) {
            return Optional.empty(); // whether it was, Erasure knows
        }
        if (isAwaiting == (why == Event.Blocked.NOT_AWAITING_APPROVAL)) {
            return Optional.of(
                    isAwaiting
                            ? "counted, or blocked for another reason, since a decision on it awaits approval"
                            : "blocked as " + Event.Blocked.NOT_AWAITING_APPROVAL + ", since nothing on it does");
        }
        // Which version somebody saw, and where somebody is (LOCATED_THERE), the open part does not say: that is taken
        // as it stands.
        return why == Event.Blocked.SAME_PERSON_TWICE && approvedBy.isEmpty()
                ? Optional.of("counted, or blocked for another reason, since nobody has approved it yet")
                : Optional.empty();
    }

    /** Whether people may still look at it or collect what was released. */
    boolean isInFlight() {
        return (isAwaiting || permit.isPresent()) && !isDelivered;
    }

    /**
     * How many approvals the next decision on it counts: those of different people to the last one, if that waits for them or
     * releases; and none if with them more would be released than they have seen.
     *
     * @param decide what is decided with so many; nothing if nobody can say
     */
    int approvals(IntFunction<Optional<Decision>> decide) {
        int given = approvedBy.size();
        return given > 0
                        && decide.apply(given)
                                .filter(again -> again.releasesMoreThan(granted))
                                .isPresent()
                ? 0
                : given;
    }

    Optional<String> accessed(Event.Accessed access, long epoch, Instant at) {
        lastRead = Optional.of(access);
        readings++;
        Optional<String> notNow = notReleased(epoch, at);
        if (notNow.isPresent()) {
            return notNow;
        }
        Permit permitted = permit.orElseThrow();
        if (access.action() != permitted.action()) {
            return Optional.of("nothing, since the action released is "
                    + permitted.action().code());
        }
        if (!permitted.granted().containsAll(access.categories())) {
            return Optional.of("at most " + codes(permitted.granted()) + ", as released");
        }
        return access.accounts() <= permitted.accounts()
                ? Optional.empty()
                : Optional.of("at most " + permitted.accounts() + " accounts, as asked");
    }

    Optional<String> delivered(Event.Delivered delivery, long epoch, Instant at) {
        if (isDelivered) {
            return Optional.of("nothing, since it was handed over before");
        }
        if (readings == 0) {
            return Optional.of("nothing, since nothing was read for it");
        }
        isDelivered = true;
        readings--; // what was read once is handed over once
        Event.Accessed read = lastRead.orElseThrow();
        if (!read.categories().containsAll(delivery.categories())) {
            return Optional.of("at most " + codes(read.categories()) + ", as read");
        }
        return delivery.accounts() > read.accounts()
                ? Optional.of("at most " + read.accounts() + " accounts, as read")
                : notReleased(epoch, at);
    }

    Optional<String> deliveryFailed(Event.Blocked why, long epoch, Instant at) {
        if (why == Event.Blocked.SHREDDED) {
            return Optional.empty(); // whether it was, Erasure knows
        }
        if (why == Event.Blocked.NOT_RELEASED) {
            readings = Math.max(0, readings - 1);
            return notReleased(epoch, at).isPresent()
                    ? Optional.empty()
                    : Optional.of("read, since the latest decision on it is RELEASED");
        }
        if (readings == 0) {
            return Optional.of("blocked before the store was read, since no reading stands before it");
        }
        readings--;
        return Optional.empty();
    }

    /** A hold may have been placed since, or have begun to stand, or the instrument may have expired. */
    private Optional<String> notReleased(long epoch, Instant at) {
        if (permit.isEmpty()) {
            return Optional.of("nothing, since the latest decision on it is not RELEASED");
        }
        if (permit.get().epoch() != epoch) {
            return Optional.of("nothing, since it was released under epoch "
                    + permit.get().epoch() + ", and epoch " + epoch + " is in force");
        }
        return permit.get()
                .nextChangeAt()
                .filter(change -> !at.isBefore(change))
                .map(change -> "nothing, since it had to be decided again from " + change + " on");
    }

    static String codes(Set<DataCategory> categories) {
        return categories.stream().map(DataCategory::code).collect(Collectors.joining(", "));
    }
}
