package io.holdfast.legal;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A signed stop on a whole class of requests: by issuer, by user or by subject matter. A hold ends only when people
 * lift it; a review date that passes alarms and never lifts.
 *
 * @param version rises by one with each change of the same hold
 * @param reviewBy when people must look again; required for {@code PAUSE} and {@code DENY}
 * @param preserve whether the data asked for is kept from deletion while the hold lasts
 * @param phases for {@code WIND-DOWN} only: at least one, in order of time
 * @param statement what the requester is told, by language tag; English is always there
 */
public record Hold(
        String id,
        int version,
        String title,
        Mode mode,
        Match applies,
        Instant from,
        Optional<Instant> reviewBy,
        Intake intake,
        boolean preserve,
        Exit exit,
        List<HoldException> exceptions,
        List<Phase> phases,
        Map<String, String> statement) {

    /** From this instant on the hold acts as {@code mode}, until the next phase. */
    public record Phase(Instant from, Mode mode) {
        public Phase {
            if (mode == Mode.WIND_DOWN) {
                throw new IllegalArgumentException("a phase of a wind-down cannot itself be a wind-down");
            }
        }
    }

    public Hold {
        exceptions = List.copyOf(exceptions);
        phases = List.copyOf(phases);
        statement = java.util.Collections.unmodifiableMap(new TreeMap<>(statement));
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*") || id.length() > 60) {
            throw new IllegalArgumentException("id: small letters, digits and single hyphens, at most 60 long");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version: at least 1, found " + version);
        }
        if ((mode == Mode.PAUSE || mode == Mode.DENY) && reviewBy.isEmpty()) {
            throw new IllegalArgumentException(
                    "review-by: a " + mode.code() + " needs one, or it becomes a ban by neglect");
        }
        if ((mode == Mode.WIND_DOWN) == phases.isEmpty()) {
            throw new IllegalArgumentException("phases: a WIND-DOWN has at least one, other modes have none");
        }
        for (int i = 1; i < phases.size(); i++) {
            if (!phases.get(i).from().isAfter(phases.get(i - 1).from())) {
                throw new IllegalArgumentException("phases: must be in order of time");
            }
        }
        if (!statement.containsKey("en")) {
            throw new IllegalArgumentException("statement: must have a text in English (en)");
        }
        Set<String> ids = new HashSet<>();
        for (HoldException exception : exceptions) {
            if (!ids.add(exception.id())) {
                throw new IllegalArgumentException("exceptions: the id " + exception.id() + " is there twice");
            }
        }
    }

    /** {@code id@version}, how entries name it. */
    public String reference() {
        return id + "@" + version;
    }

    /** Whether it stands at this instant. No date ends a hold: only people do. */
    public boolean standsAt(Instant at) {
        return !at.isBefore(from);
    }

    /** The mode that counts at this instant; for a wind-down, that of its phase, and {@code PAUSE} before the first. */
    public Mode modeAt(Instant at) {
        if (mode != Mode.WIND_DOWN) {
            return mode;
        }
        Mode current = Mode.PAUSE;
        for (Phase phase : phases) {
            if (!at.isBefore(phase.from())) {
                current = phase.mode();
            }
        }
        return current;
    }

    /**
     * Whether replacing {@code earlier} by this hold at the instant {@code at} can only stop more: no request that the
     * earlier one stops gets further under this one, now or later, and ending it asks for no less.
     */
    public boolean tightens(Hold earlier, Instant at) {
        boolean startsInTime = !from.isAfter(earlier.from) || !from.isAfter(at);
        return id.equals(earlier.id)
                && mode.isAtLeast(earlier.mode)
                && phases.equals(earlier.phases)
                && applies.includes(earlier.applies)
                && startsInTime
                && (preserve || !earlier.preserve)
                && (exit.needsEvidence() || !earlier.exit.needsEvidence())
                && earlier.exceptions.containsAll(exceptions);
    }
}
