package io.holdfast.legal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A time within which somebody must act. Its passing alarms, and releases nothing.
 *
 * @param within longer than nothing
 * @param stops what stops the clock; only the platform's own steps can be stopped
 * @param silence what the law makes of silence; only others can be silent
 */
public record Deadline(Step step, Duration within, Set<Stop> stops, Optional<Silence> silence) {

    private static final Set<Step> OWN = EnumSet.of(Step.ANSWER, Step.OBJECT);
    private static final Set<Step> OTHERS = EnumSet.of(Step.CLARIFY, Step.AUTHORITY_OBJECTS);

    public Deadline {
        stops = stops.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(stops));
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within: must be longer than nothing");
        }
        if (!stops.isEmpty() && !OWN.contains(step)) {
            throw new IllegalArgumentException("stops: only the clock of " + OWN + " can stop");
        }
        if (silence.isPresent() && !OTHERS.contains(step)) {
            throw new IllegalArgumentException("silence: only " + OTHERS + " can be met by silence");
        }
    }

    /** The more demanding of two for the same step: the shorter, with the stops and the silence that both have. */
    Deadline and(Deadline other) {
        if (equals(other)) {
            return this;
        }
        Set<Stop> both = stops.isEmpty() ? EnumSet.noneOf(Stop.class) : EnumSet.copyOf(stops);
        both.retainAll(other.stops);
        return new Deadline(
                step,
                within.compareTo(other.within) <= 0 ? within : other.within,
                both,
                silence.equals(other.silence) ? silence : Optional.empty());
    }

    /** ISO 8601, whole days as days: {@code P10D}, {@code PT8H}. */
    public static String spell(Duration duration) {
        boolean isWholeDays = duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()));
        return isWholeDays ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
