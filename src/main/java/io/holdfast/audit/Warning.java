package io.holdfast.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * How long before a time is over people are warned.
 *
 * @param share of the whole time, more than 0 and less than 1; but an hour at least, where the whole time is longer than that
 */
public record Warning(double share) {

    public static final Warning AT_A_QUARTER = new Warning(0.25);

    private static final Duration LEAST = Duration.ofHours(1);

    public Warning {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "holdfast.clocks.warn-at must be more than 0 and less than 1, the share of the time that is left");
        }
    }

    /** From when on; whole seconds. */
    Instant from(CaseClock clock) {
        return from(clock.within(), clock.due());
    }

    /** The same of a time that was so long, and is over then. */
    public Instant from(Duration whole, Instant due) {
        Duration left = Duration.ofSeconds((long) Math.ceil(whole.toSeconds() * share));
        boolean isShort = left.compareTo(LEAST) < 0 && whole.compareTo(LEAST) > 0;
        return due.minus(isShort ? LEAST : left);
    }
}
