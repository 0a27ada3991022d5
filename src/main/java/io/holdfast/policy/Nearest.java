package io.holdfast.policy;

import java.time.Instant;
import java.util.Optional;

/** The nearest of several instants that lie ahead. */
final class Nearest {

    private final Instant now;
    private Instant nearest;

    Nearest(Instant now) {
        this.now = now;
    }

    void offer(Instant instant) {
        if (instant.isAfter(now) && (nearest == null || instant.isBefore(nearest))) {
            nearest = instant;
        }
    }

    Optional<Instant> get() {
        return Optional.ofNullable(nearest);
    }
}
