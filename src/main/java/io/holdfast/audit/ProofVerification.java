package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Optional;

/**
 * What came of checking one proof.
 *
 * @param origin the log, {@code size} and {@code root} of the tree that the entry is in, as the proof's checkpoint says
 * @param index where in the log the entry is
 * @param entry what was recorded; nothing if it could not be read
 * @param findings empty means that it is proven
 */
public record ProofVerification(
        String origin, long size, Hash root, long index, Optional<Entry> entry, List<Finding> findings) {

    public ProofVerification {
        findings = List.copyOf(findings);
    }

    public boolean holds() {
        return findings.isEmpty();
    }
}
