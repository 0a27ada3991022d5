package io.holdfast.gate;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a request stands among those that wait for people: what is due first comes first, what nothing is due on comes last,
 * and of two that are alike the one that has waited longer.
 *
 * @param due when the first of its clocks is over, or was; nothing if none runs; one that is stopped does not
 * @param since since when it has waited without a break
 * @param first the index of the first entry on it, so that no two places are the same
 */
public record ReviewPlace(Optional<Instant> due, Instant since, long first) implements Comparable<ReviewPlace> {

    private static final Comparator<ReviewPlace> ORDER = Comparator.comparing(
                    (ReviewPlace place) -> place.due.orElse(Instant.MAX))
            .thenComparing(ReviewPlace::since)
            .thenComparing(ReviewPlace::first);

    @Override
    public int compareTo(ReviewPlace other) {
        return ORDER.compare(this, other);
    }

    boolean isOverdue(Instant now) {
        return due.isPresent() && !due.get().isAfter(now);
    }
}
