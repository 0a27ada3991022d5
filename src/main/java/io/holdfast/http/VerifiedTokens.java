package io.holdfast.http;

import io.holdfast.tlog.Hash;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
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
 * <p>Promises: what is remembered was verified, to the byte, by this process, with the very keys that the {@link Keyring} has now;
 * so a key that the issuer has withdrawn stops counting with the next look at the issuer's keys. It is never remembered beyond the
 * token's own expiry. A token that fails is not remembered and is looked at anew each time. Nothing here asks the issuer, so no
 * token can make anybody ask. Safe for many threads.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Known(JWTCallerPrincipal principal, IssuerKeys keys, Instant until) {}

    /** How a token is verified that is not remembered. */
    interface Verifier {
        JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings, IssuerKeys keys) throws ParseException;
    }

    private final Keyring keyring;
    private final Verifier verifier;
    private final Clock clock;
    private final int most;
    private final Map<Hash, Known> known = new ConcurrentHashMap<>();

    @Inject
    VerifiedTokens(Keyring keyring) {
        this(keyring, new StrictTokens(Clock.systemUTC())::parse, Clock.systemUTC(), MOST);
    }

    VerifiedTokens(Keyring keyring, Verifier verifier, Clock clock, int most) {
        this.keyring = keyring;
        this.verifier = verifier;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        IssuerKeys keys = keyring.keys()
                .orElseThrow(() -> new ParseException("there is no key of an issuer to verify tokens with"));
        // By its digest, so that looking one up takes the same time whatever is known.
        Hash digest = sha256(token);
        Known found = known.get(digest);
        Instant now = clock.instant();
        if (found != null && found.keys() == keys && now.isBefore(found.until())) {
            return found.principal();
        }
        JWTCallerPrincipal principal = verifier.parse(token, settings, keys);
        remember(digest, principal, keys, now);
        return principal;
    }

    private static Hash sha256(String token) {
        return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    private void remember(Hash digest, JWTCallerPrincipal principal, IssuerKeys keys, Instant now) {
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
        known.put(digest, new Known(principal, keys, expiry.isBefore(longest) ? expiry : longest));
    }

    int remembered() {
        return known.size();
    }
}
