package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The grants that were issued on one request, and which of them were used. The rules answer with what should have been; nothing
 * means that all is well.
 */
public final class GrantTrail {

    /** So many can be issued on one request: each is read again whenever something is done on it. */
    public static final int MOST = 1_000;

    /** None is valid for longer. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<Long, Grant> grants = new HashMap<>();
    private final Set<Long> passing = new HashSet<>();

    private record Grant(Set<DataCategory> categories, int accounts, Instant until, boolean isUsed) {
        Grant used() {
            return new Grant(categories, accounts, until, true);
        }
    }

    Optional<String> issued(long index, Event.GrantIssued issued, Instant at) {
        boolean isFull = isFull();
        grants.put(index, new Grant(issued.categories(), issued.accounts(), issued.until(), false));
        if (isFull) {
            return Optional.of("none, since " + MOST + " were issued on it before");
        }
        return at.isBefore(issued.until()) && !issued.until().isAfter(at.plus(LONGEST))
                ? Optional.empty()
                : Optional.of("one that is over " + LONGEST.toSeconds() + " seconds later at most");
    }

    Optional<String> used(Stored stored, Event.Accessed access, Instant at) {
        OptionalLong index = stored.entry().envelope().previous();
        Optional<Event.Blocked> blocked =
                blocked(index.orElse(-1), access.action(), access.categories(), access.accounts(), at);
        index.ifPresent(it -> grants.computeIfPresent(it, (key, grant) -> grant.used()));
        if (access.through().equals(Optional.of(Event.Through.PROXY))) {
            passing.add(stored.index());
        }
        return blocked.map(why -> "blocked as " + why);
    }

    /** @return whether it ends what the gateway's proxy lets through, which is said to have passed once, if at all */
    boolean passed(OptionalLong access) {
        return access.isPresent() && passing.remove(access.getAsLong());
    }

    /** Whether no more can be issued. */
    public boolean isFull() {
        return grants.size() >= MOST;
    }

    /** Why the grant that this entry issued does not let so much through at this time. */
    public Optional<Event.Blocked> blocked(
            long index, Action action, Set<DataCategory> categories, int accounts, Instant at) {
        Grant grant = grants.get(index);
        if (grant == null) {
            return Optional.of(Event.Blocked.OTHER_VERSION);
        }
        if (grant.isUsed()) {
            return Optional.of(Event.Blocked.USED_BEFORE);
        }
        if (!at.isBefore(grant.until())) {
            return Optional.of(Event.Blocked.TOO_LATE);
        }
        boolean isWithin =
                action == Action.DISCLOSE && grant.categories().containsAll(categories) && accounts <= grant.accounts();
        return isWithin ? Optional.empty() : Optional.of(Event.Blocked.BEYOND_GRANT);
    }
}
