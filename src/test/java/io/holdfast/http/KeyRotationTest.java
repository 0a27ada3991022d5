package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer that publishes its keys at an address, changes them, and is away: all of it without a restart of the gateway. */
@QuarkusTest
@TestProfile(KeyRotationTest.WithIssuerOnTheWeb.class)
class KeyRotationTest {

    public static final class WithIssuerOnTheWeb implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("issuer-on-the-web", "yes")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** One look at the issuer's keys, with room for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private record Signer(String kid, SignatureAlgorithm algorithm, KeyPair pair) {

        static Signer of(String kid, SignatureAlgorithm algorithm) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(
                        switch (algorithm) {
                            case ES256 -> "EC";
                            case EDDSA -> "Ed25519";
                            default -> "RSA";
                        });
                if (algorithm == SignatureAlgorithm.ES256) {
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                }
                return new Signer(kid, algorithm, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        String token() {
            return Tokens.claims("auditor-1", Caller.AUDITOR)
                    .jws()
                    .keyId(kid)
                    .algorithm(algorithm)
                    .sign(pair.getPrivate());
        }

        JsonWebKey published() {
            try {
                PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
                jwk.setKeyId(kid);
                jwk.setUse("sig");
                return jwk;
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Signer OLD = Signer.of("2026-10", SignatureAlgorithm.RS256);
    private static final Signer NEW = Signer.of("2026-11", SignatureAlgorithm.ES256);
    private static final Signer THIRD = Signer.of("2026-12", SignatureAlgorithm.EDDSA);

    private static void publish(Signer... signers) throws IOException {
        List<JsonWebKey> keys = new ArrayList<>();
        for (Signer signer : signers) {
            keys.add(signer.published());
        }
        Path written = Gateways.folder().resolve("jwks.new");
        Files.writeString(written, new JsonWebKeySet(keys).toJson());
        Files.move(
                written,
                IssuerOnTheWeb.keys(Gateways.folder()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isBelieved(String token) {
        int status = Gateways.as(token).get("/v1/holds").statusCode();
        assertTrue(status == 200 || status == 401, () -> "status " + status);
        return status == 200;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within " + BOUND);
            Thread.sleep(50);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        publish(OLD);
        await(() -> isBelieved(OLD.token()));
    }

    @Test
    void a_key_that_is_new_counts_without_a_restart_and_one_that_is_gone_stops_counting() throws Exception {
        String old = OLD.token();
        assertTrue(isBelieved(old));
        assertTrue(!isBelieved(NEW.token()));

        publish(OLD, NEW);
        await(() -> isBelieved(NEW.token()));
        assertTrue(isBelieved(old));

        publish(NEW, THIRD);
        await(() -> !isBelieved(old));
        assertTrue(isBelieved(NEW.token()));
        assertTrue(isBelieved(THIRD.token()));
    }

    @Test
    void an_issuer_that_is_away_for_too_long_is_not_believed_and_the_health_says_why() throws Exception {
        String token = OLD.token();
        assertTrue(isBelieved(token));
        assertEquals("UP", tokens(200).get("status").asText());

        Files.delete(IssuerOnTheWeb.keys(Gateways.folder()));
        await(() -> !isBelieved(token));

        JsonNode tokens = tokens(503);
        assertEquals("DOWN", tokens.get("status").asText());
        assertEquals(0, tokens.at("/data/keys").asInt());
        assertTrue(
                tokens.at("/data/why").asText().endsWith("answered with status 503, expected 200"), tokens::toString);
        assertEquals(200, given().get("/log/checkpoint").statusCode(), "the log is for everybody, also then");

        publish(OLD);
        await(() -> isBelieved(token));
    }

    @Test
    void tokens_of_keys_that_nobody_knows_make_nobody_ask_the_issuer() throws Exception {
        long start = System.nanoTime();
        long before = Files.size(IssuerOnTheWeb.questions(Gateways.folder()));

        for (int number = 0; number < 100; number++) {
            assertTrue(!isBelieved(
                    Signer.of("unknown-" + number, SignatureAlgorithm.EDDSA).token()));
        }

        long asked = Files.size(IssuerOnTheWeb.questions(Gateways.folder())) - before;
        long looks = (System.nanoTime() - start) / 1_000_000 / IssuerOnTheWeb.EVERY_MILLIS + 1;
        assertTrue(asked <= looks, () -> "asked " + asked + " times, and there were at most " + looks + " looks");
    }

    private static JsonNode tokens(int status) {
        return Gateways.check(Gateways.json(given().get("/q/health/well"), status), "tokens");
    }
}
