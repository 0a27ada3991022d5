package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.SettableClock;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens, and for how long; the tokens and their verification are real. */
class VerifiedTokensTest {

    private static final KeyPair ISSUER = RunningGateway.rsa().generateKeyPair();
    private static final KeyPair STRANGER = RunningGateway.rsa().generateKeyPair();
    private static final JWTAuthContextInfo SETTINGS = new JWTAuthContextInfo("", Tokens.ISSUER);

    /** The verification that a gateway without a memory would do, and how often it was done. */
    private static final class Counting implements VerifiedTokens.Verifier {
        private final StrictTokens verifier = new StrictTokens(Clock.systemUTC());
        private int verified;

        @Override
        public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings, IssuerKeys keys)
                throws ParseException {
            verified++;
            return verifier.parse(token, settings, keys);
        }
    }

    private final SettableClock clock = new SettableClock(Instant.now());
    private final Counting verifier = new Counting();
    private final Keyring keyring = new Keyring(clock);
    private final VerifiedTokens tokens = new VerifiedTokens(keyring, verifier, clock, 3);

    @BeforeEach
    void hear() {
        keyring.take(keys(ISSUER), clock.instant().plus(Duration.ofHours(1)));
    }

    private static IssuerKeys keys(KeyPair pair) {
        return IssuerKeys.parse(Tokens.pem(pair.getPublic()));
    }

    private static String token(String subject, Duration lifetime, PrivateKey key) {
        return Jwt.issuer(Tokens.ISSUER)
                .subject(subject)
                .upn(subject)
                .groups(Set.of(Caller.AGENT))
                .claim("authority", "us-fbi")
                .expiresIn(lifetime)
                .sign(key);
    }

    private static String token(String subject) {
        return token(subject, Duration.ofMinutes(10), ISSUER.getPrivate());
    }

    private JWTCallerPrincipal parse(String token) {
        try {
            return tokens.parse(token, SETTINGS);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(Duration time) {
        clock.forward(time);
    }

    @Test
    void a_token_that_comes_again_is_not_verified_again_and_says_the_same() {
        String token = token("agent-1");

        JWTCallerPrincipal first = parse(token);
        JWTCallerPrincipal again = parse(token);

        assertEquals(1, verifier.verified);
        assertEquals("agent-1", again.getSubject());
        assertEquals(first.getClaimNames(), again.getClaimNames());
        assertEquals(Set.of(Caller.AGENT), again.getGroups());
        assertEquals("us-fbi", again.<String>getClaim("authority"));
    }

    @Test
    void two_tokens_of_one_agent_are_two_tokens() {
        parse(token("agent-1"));
        parse(token("agent-1", Duration.ofMinutes(11), ISSUER.getPrivate()));

        assertEquals(2, verifier.verified);
    }

    @Test
    void a_token_is_verified_again_after_a_minute() {
        String token = token("agent-1");
        parse(token);

        pass(Duration.ofSeconds(59));
        parse(token);
        assertEquals(1, verifier.verified);

        pass(Duration.ofSeconds(1));
        parse(token);
        assertEquals(2, verifier.verified);
    }

    @Test
    void a_token_is_not_remembered_beyond_its_expiry() {
        String token = token("agent-1", Duration.ofSeconds(20), ISSUER.getPrivate());
        Instant expiry = Instant.ofEpochSecond(parse(token).getExpirationTime());

        pass(Duration.between(clock.instant(), expiry.minusMillis(1)));
        parse(token);
        assertEquals(1, verifier.verified);

        pass(Duration.ofMillis(1));
        parse(token);
        assertEquals(2, verifier.verified);
        parse(token);
        assertEquals(3, verifier.verified, "an expired token was remembered");
    }

    @Test
    void a_token_that_fails_is_looked_at_anew_each_time() {
        String token = token("agent-1", Duration.ofMinutes(10), STRANGER.getPrivate());

        assertThrows(ParseException.class, () -> tokens.parse(token, SETTINGS));
        assertThrows(ParseException.class, () -> tokens.parse(token, SETTINGS));

        assertEquals(2, verifier.verified);
        assertEquals(0, tokens.remembered());
    }

    @Test
    void no_other_text_passes_for_a_token_that_is_remembered() {
        String token = token("agent-1");
        parse(token);

        int payload = token.indexOf('.') + 20;
        for (String other : new String[] {
            token + "A",
            token.substring(0, token.length() - 1),
            token.substring(0, payload) + (token.charAt(payload) == 'A' ? 'B' : 'A') + token.substring(payload + 1),
            token.substring(0, token.lastIndexOf('.') + 1)
        }) {
            assertThrows(ParseException.class, () -> tokens.parse(other, SETTINGS));
        }
        assertEquals(5, verifier.verified);
    }

    @Test
    void no_more_are_remembered_than_there_is_room_for() {
        for (int agent = 0; agent < 10; agent++) {
            parse(token("agent-" + agent));
            assertTrue(tokens.remembered() <= 3, () -> "remembered " + tokens.remembered());
        }
        assertEquals(10, verifier.verified);
    }

    @Test
    void what_is_too_old_makes_room_first() {
        parse(token("agent-1"));
        parse(token("agent-2"));
        pass(Duration.ofSeconds(59));
        String young = token("agent-3");
        parse(young);
        pass(Duration.ofSeconds(2));

        parse(token("agent-4"));
        parse(young);

        assertEquals(4, verifier.verified);
        assertEquals(2, tokens.remembered());
    }

    @Test
    void the_same_keys_heard_of_again_end_nothing() {
        String token = token("agent-1");
        parse(token);

        hear();
        parse(token);

        assertEquals(1, verifier.verified);
    }

    @Test
    void a_token_that_is_remembered_is_refused_as_soon_as_its_key_is_known_to_be_gone() {
        String token = token("agent-1");
        parse(token);

        keyring.take(keys(STRANGER), clock.instant().plus(Duration.ofHours(1)));

        assertThrows(ParseException.class, () -> tokens.parse(token, SETTINGS));
    }

    @Test
    void no_token_is_believed_any_more_when_the_issuer_was_not_heard_of_for_too_long() {
        String token = token("agent-1");
        keyring.take(keys(ISSUER), clock.instant().plus(Duration.ofSeconds(30)));
        parse(token);

        pass(Duration.ofSeconds(30));

        assertThrows(ParseException.class, () -> tokens.parse(token, SETTINGS));
        assertEquals(1, verifier.verified);
    }
}
