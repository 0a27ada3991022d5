package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Bearer tokens of a real OpenID provider, taken as it issues them. Not in every build, since the provider takes 170 MB and a minute
 * to start: {@code ./mvnw -B test -Pidentity-provider}.
 */
@QuarkusTest
@TestProfile(RealProvider.WithProvider.class)
class RealProvider {

    public static final class WithProvider implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("identity-provider", "yes")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final long BOUND_NANOS = 30_000_000_000L;

    private static String algorithm(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return Gateways.parse(header).get("alg").asText();
    }

    private static boolean isBelieved(String token) {
        int status = Gateways.as(token).get("/v1/holds").statusCode();
        assertTrue(status == 200 || status == 401, () -> "status " + status);
        return status == 200;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + BOUND_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within the bound");
            Thread.sleep(100);
        }
    }

    @Test
    void a_request_is_approved_by_people_whom_the_provider_knows_and_not_by_one_who_is_located_there() {
        JsonNode decided = json(
                Gateways.as(Keycloak.token("agent-1"))
                        .contentType("application/json")
                        .body(SampleRequest.usWarrant()
                                .sealed(Gateways.institutions())
                                .bytes())
                        .post("/v1/requests"),
                201);
        assertEquals("REFERRED", decided.get("outcome").asText());
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();

        json(Gateways.approve(id, version, Keycloak.token("reviewer-1")), 201);
        problem(Gateways.approve(id, version, Keycloak.token("reviewer-1")), 409, "approval-blocked");
        problem(Gateways.approve(id, version, Keycloak.token("reviewer-3")), 409, "approval-blocked");
        problem(Gateways.approve(id, version, Keycloak.token("auditor-1")), 403, "forbidden");
        JsonNode released = json(Gateways.approve(id, version, Keycloak.token("reviewer-2")), 201);

        assertEquals("RELEASED", released.get("outcome").asText());
    }

    @Test
    void somebody_without_a_role_may_do_nothing_and_what_is_no_access_token_says_nothing() {
        problem(Gateways.as(Keycloak.token("somebody")).get("/v1/holds"), 403, "forbidden");

        JsonNode signedIn = Keycloak.signedIn("auditor-1");
        assertTrue(isBelieved(signedIn.get("access_token").asText()));
        problem(Gateways.as(signedIn.get("id_token").asText()).get("/v1/holds"), 401, "unauthenticated");
        problem(Gateways.as(signedIn.get("refresh_token").asText()).get("/v1/holds"), 401, "unauthenticated");
    }

    @Test
    void the_provider_changes_its_keys_and_algorithms_and_nobody_restarts_anything() throws Exception {
        Keycloak.signWith("RS256", "rsa-generated", Map.of("algorithm", List.of("RS256")));
        String rsa = Keycloak.token("auditor-1");
        assertEquals("RS256", algorithm(rsa));
        await(() -> isBelieved(rsa));

        Keycloak.signWith("ES256", "ecdsa-generated", Map.of("ecdsaEllipticCurveKey", List.of("P-256")));
        String ec = Keycloak.token("auditor-1");
        assertEquals("ES256", algorithm(ec));
        await(() -> isBelieved(ec));
        assertTrue(isBelieved(rsa), "the former key is still published");

        Keycloak.signWith("EdDSA", "eddsa-generated", Map.of("eddsaEllipticCurveKey", List.of("Ed25519")));
        String edwards = Keycloak.token("auditor-1");
        assertEquals("EdDSA", algorithm(edwards));
        await(() -> isBelieved(edwards));

        Keycloak.withdraw("ecdsa-generated");
        await(() -> !isBelieved(ec));
        assertTrue(isBelieved(edwards));
        assertTrue(isBelieved(rsa));

        Keycloak.signWith("PS256", "rsa-generated", Map.of("algorithm", List.of("PS256")));
        String other = Keycloak.token("auditor-1");
        assertEquals("PS256", algorithm(other));
        assertTrue(!isBelieved(other));
        Keycloak.signWith("EdDSA", "eddsa-generated", Map.of("eddsaEllipticCurveKey", List.of("Ed25519")));
    }
}
