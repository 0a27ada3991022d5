package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.time.Instant;

/**
 * Which transparency report is meant: what it counts, and its bytes by their digest. Anybody with the log can count again and
 * must get the same bytes.
 *
 * @param from the first instant of the period, {@code to} the first instant after it
 * @param entries how many entries of the log were counted, from the first one on
 * @param digest SHA-256 of the report, in canonical JSON
 */
public record ReportedPeriod(Instant from, Instant to, long entries, Hash digest) {

    public ReportedPeriod {
        if (!from.isBefore(to)) {
            throw new UnreadableException("a period must end after it begins");
        }
    }
}
