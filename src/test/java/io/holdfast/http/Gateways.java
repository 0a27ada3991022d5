package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.OpenedPackage;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Duty;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.KeyFolder;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The calls that people make to a gateway, over HTTP. */
final class Gateways {

    static final String ORIGIN = "holdfast.test/log";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Gateways() {}

    static Path folder() {
        return Path.of(ConfigProvider.getConfig().getValue("test.folder", String.class));
    }

    static Institutions institutions() {
        return Institutions.at(folder());
    }

    static VerifierKey logKey() {
        return new NoteSigner(ORIGIN, new KeyFolder(folder().resolve("data/keys")).logKey()).verifierKey();
    }

    static String url() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }

    static RequestSpecification as(String token) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .auth()
                .oauth2(token);
    }

    /** Hands the request in as an agent of its sender, under the seal of its issuer. */
    static JsonNode submit(SampleRequest request) {
        return submitAsIs(request.sealed(institutions()));
    }

    static JsonNode submitAsIs(SampleRequest request) {
        return json(send(request), 201);
    }

    static Response send(SampleRequest request) {
        return as(Tokens.agent(request.sender()))
                .contentType("application/json")
                .body(request.bytes())
                .post("/v1/requests");
    }

    /** By somebody who has seen to everything. */
    static Response approve(String id, String version, String token) {
        String checks = Stream.of(Duty.values())
                .filter(Duty::isForApprovers)
                .map(duty -> "\"" + duty.code() + "\":\"CONFIRMED\"")
                .collect(Collectors.joining(",", "{", "}"));
        return approve(id, version, checks, token);
    }

    static Response approve(String id, String version, String checks, String token) {
        return as(token)
                .contentType("application/json")
                .body("{\"version\":\"" + version + "\",\"checks\":" + checks + "}")
                .post("/v1/requests/" + id + "/approvals");
    }

    /** Two reviewers approve what was decided. */
    static JsonNode approveTwice(JsonNode decided) {
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();
        json(approve(id, version, Tokens.reviewer(1)), 201);
        return json(approve(id, version, Tokens.reviewer(2)), 201);
    }

    /** On a thread of its own: the common pool may have one only, and HTTP clients of this process need it. */
    static CompletableFuture<Response> delivering(String id, String authority) {
        return CompletableFuture.supplyAsync(() -> deliver(id, authority), task -> new Thread(task).start());
    }

    static Response deliver(String id, String authority) {
        return as(Tokens.agent(authority)).post("/v1/requests/" + id + "/delivery");
    }

    static Response download(String id, String authority) {
        return as(Tokens.agent(authority)).post("/v1/requests/" + id + "/downloads");
    }

    static Response receipt(String id, String authority, String manifest) {
        return as(Tokens.agent(authority))
                .contentType("application/json")
                .body("{\"manifest\":\"" + manifest + "\"}")
                .post("/v1/requests/" + id + "/receipt");
    }

    /** Takes the package over, and opens it. */
    static OpenedPackage collect(String id, String authority) {
        Response response = download(id, authority);
        assertEquals(200, response.statusCode());
        return OpenedPackage.of(response.asByteArray(), Institutions.RECIPIENT);
    }

    /** Has it packed, takes it over, and opens it. */
    static OpenedPackage deliverAndCollect(String id, String authority) {
        json(deliver(id, authority), 200);
        return collect(id, authority);
    }

    static Response placeHold(String hold) {
        return as(Tokens.legal())
                .contentType("application/json")
                .body("{\"hold\":" + hold + ",\"reason\":\"A reason that is long enough.\"}")
                .post("/v1/holds");
    }

    /** A hold that refuses nothing and pauses everything about users in one place. */
    static String holdOnUsersIn(String place, String id) {
        return """
                {"id":"%s","title":"A hold of a test","mode":"PAUSE","applies":{"user-jurisdiction":["%s"]},
                 "from":"2026-01-01T00:00:00Z","review-by":"2027-06-30T00:00:00Z","intake":"QUEUE","preserve":true,
                 "exit":{"type":"INTERNAL-REVIEW","owner":"legal"},"statement":{"en":"We have paused."}}""".formatted(id, place);
    }

    static JsonNode json(Response response, int status) {
        assertEquals(status, response.statusCode(), () -> response.body().asString());
        return parse(response.body().asString());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem document, whose status is that of the answer. */
    static JsonNode problem(Response response, int status, String type) {
        JsonNode problem = json(response, status);
        assertEquals("application/problem+json", response.contentType());
        assertEquals("/problems/" + type, problem.path("type").asText());
        assertEquals(status, problem.path("status").asInt());
        assertTrue(problem.path("title").asText().endsWith("."), problem.toString());
        return problem;
    }

    /** What a health document says about one thing. */
    static JsonNode check(JsonNode health, String name) {
        for (JsonNode check : health.get("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + health);
    }

    static JsonNode wellKnown() {
        return json(given().get("/.well-known/holdfast"), 200);
    }

    static byte[] checkpoint() {
        return given().get("/log/checkpoint").asByteArray();
    }

    static long size() {
        return Checkpoint.open(checkpoint(), List.of(logKey()), ORIGIN).size();
    }

    /** The whole log, read as an auditor reads it, and checked. */
    static WholeLog wholeLog() {
        String auditor = Tokens.auditor();
        return WholeLog.check(
                checkpoint(),
                tile -> {
                    Response response = as(auditor).get("/log/" + tile.path());
                    assertEquals(200, response.statusCode(), tile.path());
                    return response.asByteArray();
                },
                logKey());
    }
}
