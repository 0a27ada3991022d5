package io.holdfast.audit;

import io.holdfast.legal.Hold;
import io.holdfast.policy.Difference;
import io.holdfast.policy.Difference.Move;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a proposed change of holds would do, as whoever approves it sees it: over all requests that there can be, and over those
 * that came in lately. Like {@link RulebookChange}, how many classes there are depends on how a version of this software cuts
 * them; from what to what they go does not.
 *
 * @param underHolds what is decided differently from {@link PastRequests#at} on, by the rulebook in force
 * @param recorded what the requests that came in lately would meet now, and once the change is in effect
 */
public record HoldPreview(List<Move> underHolds, PastRequests recorded) {

    public HoldPreview {
        underHolds = List.copyOf(underHolds);
    }

    /**
     * Takes seconds of a processor.
     *
     * @param count of the log that it is about
     * @param entries so many entries of that are counted
     * @param effective the instant before which the change cannot take effect
     * @param standing what is in force
     */
    public static HoldPreview of(
            RequestCount count,
            long entries,
            Instant at,
            List<HoldChange> changes,
            Optional<Instant> effective,
            Standing standing,
            Rulebook rulebook) {
        List<Hold> before = standing.holds().holds();
        List<Hold> after = standing.holdsAfter(changes);
        Instant then = effective.filter(at::isBefore).orElse(at);
        return new HoldPreview(
                Difference.ofHolds(rulebook, before, after, at).moves(),
                count.count(entries, at, new Tally(rulebook, before, rulebook, after, then)));
    }

    /** Whether the other one tells of the same, but for how many classes there are. */
    boolean tellsAs(HoldPreview other) {
        return RulebookChange.kinds(underHolds).equals(RulebookChange.kinds(other.underHolds))
                && recorded.equals(other.recorded);
    }
}
