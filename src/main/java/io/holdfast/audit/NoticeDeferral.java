package io.holdfast.audit;

import io.holdfast.legal.NoticeGround;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That the person concerned is not told for now.
 *
 * @param until the first instant at which they are to be told; nothing for an order without an end
 * @param review when people look again at the latest
 * @param evidence SHA-256 of the order; there for an order, and for nothing else
 */
public record NoticeDeferral(NoticeGround ground, Optional<Instant> until, Instant review, Optional<Hash> evidence) {

    /** The law names no time after which people look again; this one is ours. */
    public static final Duration LONGEST = Duration.ofDays(180);

    /** Whether its instants come after this one, and none is too far away. */
    boolean isInTime(Instant at) {
        Instant last = at.plus(LONGEST);
        boolean isReviewed = review.isAfter(at) && !review.isAfter(last);
        boolean ends = until.map(end -> end.isAfter(at) && (ground.isOrdered() || !end.isAfter(last)))
                .orElse(ground.isOrdered());
        return isReviewed && ends;
    }

    boolean hasItsEvidence() {
        return evidence.isPresent() == ground.isOrdered();
    }

    boolean isOver(Instant at) {
        return until.map(end -> !at.isBefore(end)).orElse(false);
    }
}
