package io.holdfast.audit;

import java.util.List;

/**
 * What came of replaying a log.
 *
 * @param entries how many were read, {@code decisions} how many of them were decided again
 * @param disagreements in the order of the log; empty means that everything came out as it should
 * @param published the entries that published a report; whether its numbers come out, {@code io.holdfast.report} counts again
 * @param unlisted how many more there are than are listed
 */
public record Replayed(
        long entries, long decisions, List<Disagreement> disagreements, List<Stored> published, long unlisted) {

    public Replayed {
        disagreements = List.copyOf(disagreements);
        published = List.copyOf(published);
    }

    public boolean agrees() {
        return disagreements.isEmpty();
    }
}
