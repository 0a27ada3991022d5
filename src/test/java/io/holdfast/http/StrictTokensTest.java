package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens are believed, and which are not whatever their header says. Every token here is really signed. */
class StrictTokensTest {

    private static final KeyPair RSA = pair("RSA", "");
    private static final KeyPair WEAK = pair("RSA", "1024");
    private static final KeyPair EC = pair("EC", "secp256r1");
    private static final KeyPair EC384 = pair("EC", "secp384r1");
    private static final KeyPair ED = pair("Ed25519", "");
    private static final KeyPair ED448 = pair("Ed448", "");
    private static final KeyPair STRANGER = pair("RSA", "");

    private static KeyPair pair(String kind, String form) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(form));
            } else if (kind.equals("RSA")) {
                generator.initialize(form.isEmpty() ? 2048 : Integer.parseInt(form));
            }
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonWebKey jwk(PublicKey key, String kid) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
            jwk.setKeyId(kid);
            return jwk;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IssuerKeys set(JsonWebKey... keys) {
        return IssuerKeys.parse(new JsonWebKeySet(keys).toJson());
    }

    private static final IssuerKeys ALL =
            set(jwk(RSA.getPublic(), "rsa"), jwk(EC.getPublic(), "ec"), jwk(ED.getPublic(), "ed"));

    private static String signed(String algorithm, Key key, String kid, Consumer<JsonWebSignature> more) {
        return signed(algorithm, key, kid, more, claims -> {});
    }

    private static String signed(
            String algorithm, Key key, String kid, Consumer<JsonWebSignature> more, Consumer<JwtClaims> different) {
        long now = Instant.now().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Tokens.ISSUER);
        claims.setAudience("holdfast");
        claims.setSubject("somebody");
        claims.setClaim("groups", List.of(Caller.REVIEWER));
        claims.setClaim("iat", now);
        claims.setClaim("exp", now + 600);
        different.accept(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        if (kid != null) {
            signature.setKeyIdHeaderValue(kid);
        }
        more.accept(signature);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(String algorithm, Key key, String kid) {
        return signed(algorithm, key, kid, signature -> {});
    }

    private static JWTCallerPrincipal parse(String token, IssuerKeys keys) throws ParseException {
        JWTAuthContextInfo settings = new JWTAuthContextInfo("", Tokens.ISSUER);
        settings.setExpectedAudience(Set.of("holdfast"));
        settings.setMaxTimeToLiveSecs(Duration.ofHours(12).toSeconds());
        return new StrictTokens(Clock.systemUTC()).parse(token, settings, keys);
    }

    static Stream<Arguments> tokens_of_the_three_algorithms() {
        return Stream.of(
                Arguments.of("RS256", signed("RS256", RSA.getPrivate(), "rsa"), ALL),
                Arguments.of("ES256", signed("ES256", EC.getPrivate(), "ec"), ALL),
                Arguments.of("EdDSA", signed("EdDSA", ED.getPrivate(), "ed"), ALL),
                Arguments.of("without a kid, and one key fits", signed("ES256", EC.getPrivate(), null), ALL),
                Arguments.of(
                        "with a kid, and the key is a PEM",
                        signed("EdDSA", ED.getPrivate(), "any"),
                        IssuerKeys.parse(Tokens.pem(ED.getPublic()))),
                Arguments.of(
                        "a PEM on a curve",
                        signed("ES256", EC.getPrivate(), null),
                        IssuerKeys.parse(Tokens.pem(EC.getPublic()))),
                Arguments.of(
                        "a media type of its own",
                        signed("RS256", RSA.getPrivate(), "rsa", it -> it.setHeader("typ", "at+jwt")),
                        ALL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens_of_the_three_algorithms")
    void a_token_that_the_issuer_signed_is_believed(String name, String token, IssuerKeys keys) throws ParseException {
        assertEquals("somebody", parse(token, keys).getSubject());
    }

    static Stream<Arguments> tokens_that_are_not_believed() {
        HmacKey asSecret = new HmacKey(RSA.getPublic().getEncoded());
        HmacKey asPem = new HmacKey(Tokens.pem(RSA.getPublic()).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return Stream.of(
                Arguments.of("none", signed("none", null, "rsa")),
                Arguments.of("none without a kid", signed("none", null, null)),
                Arguments.of("HS256 with the public key as a secret", signed("HS256", asSecret, "rsa")),
                Arguments.of("HS256 with its PEM as a secret", signed("HS256", asPem, "rsa")),
                Arguments.of("RS384", signed("RS384", RSA.getPrivate(), "rsa")),
                Arguments.of("RS512", signed("RS512", RSA.getPrivate(), "rsa")),
                Arguments.of("PS256", signed("PS256", RSA.getPrivate(), "rsa")),
                Arguments.of("ES384", signed("ES384", EC384.getPrivate(), "ec")),
                Arguments.of("ES256 and the kid of an RSA key", signed("ES256", EC.getPrivate(), "rsa")),
                Arguments.of("RS256 and the kid of a curve's key", signed("RS256", RSA.getPrivate(), "ec")),
                Arguments.of("RS256 and the kid of an Edwards key", signed("RS256", RSA.getPrivate(), "ed")),
                Arguments.of("EdDSA and the kid of an RSA key", signed("EdDSA", ED.getPrivate(), "rsa")),
                Arguments.of("EdDSA on the other curve", signed("EdDSA", ED448.getPrivate(), "ed")),
                Arguments.of("a stranger's key", signed("RS256", STRANGER.getPrivate(), "rsa")),
                Arguments.of("a kid that is not there", signed("RS256", RSA.getPrivate(), "old")),
                Arguments.of("a kid that is a path", signed("RS256", RSA.getPrivate(), "../../etc/passwd")),
                Arguments.of(
                        "a key in the header, signed with it",
                        signed(
                                "RS256",
                                STRANGER.getPrivate(),
                                null,
                                it -> it.setJwkHeader((PublicJsonWebKey) jwk(STRANGER.getPublic(), "rsa")))),
                Arguments.of(
                        "a key in the header of a token that is right otherwise",
                        signed(
                                "RS256",
                                RSA.getPrivate(),
                                "rsa",
                                it -> it.setJwkHeader((PublicJsonWebKey) jwk(RSA.getPublic(), "rsa")))),
                header("jku", "https://keys.test.invalid/"),
                header("x5u", "https://keys.test.invalid/"),
                header("x5c", List.of("AAAA")),
                header("crit", List.of("exp")));
    }

    private static Arguments header(String name, Object value) {
        return Arguments.of(
                "the header " + name,
                signed("RS256", RSA.getPrivate(), "rsa", it -> it.getHeaders().setObjectHeaderValue(name, value)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens_that_are_not_believed")
    void whatever_else_a_header_says_the_token_is_not_believed(String name, String token) {
        assertThrows(ParseException.class, () -> parse(token, ALL));
    }

    private static Arguments claims(String name, Consumer<JwtClaims> different) {
        return Arguments.of(name, signed("RS256", RSA.getPrivate(), "rsa", it -> {}, different));
    }

    static Stream<Arguments> tokens_of_another_time_or_place() {
        long now = Instant.now().getEpochSecond();
        long day = Duration.ofDays(1).toSeconds();
        return Stream.of(
                claims("no exp", it -> it.unsetClaim("exp")),
                claims("no iat", it -> it.unsetClaim("iat")),
                claims("neither", it -> List.of("iat", "exp").forEach(it::unsetClaim)),
                claims("exp is past", it -> it.setClaim("exp", now - 61)),
                claims("exp is text", it -> it.setClaim("exp", "tomorrow")),
                claims("exp is years away", it -> it.setClaim("exp", now + 3650 * day)),
                claims("a life of 12 hours and a second", it -> {
                    it.setClaim("iat", now); // of the same second, whenever it is signed
                    it.setClaim("exp", now + 43_201);
                }),
                claims("iat is tomorrow", it -> {
                    it.setClaim("iat", now + day);
                    it.setClaim("exp", now + day + 600);
                }),
                claims("iat is 1000 years away, and exp is then", it -> {
                    it.setClaim("iat", now + 365_000 * day);
                    it.setClaim("exp", now + 365_000 * day + 600);
                }),
                claims("exp before iat", it -> it.setClaim("iat", now + 601)),
                claims("nbf is to come", it -> it.setClaim("nbf", now + 300)),
                claims("another issuer", it -> it.setIssuer("https://another.test.invalid")),
                claims("no issuer", it -> it.unsetClaim("iss")),
                claims("another audience", it -> it.setAudience("another")),
                claims("no audience", it -> it.unsetClaim("aud")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens_of_another_time_or_place")
    void a_token_of_another_time_or_for_somebody_else_is_not_believed(String name, String token) {
        assertThrows(ParseException.class, () -> parse(token, ALL));
    }

    @Test
    void a_life_of_12_hours_is_not_too_long() throws ParseException {
        long now = Instant.now().getEpochSecond();

        parse(signed("RS256", RSA.getPrivate(), "rsa", it -> {}, it -> it.setClaim("exp", now + 43_200)), ALL);
    }

    @Test
    void two_keys_that_fit_a_token_without_a_kid_are_none() {
        IssuerKeys two = set(jwk(RSA.getPublic(), "one"), jwk(STRANGER.getPublic(), "two"));

        assertThrows(ParseException.class, () -> parse(signed("RS256", RSA.getPrivate(), null), two));
    }

    @Test
    void keys_for_something_else_are_left_out_of_a_set() {
        JsonWebKey sealing = jwk(STRANGER.getPublic(), "sealing");
        sealing.setUse("enc");
        JsonWebKey other = jwk(STRANGER.getPublic(), "other");
        other.setAlgorithm("PS256");
        JsonWebKey wrapping = jwk(STRANGER.getPublic(), "wrapping");
        wrapping.setKeyOps(List.of("wrapKey"));

        IssuerKeys keys = set(
                jwk(RSA.getPublic(), "rsa"),
                sealing,
                other,
                wrapping,
                jwk(WEAK.getPublic(), "weak"),
                jwk(EC384.getPublic(), "p-384"));

        assertEquals(1, keys.size());
        assertTrue(keys.holds(RSA.getPublic()));
        assertFalse(keys.holds(STRANGER.getPublic()));
    }

    static Stream<Arguments> texts_without_a_usable_key() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("a page", "<html><body>not found</body></html>"),
                Arguments.of("no set", "{\"issuer\":\"https://issuer.test.invalid\"}"),
                Arguments.of("an empty set", "{\"keys\":[]}"),
                Arguments.of("a set of secrets", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"),
                Arguments.of("a set twice", "{\"keys\":[],\"keys\":[]}"),
                Arguments.of("a damaged PEM", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
                Arguments.of("a weak key", Tokens.pem(WEAK.getPublic())),
                Arguments.of("another curve", Tokens.pem(EC384.getPublic())),
                Arguments.of("two PEMs", Tokens.pem(RSA.getPublic()) + Tokens.pem(EC.getPublic())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts_without_a_usable_key")
    void what_holds_no_usable_key_is_refused(String name, String text) {
        assertThrows(IllegalArgumentException.class, () -> IssuerKeys.parse(text));
    }

    @Test
    void a_set_is_the_same_as_long_as_its_keys_are() {
        Map<IssuerKeys, String> seen = Map.of(ALL, "seen");

        assertTrue(seen.containsKey(
                set(jwk(RSA.getPublic(), "rsa"), jwk(EC.getPublic(), "ec"), jwk(ED.getPublic(), "ed"))));
        assertFalse(seen.containsKey(set(jwk(RSA.getPublic(), "rsa"))));
    }
}
