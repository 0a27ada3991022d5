package io.holdfast.gate;

import io.holdfast.audit.HoldChange;
import io.holdfast.legal.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to happen to holds, all of it at once.
 *
 * @param texts the whole form of every hold that the changes put in force
 * @param approveBy after this instant nobody can approve it any more
 * @param effective the earliest instant at which it takes effect; nothing for as soon as it is approved
 * @param effectiveBy after this instant it cannot take effect any more
 */
public record WantedChange(
        List<HoldChange> changes,
        List<Hold> texts,
        Instant approveBy,
        Optional<Instant> effective,
        Instant effectiveBy) {

    /** For so long it can be approved, if nobody says otherwise. */
    public static final Duration APPROVE_WITHIN = Duration.ofDays(7);

    /** So long after that it can take effect, if nobody says otherwise. */
    public static final Duration EFFECTIVE_WITHIN = Duration.ofDays(7);

    public WantedChange {
        changes = List.copyOf(changes);
        texts = List.copyOf(texts);
    }
}
