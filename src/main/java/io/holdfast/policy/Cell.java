package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One asked category of one request: what the holds do to it, and which grants reach it. Every decision is a fold of
 * such cells.
 *
 * @param stopped why it is not permitted; empty when it is
 * @param byHold whether a hold stops it; what no grant permits is stopped without one
 * @param pausing the holds that pause it
 * @param lifted {@code hold/exception} of each exception that opened a hold here
 * @param grants the grants that reach it, whether or not a hold stops it
 */
record Cell(
        DataCategory category,
        Optional<Reason> stopped,
        boolean byHold,
        List<Hold> pausing,
        List<String> lifted,
        List<Grant> grants) {

    boolean isPermitted() {
        return stopped.isEmpty();
    }

    boolean isExcepted() {
        return !lifted.isEmpty();
    }

    /** Whether a hold refuses it outright, as against keeping it for later. */
    boolean isRefusedByHold() {
        return byHold && stopped.orElseThrow() != Reason.HELD_PENDING_REVIEW;
    }

    /**
     * @param standing the holds that stand at {@code at}
     */
    static Cell of(Facts facts, DataCategory category, List<Hold> standing, GrantTable table, Instant at) {
        Reason stopped = null;
        List<Hold> pausing = new ArrayList<>(0);
        List<String> lifted = new ArrayList<>(0);
        for (Hold hold : standing) {
            Mode mode = hold.modeAt(at);
            Optional<Reason> effect =
                    hold.applies().touches(facts, category) ? effect(mode, facts, category) : Optional.empty();
            // A second hold still stops what an exception of the first let through.
            if (effect.isEmpty() || isLifted(hold, mode, facts, category, lifted)) {
                continue;
            }
            if (effect.get() == Reason.HELD_PENDING_REVIEW) {
                pausing.add(hold);
            }
            // Reasons stand in the order of precedence: never, deny, hold.
            if (stopped == null || effect.get().compareTo(stopped) < 0) {
                stopped = effect.get();
            }
        }
        boolean byHold = stopped != null;
        List<Grant> grants = table.covering(facts, category, at);
        if (stopped == null && grants.isEmpty()) {
            // No rule matched, so refuse: silence must never release.
            stopped = table.whyNone(facts, category, at);
        }
        return new Cell(category, Optional.ofNullable(stopped), byHold, pausing, lifted, grants);
    }

    private static boolean isLifted(Hold hold, Mode mode, Facts facts, DataCategory category, List<String> lifted) {
        boolean found = false;
        for (HoldException exception : hold.exceptions()) {
            // Never means never, also in the last phase of a wind-down whose earlier phases had exceptions.
            if (mode != Mode.NEVER && exception.when().covers(facts, category)) {
                lifted.add(hold.id() + "/" + exception.id());
                found = true;
            }
        }
        return found;
    }

    /** What a hold in this mode does; empty where its condition is met. */
    private static Optional<Reason> effect(Mode mode, Facts facts, DataCategory category) {
        return switch (mode) {
            case NEVER -> Optional.of(Reason.NEVER_DISCLOSED);
            case DENY -> Optional.of(Reason.REFUSED_UNTIL_REVIEW);
            case NO_DATA -> Optional.of(Reason.NO_RECORDS);
            // The phase of a wind-down has a mode of its own; whatever has none waits.
            case PAUSE, WIND_DOWN -> Optional.of(Reason.HELD_PENDING_REVIEW);
            case TREATY_ONLY ->
                Conditions.cameThroughTreaty(facts) ? Optional.empty() : Optional.of(Reason.TREATY_CHANNEL_ONLY);
            case EMERGENCY_ONLY ->
                Conditions.isVerifiedEmergency(facts) ? Optional.empty() : Optional.of(Reason.EMERGENCY_ONLY);
            case NON_CONTENT_ONLY ->
                Conditions.isContent(category) ? Optional.of(Reason.CONTENT_WITHHELD) : Optional.empty();
        };
    }
}
