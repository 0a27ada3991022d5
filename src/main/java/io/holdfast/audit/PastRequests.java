package io.holdfast.audit;

import io.holdfast.policy.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the requests that came in lately would have met before a change, and after it. The periods and the numbers here are part
 * of the format: who counts again counts by them.
 *
 * @param at up to when they were looked for, from {@link #PERIOD} before on
 * @param entries how many entries the log had then; those after them are not counted
 * @param all whether every request of the period is counted, or only the latest
 * @param rows how many go from what to what, the strictest first; a request is counted once, as it came in
 */
public record PastRequests(Instant at, long entries, boolean all, List<Tally.Row> rows) {

    public static final Duration PERIOD = Duration.ofDays(30);

    /** More are not counted. */
    public static final int MOST_REQUESTS = 100_000;

    /** Further back nobody looks. */
    public static final int MOST_ENTRIES = 1_000_000;

    /** What was counted so long before a proposal is not told with it. */
    public static final Duration FRESH = Duration.ofMinutes(10);

    public PastRequests {
        rows = List.copyOf(rows);
    }

    public long requests() {
        return rows.stream().mapToLong(Tally.Row::requests).sum();
    }

    /** Whether a proposal of this time can tell it. */
    public boolean isFresh(Instant proposed) {
        return !at.isAfter(proposed) && !proposed.isAfter(at.plus(FRESH));
    }
}
