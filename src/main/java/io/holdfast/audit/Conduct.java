package io.holdfast.audit;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Outcome;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has been done on one request so far, as far as a later entry may rest on it. The rules answer with what should have
 * been; nothing means that all is well.
 */
final class Conduct {

    private Optional<Hash> referred = Optional.empty();
    private final Set<String> approvedBy = new HashSet<>(2);
    private Optional<Event.RequestDecided> released = Optional.empty();
    private Optional<Event.Accessed> accessed = Optional.empty();
    private boolean isWaiting;
    private boolean isDelivered;

    /** Whether nothing can rest on this decision, so that it need not be remembered. */
    static boolean isForgotten(Event.RequestDecided decided) {
        Outcome outcome = decided.decision().outcome();
        return outcome != Outcome.REFERRED && outcome != Outcome.RELEASED;
    }

    void decided(Event.RequestDecided decided, Hash version) {
        boolean isReleased = decided.decision() instanceof Decision.Released;
        isWaiting = isReleased || decided.decision() instanceof Decision.Referred;
        released = isReleased ? Optional.of(decided) : Optional.empty();
        if (decided.decision() instanceof Decision.Referred) {
            referred = Optional.of(version);
            approvedBy.clear();
        }
    }

    void approved(Event.ApprovalGiven given) {
        if (referred.equals(Optional.of(given.version()))) {
            approvedBy.add(given.by());
        }
    }

    /** Whether people may still look at it or collect what was released. */
    boolean isInFlight() {
        return isWaiting && !isDelivered;
    }

    /** How many different people have approved the last decision that asked for it. */
    int approvals() {
        return approvedBy.size();
    }

    Optional<String> accessed(Event.Accessed access, long epoch, Instant at) {
        accessed = Optional.of(access);
        Optional<String> notNow = notReleased(epoch, at);
        if (notNow.isPresent()) {
            return notNow;
        }
        Event.RequestDecided decided = released.orElseThrow();
        Decision.Released decision = (Decision.Released) decided.decision();
        if (access.action() != decided.facts().action()) {
            return Optional.of("nothing, since the action released is "
                    + decided.facts().action().code());
        }
        if (!decision.scope().granted().containsAll(access.categories())) {
            return Optional.of("at most " + codes(decision.scope().granted()) + ", as released");
        }
        return access.accounts() <= decided.facts().accounts()
                ? Optional.empty()
                : Optional.of("at most " + decided.facts().accounts() + " accounts, as asked");
    }

    Optional<String> delivered(Event.Delivered delivery, long epoch, Instant at) {
        isDelivered = true;
        if (accessed.isEmpty()) {
            return Optional.of("nothing, since nothing was read for it");
        }
        Event.Accessed read = accessed.get();
        accessed = Optional.empty(); // what was read once is handed over once
        if (!read.categories().containsAll(delivery.categories())) {
            return Optional.of("at most " + codes(read.categories()) + ", as read");
        }
        return delivery.accounts() > read.accounts()
                ? Optional.of("at most " + read.accounts() + " accounts, as read")
                : notReleased(epoch, at);
    }

    /** A hold may have been placed since, or have begun to stand, or the instrument may have expired. */
    private Optional<String> notReleased(long epoch, Instant at) {
        if (released.isEmpty()) {
            return Optional.of("nothing, since the latest decision on it is not RELEASED");
        }
        Decision.Basis basis = released.get().decision().basis();
        if (basis.epoch() != epoch) {
            return Optional.of("nothing, since it was released under epoch " + basis.epoch() + ", and epoch " + epoch
                    + " is in force");
        }
        return basis.nextChangeAt()
                .filter(change -> !at.isBefore(change))
                .map(change -> "nothing, since it had to be decided again from " + change + " on");
    }

    static String codes(Set<DataCategory> categories) {
        return categories.stream().map(DataCategory::code).collect(Collectors.joining(", "));
    }
}
