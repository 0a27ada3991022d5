package io.holdfast.audit;

import io.holdfast.legal.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A clock that runs on a request.
 *
 * @param due the first instant at which its time is over; of one that is stopped, if it had gone on at once
 * @param told what the log says of it so far
 * @param paused for how long it was stopped before, in all
 * @param stopped since when it is stopped, if it is
 * @param silence what the law makes of it if nobody acts in time
 */
public record CaseClock(
        ClockName name,
        Instant from,
        Instant due,
        State told,
        Duration paused,
        Optional<Instant> stopped,
        Optional<Silence> silence) {

    /** One that never was stopped. */
    CaseClock(ClockName name, Instant from, Instant due, State told) {
        this(name, from, due, told, Duration.ZERO, Optional.empty(), Optional.empty());
    }

    /** As far as entries say. */
    public enum State {
        RUNNING,
        WARNED,
        BREACHED,
        /** It does not run, and goes on with what was left. */
        STOPPED
    }

    /** The whole time that there is. */
    public Duration within() {
        return Duration.between(from, due).minus(paused);
    }

    /** What is left of it while it is stopped. */
    public Optional<Duration> left() {
        return stopped.map(since -> Duration.between(since, due));
    }
}
