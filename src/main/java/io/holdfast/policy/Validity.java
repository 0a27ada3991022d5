package io.holdfast.policy;

import java.time.Instant;
import java.util.Optional;

/** From one instant to just before another. A passed end turns grants off; nothing ever turns them on by lapsing. */
public record Validity(Instant from, Optional<Instant> until) {

    public Validity {
        if (until.isPresent() && !until.get().isAfter(from)) {
            throw new IllegalArgumentException("valid: ends before it begins");
        }
    }

    public boolean holdsAt(Instant at) {
        return !at.isBefore(from) && (until.isEmpty() || at.isBefore(until.get()));
    }
}
