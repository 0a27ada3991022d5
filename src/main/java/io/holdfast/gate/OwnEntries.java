package io.holdfast.gate;

import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Stored;
import java.util.List;

/** A row that somebody planted in the database of a running gateway must never count. */
final class OwnEntries {

    private OwnEntries() {}

    /**
     * @param keys the record keys of the log, one of which must have signed each entry while it was in force
     * @throws IllegalStateException if one of them is not signed, or is about something else
     */
    static void check(String subject, List<Stored> entries, KeyHistory keys) {
        long epoch = 0;
        for (Stored stored : entries) {
            // With an epoch of the past, a key that was retired since could have signed it.
            boolean isOfThePast = stored.entry().envelope().epoch() < epoch;
            if (isOfThePast
                    || !stored.entry().envelope().subject().equals(subject)
                    || !keys.hasSigned(stored.entry())) {
                throw new IllegalStateException("entry " + stored.index()
                        + " is not this log's own; the database was changed by somebody else");
            }
            epoch = stored.entry().envelope().epoch();
        }
    }
}
