package io.holdfast.note;

import java.time.Instant;

/**
 * What a verified cosignature proves: that this key's owner vouched for the checkpoint at this time. At the epoch, 1970,
 * the cosigner made no statement about time.
 */
public record Cosignature(VerifierKey key, Instant at) {

    boolean saysWhen() {
        return at.isAfter(Instant.EPOCH);
    }
}
