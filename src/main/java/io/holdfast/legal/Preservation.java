package io.holdfast.legal;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a preserved copy is kept. When the time has passed and nobody has asked for the extension, the copy is
 * deleted; where the statute leaves that open, it is our choice.
 *
 * @param period from receipt
 * @param extension once, on the issuer's request
 * @param untilProduced without an end once the issuer has confirmed that production was asked for (Regulation (EU)
 *     2023/1543 Art. 11(1))
 */
public record Preservation(Duration period, Optional<Duration> extension, boolean untilProduced) {

    public Preservation {
        if (period.isZero()
                || period.isNegative()
                || extension.filter(e -> e.isZero() || e.isNegative()).isPresent()) {
            throw new IllegalArgumentException("preserve: must be longer than nothing");
        }
    }

    /** The longer of two. */
    Preservation and(Preservation other) {
        boolean first = period.compareTo(other.period) >= 0;
        Optional<Duration> longest = extension.isEmpty()
                ? other.extension
                : other.extension.filter(e -> e.compareTo(extension.get()) > 0).or(() -> extension);
        return new Preservation(first ? period : other.period, longest, untilProduced || other.untilProduced);
    }
}
