package io.holdfast.witness;

import java.time.Duration;

/**
 * How often a log publishes, and how long anybody is waited for.
 *
 * @param onDemand between two publications while somebody waits, at least
 * @param regular between two publications otherwise; also before a witness that failed is asked again
 * @param unchanged after which a head that did not change is published again, so that it is known to be fresh
 * @param perWitness for the whole answer of one witness, with all its tries
 * @param patience for somebody who waits to be covered
 */
public record Pace(Duration onDemand, Duration regular, Duration unchanged, Duration perWitness, Duration patience) {

    public static final Pace USUAL = new Pace(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));
}
