package io.holdfast.http;

import io.holdfast.tlog.Hash;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers for a minute that a token was verified: an agent sends the same one with every request, and checking its signature
 * costs as much as signing a record does.
 *
 * <p>Promises: what is remembered was verified, to the byte, by this process; it is never remembered beyond the token's own
 * expiry, and a key that the operator has withdrawn is believed for a minute at most. A token that fails is not remembered
 * and is looked at anew each time. Safe for many threads.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Known(JWTCallerPrincipal principal, Instant until) {}

    private final JWTCallerPrincipalFactory verifier;
    private final Clock clock;
    private final int most;
    private final Map<Hash, Known> known = new ConcurrentHashMap<>();

    VerifiedTokens() {
        this(new DefaultJWTCallerPrincipalFactory(), Clock.systemUTC(), MOST);
    }

    VerifiedTokens(JWTCallerPrincipalFactory verifier, Clock clock, int most) {
        this.verifier = verifier;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        // By its digest, so that looking one up takes the same time whatever is known.
        Hash digest = sha256(token);
        Known found = known.get(digest);
        Instant now = clock.instant();
        if (found != null && now.isBefore(found.until())) {
            return found.principal();
        }
        JWTCallerPrincipal principal = verifier.parse(token, settings);
        remember(digest, principal, now);
        return principal;
    }

    private static Hash sha256(String token) {
        return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    private void remember(Hash digest, JWTCallerPrincipal principal, Instant now) {
        Instant expiry = Instant.ofEpochSecond(principal.getExpirationTime());
        if (!now.isBefore(expiry)) {
            return; // taken in the period of grace
        }
        Instant longest = now.plus(LONGEST);
        if (known.size() >= most) {
            known.values().removeIf(old -> !now.isBefore(old.until()));
        }
        if (known.size() >= most) {
            known.clear(); // all of them are verified again, one by one
        }
        known.put(digest, new Known(principal, expiry.isBefore(longest) ? expiry : longest));
    }

    int remembered() {
        return known.size();
    }
}
