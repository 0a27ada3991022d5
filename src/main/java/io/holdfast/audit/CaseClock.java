package io.holdfast.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that runs on a request.
 *
 * @param due the first instant at which its time is over
 * @param told what the log says of it so far
 */
public record CaseClock(ClockName name, Instant from, Instant due, State told) {

    /** As far as entries say. */
    public enum State {
        RUNNING,
        WARNED,
        BREACHED
    }

    /** The whole time that there is. */
    public Duration within() {
        return Duration.between(from, due);
    }
}
