package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.Seals;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: everything else is a problem document, and nothing is written. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class CallersTest {

    private static String unsigned(String header, String payload, String signature) {
        return Seals.base64url(header.getBytes(StandardCharsets.UTF_8)) + "."
                + Seals.base64url(payload.getBytes(StandardCharsets.UTF_8)) + "." + signature;
    }

    private static String payload() {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"" + Tokens.ISSUER + "\",\"aud\":\"holdfast\",\"sub\":\"agent-1\",\"upn\":\"agent-1\","
                + "\"groups\":[\"le-agent\"],\"authority\":\"us-fbi\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "}";
    }

    static Stream<Arguments> tokens_that_prove_nothing() {
        PrivateKey other = RunningGateway.rsa().generateKeyPair().getPrivate();
        String valid = Tokens.agent("us-fbi");
        return Stream.of(
                Arguments.of(
                        "expired",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .issuedAt(Instant.now().minusSeconds(7200))
                                .expiresAt(Instant.now().minusSeconds(3600))
                                .sign(Tokens.key())),
                Arguments.of(
                        "valid for years",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .expiresAt(Instant.now().plusSeconds(100_000_000))
                                .sign(Tokens.key())),
                Arguments.of(
                        "valid for more than twelve hours",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .issuedAt(Instant.now())
                                .expiresAt(Instant.now().plusSeconds(12 * 3600 + 1))
                                .sign(Tokens.key())),
                Arguments.of(
                        "from the future",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .issuedAt(Instant.now().plusSeconds(120))
                                .expiresAt(Instant.now().plusSeconds(600))
                                .sign(Tokens.key())),
                Arguments.of(
                        "not valid yet",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .claim("nbf", Instant.now().plusSeconds(120).getEpochSecond())
                                .sign(Tokens.key())),
                Arguments.of(
                        "signed with RS512",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .jws()
                                .algorithm(SignatureAlgorithm.RS512)
                                .sign(Tokens.key())),
                Arguments.of(
                        "wrong audience",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .audience("another")
                                .sign(Tokens.key())),
                Arguments.of(
                        "wrong issuer",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .issuer("https://another.invalid")
                                .sign(Tokens.key())),
                Arguments.of(
                        "wrong key",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", "us-fbi")
                                .sign(other)),
                Arguments.of("no algorithm", unsigned("{\"alg\":\"none\",\"typ\":\"JWT\"}", payload(), "")),
                Arguments.of(
                        "the public key as a secret",
                        unsigned("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload(), "AAAA")),
                Arguments.of(
                        "another payload",
                        valid.split("\\.")[0] + "." + Seals.base64url(payload().getBytes(StandardCharsets.UTF_8)) + "."
                                + valid.split("\\.")[2]),
                Arguments.of("no signature", valid.substring(0, valid.lastIndexOf('.') + 1)),
                Arguments.of("no token at all", "nonsense"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens_that_prove_nothing")
    void a_token_that_proves_nothing_is_refused_and_nothing_is_written(String name, String token) {
        byte[] before = Gateways.checkpoint();

        Response answer = submit(Gateways.as(token));

        problem(answer, 401, "unauthenticated");
        assertEquals("Bearer", answer.header("WWW-Authenticate"));
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/requests",
        "GET, /v1/reviews",
        "GET, /v1/notices",
        "GET, /v1/requests/00000000-0000-7000-8000-000000000000",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/approvals",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/narrowing",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/return",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/refusal",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/delivery",
        "POST, /v1/requests/00000000-0000-7000-8000-000000000000/erasure",
        "GET, /v1/holds",
        "POST, /v1/holds",
        "POST, /v1/holds/hk-nsl-2020/versions",
        "POST, /v1/holds/hk-nsl-2020/lift",
        "GET, /v1/records/0",
        "GET, /v1/records/0/proof",
        "POST, /v1/records/0/claims/officer/opening",
        "POST, /v1/look-ups",
        "GET, /v1/rulebooks",
        "POST, /v1/rulebooks/0000000000000000000000000000000000000000000000000000000000000000/proposal",
        "POST, /v1/rulebooks/0000000000000000000000000000000000000000000000000000000000000000/activation",
        "GET, /v1/rulebooks/0000000000000000000000000000000000000000000000000000000000000000",
        "GET, /log/tile/entries/000.p/1"
    })
    void nobody_may_do_anything_without_a_token_or_with_a_role_that_does_nothing(String method, String path) {
        byte[] before = Gateways.checkpoint();

        problem(call(given(), method, path), 401, "unauthenticated");
        problem(call(Gateways.as("nonsense"), method, path), 401, "unauthenticated");
        problem(call(Gateways.as(Tokens.of("somebody", "no-such-role")), method, path), 403, "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.REVIEWER, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.PLATFORM_ENGINEER})
    void only_an_agent_can_send_a_request(String role) {
        problem(submit(Gateways.as(Tokens.of("somebody", role))), 403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.AGENT, Caller.AUDITOR, Caller.LEGAL_APPROVER, Caller.PLATFORM_ENGINEER})
    void only_a_legal_operator_can_place_a_hold(String role) {
        byte[] before = Gateways.checkpoint();

        Response answer = Gateways.as(Tokens.of("somebody", role))
                .contentType("application/json")
                .body("{}")
                .post("/v1/holds");

        problem(answer, 403, "forbidden");
        assertArrayEquals(before, Gateways.checkpoint());
    }

    static Stream<Arguments> authorities_that_are_none() {
        return Stream.of(
                Arguments.of("missing", Tokens.of("agent-1", Caller.AGENT)),
                Arguments.of("not enrolled", Tokens.agent("us-nobody")),
                Arguments.of(
                        "a list",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", new HashSet<>(List.of("us-fbi")))
                                .sign(Tokens.key())),
                Arguments.of(
                        "a number",
                        Tokens.claims("agent-1", Caller.AGENT)
                                .claim("authority", 7)
                                .sign(Tokens.key())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("authorities_that_are_none")
    void an_agent_of_no_enrolled_authority_is_refused_and_nothing_is_written(String name, String token) {
        byte[] before = Gateways.checkpoint();

        problem(submit(Gateways.as(token)), 403, "not-enrolled");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_warrant_sent_by_an_authority_that_may_not_send_it_is_refused() {
        SampleRequest request = SampleRequest.usWarrant().sealed(Gateways.institutions());

        JsonNode decided = Gateways.json(
                Gateways.as(Tokens.agent("us-department-of-justice-oia"))
                        .contentType("application/json")
                        .body(request.bytes())
                        .post("/v1/requests"),
                201);

        assertEquals("REFUSED", decided.get("outcome").asText());
    }

    @Test
    void an_agent_is_not_told_that_requests_of_others_exist() {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
        byte[] before = Gateways.checkpoint();

        problem(Gateways.as(Tokens.agent("hk-police")).get("/v1/requests/" + id), 404, "not-found");
        problem(Gateways.deliver(id, "hk-police"), 404, "not-found");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.REVIEWER, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    void an_agent_with_another_role_besides_collects_for_its_own_authority_only(String role) throws Exception {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        Gateways.approveTwice(decided);
        String token = Tokens.claims("agent-1", Caller.AGENT, role)
                .claim("authority", "hk-police")
                .sign(Tokens.key());
        try (UserStore store = UserStore.of("HK")) {
            Response answer = Gateways.as(token)
                    .post("/v1/requests/" + decided.get("request").asText() + "/delivery");

            problem(answer, 404, "not-found");
            assertEquals(List.of(), store.questions());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nowhere",
                "/v1",
                "/v1/nowhere",
                "/v1/requests/a/b/c",
                "/log",
                "/log/nowhere",
                "/v1/records/-1",
                "/v1/records/1x",
                "/v1/records/999999999999999999",
                "/v1/requests/not-an-id",
                "/v1/rulebooks/beef"
            })
    void a_path_that_is_not_there_is_a_problem(String path) {
        problem(Gateways.as(Tokens.of("somebody", Caller.AUDITOR)).get(path), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/requests",
        "DELETE, /v1/holds/hk-nsl-2020",
        "DELETE, /v1/holds",
        "GET, /v1/requests",
        "PATCH, /v1/requests/00000000-0000-7000-8000-000000000000",
        "DELETE, /v1/requests/00000000-0000-7000-8000-000000000000",
        "POST, /log/checkpoint",
        "DELETE, /log/checkpoint",
        "PUT, /v1/records/0"
    })
    void a_method_that_is_not_there_is_a_problem(String method, String path) {
        byte[] before = Gateways.checkpoint();

        Response answer = call(Gateways.as(Tokens.of("somebody", Caller.AUDITOR)), method, path);

        assertTrue(answer.statusCode() == 405 || answer.statusCode() == 404, () -> "" + answer.statusCode());
        problem(answer, answer.statusCode());
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void an_answer_in_a_form_that_is_not_there_is_a_problem() {
        problem(Gateways.as(Tokens.legal()).accept("text/html").get("/v1/holds"), 406);
    }

    private static void problem(Response answer, int status) {
        assertEquals(status, answer.statusCode(), () -> answer.body().asString());
        assertEquals("application/problem+json", answer.contentType());
        assertEquals(
                status, Gateways.parse(answer.body().asString()).get("status").asInt());
    }

    private static JsonNode problem(Response answer, int status, String type) {
        return Gateways.problem(answer, status, type);
    }

    private static Response call(RequestSpecification as, String method, String path) {
        return as.contentType("application/json").body("{}").request(method, path);
    }

    private static Response submit(RequestSpecification as) {
        return as.contentType("application/json")
                .body(SampleRequest.usWarrant().sealed(Gateways.institutions()).bytes())
                .post("/v1/requests");
    }
}
