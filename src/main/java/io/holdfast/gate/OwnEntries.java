package io.holdfast.gate;

import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A row that somebody planted in the database of a running gateway must never count. */
final class OwnEntries {

    private OwnEntries() {}

    /**
     * @param keys the record keys of the log, one of which must have signed each entry while it was in force
     * @throws IllegalStateException if one of them is not signed, or is about something else
     */
    static void check(String subject, List<Stored> entries, KeyHistory keys) {
        check(subject, entries, keys, new HashSet<>());
    }

    /** @param checked the leaf hashes of those whose signature was good before; more are added */
    static void check(String subject, List<Stored> entries, KeyHistory keys, Set<Hash> checked) {
        long epoch = 0;
        for (Stored stored : entries) {
            // With an epoch of the past, a key that was retired since could have signed it.
            boolean isOfThePast = stored.entry().envelope().epoch() < epoch;
            Hash leaf = stored.entry().leaf().hash();
            if (isOfThePast
                    || !stored.entry().envelope().subject().equals(subject)
                    || !checked.contains(leaf) && !keys.hasSigned(stored.entry())) {
                throw new IllegalStateException("entry " + stored.index()
                        + " is not this log's own; the database was changed by somebody else");
            }
            checked.add(leaf);
            epoch = stored.entry().envelope().epoch();
        }
    }
}
