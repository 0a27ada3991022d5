package io.holdfast.note;

import java.time.Duration;
import java.time.Instant;

/**
 * What a verified cosignature proves: that this key's owner vouched for the checkpoint at this time. At the epoch, 1970,
 * the cosigner made no statement about time.
 */
public record Cosignature(VerifierKey key, Instant at) {

    /** How far a cosigner's clock may run ahead of ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** A witness vouches for a view as of a time. Without a time, or with one yet to come, it has not done so. */
    public boolean counts(Instant now) {
        return at.isAfter(Instant.EPOCH) && !at.isAfter(now.plus(CLOCK_SKEW));
    }
}
