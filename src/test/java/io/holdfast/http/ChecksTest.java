package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.holdfast.audit.EntryKind;
import io.holdfast.fixture.Envoy;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A grant over HTTP, and what a proxy is told when it asks about a call that brings it. */
@QuarkusTest
@QuarkusTestResource(value = RunningGateway.class, initArgs = @ResourceArg(name = "checks", value = "yes"))
class ChecksTest {

    private final String account = "a" + UUID.randomUUID() + "@example.org";

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private JsonNode released() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant().withTarget("EMAIL", account));
        return Gateways.approveTwice(decided);
    }

    private static Response grant(String id, String authority, String body) {
        return Gateways.as(Tokens.agent(authority))
                .contentType("application/json")
                .body(body)
                .post("/v1/requests/" + id + "/grants");
    }

    private Response check(String grant, String uri) {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Integer.parseInt(setting("holdfast.check.port")))
                .header("X-Original-Method", "GET")
                .header("X-Original-URI", uri)
                .header("Holdfast-Grant", grant)
                .get("/whatever");
    }

    private String profile() {
        return "/accounts/" + account + "/profile";
    }

    @Test
    void a_grant_lets_one_call_through_and_the_log_says_so_first() {
        String id = released().get("request").asText();

        JsonNode granted = json(grant(id, "us-fbi", "{\"seconds\":120}"), 201);
        assertEquals("user-data-store", granted.get("audience").asText());
        assertEquals(1, granted.get("accounts").asInt());
        String grant = granted.get("grant").asText();

        Response yes = check(grant, profile());
        assertEquals(200, yes.statusCode());
        assertEquals("", yes.body().asString());
        Response again = check(grant, profile());
        assertEquals(403, again.statusCode());
        assertEquals("USED_BEFORE", again.header("Holdfast-Denied"));
        List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
        assertEquals(
                List.of(EntryKind.GRANT_ISSUED, EntryKind.ACCESSED, EntryKind.GRANT_BLOCKED),
                kinds.subList(kinds.size() - 3, kinds.size()));
        problem(Gateways.deliver(id, "us-fbi"), 409, "already-delivered");
    }

    @Test
    void the_gateways_own_proxy_passes_on_what_the_grant_has() throws Exception {
        String id = released().get("request").asText();
        String grant = json(grant(id, "us-fbi", "{}"), 201).get("grant").asText();
        URI upstream = URI.create(setting("holdfast.proxy.upstream"));
        HttpServer store = HttpServer.create(new InetSocketAddress(upstream.getHost(), upstream.getPort()), 0);
        store.createContext("/", exchange -> {
            byte[] answer = "{\"name\":\"N\",\"secret\":1}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        store.start();
        try {
            Response passed = pass(grant);
            assertEquals(200, passed.statusCode());
            assertEquals("{\"name\":\"N\"}", passed.body().asString());
            Response again = pass(grant);
            assertEquals(403, again.statusCode());
            assertEquals("USED_BEFORE", again.header("Holdfast-Denied"));
        } finally {
            store.stop(0);
        }
        List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
        assertEquals(
                List.of(EntryKind.GRANT_ISSUED, EntryKind.ACCESSED, EntryKind.PASSED, EntryKind.GRANT_BLOCKED),
                kinds.subList(kinds.size() - 4, kinds.size()));
        JsonNode calls = json(Gateways.as(Tokens.agent("us-fbi")).get("/v1/requests/" + id), 200)
                .get("let-through");
        assertEquals(1, calls.size());
        assertEquals("ALL", calls.at("/0/left").asText());
        assertEquals(1, calls.at("/0/at-most").asInt());
        String metrics = RestAssured.get("/q/metrics").body().asString();
        for (String outcome : List.of("passed-on", "denied")) {
            assertTrue(metrics.contains("holdfast_passages_total{outcome=\"" + outcome + "\"} 1.0"), metrics);
        }
    }

    private Response pass(String grant) {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Integer.parseInt(setting("holdfast.proxy.port")))
                .header("Holdfast-Grant", grant)
                .get(profile());
    }

    @Test
    void no_is_always_403_and_says_why_in_a_word() {
        String id = released().get("request").asText();
        String grant = json(grant(id, "us-fbi", "{}"), 201).get("grant").asText();

        assertEquals("NO_ROUTE", check(grant, "/accounts").header("Holdfast-Denied"));
        assertEquals("AMBIGUOUS", check(grant, "/accounts/../x").header("Holdfast-Denied"));
        assertEquals(
                "BEYOND_GRANT", check(grant, "/accounts/b@example.org/profile").header("Holdfast-Denied"));
        assertEquals("MALFORMED", check("x", profile()).header("Holdfast-Denied"));
        for (Response response : List.of(
                check(grant, "/accounts"),
                check(grant, "/accounts/../x"),
                check("x", profile()),
                check("", profile()))) {
            assertEquals(403, response.statusCode());
        }
        assertEquals(200, check(grant, profile()).statusCode());
    }

    @Test
    void what_is_not_released_or_not_ones_own_or_malformed_is_not_granted() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant().withTarget("EMAIL", account));
        String waiting = decided.get("request").asText();
        problem(grant(waiting, "us-fbi", "{}"), 403, "not-released");
        String id = Gateways.approveTwice(decided).get("request").asText();

        problem(grant(id, "us-fbi", "{\"seconds\":301}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"targets\":[1]}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"targets\":[null]}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"categories\":[\"ALL\"]}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"audience\":\"\"}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"holder\":\"x\"}"), 400, "malformed-request");
        problem(grant(id, "us-fbi", "{\"categories\":[\"LIVE-CONTENT\"]}"), 409, "not-granted");
        problem(grant(UUID.randomUUID().toString(), "us-fbi", "{}"), 404, "not-found");
        assertEquals(
                403,
                Gateways.as(Tokens.reviewer(1))
                        .contentType("application/json")
                        .body("{}")
                        .post("/v1/requests/" + id + "/grants")
                        .statusCode());
    }

    @Test
    void the_unix_socket_answers_and_is_closed_to_others() throws Exception {
        String id = released().get("request").asText();
        String grant = json(grant(id, "us-fbi", "{}"), 201).get("grant").asText();
        Path socket = Path.of(setting("holdfast.check.socket"));

        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertTrue(ask(socket, "none").startsWith("HTTP/1.1 403"));
        assertTrue(ask(socket, grant).startsWith("HTTP/1.1 200"));
        assertTrue(ask(socket, grant).startsWith("HTTP/1.1 403"));
    }

    @Test
    void envoy_is_answered_over_grpc_at_a_port_and_at_a_socket() throws Exception {
        String id = released().get("request").asText();
        Path socket = Path.of(setting("holdfast.check.grpc-socket"));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        double before = letThrough();
        try (Envoy atPort = Envoy.at(Integer.parseInt(setting("holdfast.check.grpc-port")));
                Envoy atSocket = Envoy.at(socket)) {
            for (Envoy envoy : List.of(atPort, atSocket)) {
                String grant = json(grant(id, "us-fbi", "{}"), 201).get("grant").asText();
                assertFalse(Envoy.isYes(envoy.ask(question("/accounts/b@example.org/profile", grant))));
                assertTrue(Envoy.isYes(envoy.ask(question(profile(), grant))));
                assertEquals("USED_BEFORE", Envoy.reason(envoy.ask(question(profile(), grant))));
            }
        }
        assertEquals(before + 2, letThrough());
    }

    private Response ordinary(String port, String token, String uri) {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Integer.parseInt(setting(port)))
                .header("X-Original-Method", "GET")
                .header("X-Original-URI", uri)
                .header("Authorization", "Bearer " + token)
                .get(uri);
    }

    @Test
    void those_who_need_no_grant_pass_and_are_counted_and_leave_no_entry() throws Exception {
        String caller = setting("test.caller");
        long before = Gateways.wholeLog().entries().size();
        double counted = counted("holdfast_traffic_ordinary_total", "support-desk");

        assertEquals(200, ordinary("holdfast.check.port", caller, profile()).statusCode());
        for (Response refused : List.of(
                ordinary("holdfast.check.port", setting("test.other-caller"), profile()),
                ordinary("holdfast.check.port", Tokens.of("support-desk"), profile()),
                ordinary("holdfast.check.port", caller, "/accounts/export/profile"),
                ordinary("holdfast.check.port", caller, "/accounts"),
                ordinary("holdfast.proxy.port", caller, "/accounts"))) {
            assertEquals(403, refused.statusCode());
            assertEquals("NO_GRANT", refused.header("Holdfast-Denied"));
        }
        try (Envoy envoy = Envoy.at(Integer.parseInt(setting("holdfast.check.grpc-port")))) {
            List<Envoy.Line> lines = List.of(new Envoy.Line("authorization", "Bearer " + caller));
            assertTrue(Envoy.isYes(envoy.ask(
                    Envoy.question(Envoy.Form.RAW, "GET", profile(), lines).build())));
        }

        assertEquals(counted + 2, counted("holdfast_traffic_ordinary_total", "support-desk"));
        assertEquals(before, Gateways.wholeLog().entries().size());
        JsonNode health = Gateways.check(json(RestAssured.given().get("/q/health/well"), 200), "traffic");
        assertEquals(1, health.at("/data/ordinary-rules").asInt());
        String log = Files.readString(Gateways.folder().resolve("gateway.log"));
        assertTrue(log.contains("NOT EVERYTHING IS GUARDED. By 1 rule(s)"), "the start says so");
        assertFalse(log.contains(account));
    }

    private static CheckRequest question(String target, String grant) {
        return Envoy.question(Envoy.Form.RAW, "GET", target, Optional.of(grant)).build();
    }

    private static double letThrough() {
        return counted("holdfast_checks_total", "let-through");
    }

    private static double counted(String meter, String tag) {
        return RestAssured.given()
                .get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith(meter) && line.contains("\"" + tag + "\""))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private String ask(Path socket, String grant) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(
                    ("GET / HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nX-Original-Method: GET\r\n"
                                    + "X-Original-URI: " + profile() + "\r\nHoldfast-Grant: " + grant + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4_096);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                // Until it is closed.
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }
}
