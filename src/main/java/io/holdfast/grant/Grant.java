package io.holdfast.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The word of a gateway that data of a released request may leave the store: once, soon, and no more than this. What it says is
 * worth nothing until it is checked.
 *
 * @param issuer the origin of the log
 * @param audience the store that it is for
 * @param request the id of the request
 * @param id of the entry that issued it
 * @param from when it was issued, and {@code until} the first instant at which it is over; whole seconds
 * @param holder the SHA-256 of the certificate of the only one who may use it, base64url, if it is bound to one
 * @param epoch what it was decided under, and {@code rulebook} the digest of that, hex
 * @param entry the entry, a compact JWS
 * @param proof that it is in the log, a {@code .tlog-proof}
 */
public record Grant(
        String issuer,
        String audience,
        String request,
        String id,
        Instant from,
        Instant until,
        GrantScope scope,
        Optional<String> holder,
        long epoch,
        String rulebook,
        String entry,
        String proof) {

    /** None is valid for longer. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** Whether it is for longer than any may be, or for no time. */
    boolean isTooLong() {
        return !from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0;
    }

    @Override
    public String toString() {
        return "Grant[" + id + "]";
    }
}
