package io.holdfast.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys of the issuer that tokens are verified with, as last heard of it, and for how long they stand. Looking at it never
 * waits for the issuer. Safe for many threads.
 */
public final class Keyring {

    private record Heard(IssuerKeys keys, Instant until) {}

    private final Clock clock;
    private volatile Optional<Heard> heard = Optional.empty();

    /** Empty: nobody's token is believed. */
    public Keyring(Clock clock) {
        this.clock = clock;
    }

    /** These and no others, until the issuer is heard of again or that time has come. */
    public void take(IssuerKeys keys, Instant until) {
        // The same object as long as they are the same keys: tokens verified with them need not be verified again.
        IssuerKeys same =
                heard.map(Heard::keys).filter(known -> known.equals(keys)).orElse(keys);
        heard = Optional.of(new Heard(same, until));
    }

    /** Nothing if the issuer was never heard of, or too long ago. */
    public Optional<IssuerKeys> keys() {
        return heard.filter(it -> clock.instant().isBefore(it.until())).map(Heard::keys);
    }
}
