package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a request: a problem that names field, rule and value, and nothing written. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class MalformedRequestsTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final SampleRequest VALID = SampleRequest.usWarrant();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static Arguments of(String name, SampleRequest request, String field, String rule) {
        return Arguments.of(name, request, field, rule, null);
    }

    private static Arguments of(String name, SampleRequest request, String field, String rule, String value) {
        return Arguments.of(name, request, field, rule, value);
    }

    private static Arguments place(String name, String code) {
        return of(name, VALID.withAll("users", code), "users[0]", "ISO 3166-1");
    }

    private static Arguments target(String kind, String value) {
        return of(
                kind + " " + value,
                VALID.withTarget(kind, value),
                "targets[0].value",
                "syntax of " + kind,
                "(not shown)");
    }

    private static Arguments instant(String name, String value) {
        return of(name, VALID.with("instrument.issuedAt", value), "instrument.issuedAt", "must be");
    }

    private static ArrayNode targets(int count) {
        ArrayNode targets = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            targets.add(SampleRequest.target("USER-ID", "account-" + i));
        }
        return targets;
    }

    static Stream<Arguments> wrong_fields() {
        String today = Instant.now().truncatedTo(ChronoUnit.DAYS).toString();
        String longAgo = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(400, ChronoUnit.DAYS)
                .toString();
        return Stream.of(
                of("unknown field", VALID.with("colour", "red"), "colour", "no such field"),
                of("unknown nested field", VALID.with("officer.rank", "1"), "officer.rank", "no such field"),
                of(
                        "unknown field in a list",
                        VALID.with(
                                "targets",
                                NODES.arrayNode().add(NODES.objectNode().put("nick", "x"))),
                        "targets[0].nick",
                        "no such field"),
                of("wrong case of a field", VALID.with("Channel", "DIRECT"), "Channel", "no such field"),
                of("missing instrument", VALID.without("instrument"), "instrument", "must not be null", "(nothing)"),
                of("missing docket", VALID.without("instrument.docket"), "instrument.docket", "must not be null"),
                of("missing document", VALID.without("document"), "document", "must not be null"),
                of("missing digest", VALID.without("document.sha512"), "document.sha512", "must not be null"),
                of("missing channel", VALID.without("channel"), "channel", "must not be null"),
                of("missing action", VALID.without("action"), "action", "must not be null"),
                of("missing categories", VALID.without("categories"), "categories", "must not be"),
                of("missing targets", VALID.without("targets"), "targets", "must not be"),
                of("missing period", VALID.without("period"), "period", "must not be null"),
                of("missing end of period", VALID.without("period.to"), "period.to", "must not be null"),
                of("missing offences", VALID.without("offences"), "offences", "must not be"),
                of(
                        "missing national security",
                        VALID.without("nationalSecurity"),
                        "nationalSecurity",
                        "must not be null"),
                of("missing emergency", VALID.without("emergency"), "emergency", "must not be null"),
                of("missing secrecy", VALID.without("nonDisclosure"), "nonDisclosure", "must not be null"),
                of("missing users", VALID.without("users"), "users", "must not be"),
                of("missing subjects", VALID.without("subjects"), "subjects", "must not be"),
                of("missing officer", VALID.without("officer"), "officer", "must not be null"),
                of("missing officer's name", VALID.without("officer.name"), "officer.name", "must not be null"),
                of("missing case reference", VALID.without("caseReference"), "caseReference", "must not be null"),
                of("null", VALID.with("action", NODES.nullNode()), "action", "must not be null"),
                of(
                        "null in a list",
                        VALID.with("categories", NODES.arrayNode().addNull()),
                        "categories[0]",
                        "must not be null"),
                of("null target", VALID.with("targets", NODES.arrayNode().addNull()), "targets[0]", "must not be null"),
                of("empty list", VALID.withAll("categories"), "categories", "must not be empty"),
                of("no target", VALID.with("targets", NODES.arrayNode()), "targets", "must not be empty"),
                of("26 targets", VALID.with("targets", targets(26)), "targets", "at most 25", "26 targets"),
                of(
                        "a target twice",
                        VALID.with("targets", targets(2).add(SampleRequest.target("USER-ID", "account-0"))),
                        "targets[2]",
                        "twice"),
                of("object for a list", VALID.with("targets", NODES.objectNode()), "targets", "type"),
                of("string for a list", VALID.with("users", "HK"), "users", "type"),
                of("empty string for a list", VALID.with("users", ""), "users", "type"),
                of("empty string for an object", VALID.with("officer", ""), "officer", "type"),
                of("list for an object", VALID.with("officer", NODES.arrayNode()), "officer", "type"),
                of("number for a string", VALID.with("caseReference", NODES.numberNode(7)), "caseReference", "type"),
                of(
                        "boolean for a string",
                        VALID.with("caseReference", NODES.booleanNode(true)),
                        "caseReference",
                        "type"),
                of("string for a boolean", VALID.with("nationalSecurity", "true"), "nationalSecurity", "type"),
                of("empty string for a boolean", VALID.with("nationalSecurity", ""), "nationalSecurity", "type"),
                of(
                        "number for a boolean",
                        VALID.with("nationalSecurity", NODES.numberNode(1)),
                        "nationalSecurity",
                        "type"),
                of("number for a word", VALID.with("action", NODES.numberNode(0)), "action", "must be one of"),
                of("number for an instant", VALID.with("period.from", NODES.numberNode(0)), "period.from", "instant"),
                of("unknown word", VALID.with("action", "GIVE"), "action", "must be one of DISCLOSE", "GIVE"),
                of("word in small letters", VALID.with("action", "disclose"), "action", "must be one of", "disclose"),
                of(
                        "name of a constant for its word",
                        VALID.with("action", "RESTRICT_CONTENT"),
                        "action",
                        "must be one of"),
                of(
                        "unknown category",
                        VALID.withAll("categories", "SUBSCRIBER", "EVERYTHING"),
                        "categories[1]",
                        "must be one of",
                        "EVERYTHING"),
                of("unknown offence", VALID.withAll("offences", "JAYWALKING"), "offences[0]", "must be one of"),
                of(
                        "unknown kind of target",
                        VALID.withTarget("PASSPORT", "1"),
                        "targets[0].kind",
                        "must be one of EMAIL"),
                place("Cyrillic country", "U\u0405"),
                place("full-width country", "\uff28\uff2b"),
                place("country in small letters", "hk"),
                place("UK is not a code", "UK"),
                place("EU is not a code", "EU"),
                place("three letters", "HKG"),
                place("no letters", ""),
                of(
                        "look-alike is told by its code points",
                        VALID.withAll("users", "U\u0405"),
                        "users[0]",
                        "ISO",
                        "U\\u{405}"),
                of(
                        "country as a number",
                        VALID.with("subjects", NODES.arrayNode().add(344)),
                        "subjects[0]",
                        "type"),
                instant("offset", "2026-01-01T00:00:00+08:00"),
                instant("zero offset", "2026-01-01T00:00:00+00:00"),
                instant("no seconds", "2026-01-01T00:00Z"),
                instant("fraction", "2026-01-01T00:00:00.5Z"),
                instant("year 10000", "+10000-01-01T00:00:00Z"),
                instant("year 0", "0000-01-01T00:00:00Z"),
                instant("before 1990", "1989-12-31T23:59:59Z"),
                instant("30 February", "2026-02-30T00:00:00Z"),
                instant("hour 24", "2026-01-01T24:00:00Z"),
                instant("small z", "2026-01-01T00:00:00z"),
                instant("Arabic digits", "\u0662\u0660\u0662\u0666-01-01T00:00:00Z"),
                instant("date only", "2026-01-01"),
                of(
                        "expires before it was issued",
                        VALID.with("instrument.expiresAt", "2001-01-01T00:00:00Z"),
                        "instrument.expiresAt",
                        "after issuedAt",
                        "2001-01-01T00:00:00Z"),
                of(
                        "period ends before it starts",
                        VALID.with("period.to", "2001-01-01T00:00:00Z"),
                        "period.to",
                        "after from",
                        "2001-01-01T00:00:00Z"),
                of(
                        "period of no length",
                        VALID.with("period.from", today).with("period.to", today),
                        "period.to",
                        "after from"),
                of(
                        "period too long",
                        VALID.with("period.from", longAgo).with("period.to", today),
                        "period",
                        "at most 366 days",
                        "400 days"),
                target("EMAIL", "no-at-sign"),
                target("EMAIL", "a@b"),
                target("EMAIL", "a@b\\.example"),
                target("EMAIL", "two@at@signs.example"),
                target("EMAIL", "a b@example.org"),
                target("EMAIL", "\u0430ccount@example.org"),
                target("EMAIL", "a@" + "b-".repeat(100) + ".example"),
                target("PHONE", "12345678"),
                target("PHONE", "+0123456789"),
                target("PHONE", "+1 202 555 0100"),
                target("PHONE", "+1234567890123456"),
                target("PHONE", "\\1234567"),
                target("USER-ID", "with space"),
                target("USER-ID", "a".repeat(65)),
                target("HANDLE", "no-at"),
                target("HANDLE", "@"),
                target("HANDLE", "@with-hyphen"),
                target("IP-ADDRESS", "256.1.1.1"),
                target("IP-ADDRESS", "1.2.3"),
                target("IP-ADDRESS", "01.2.3.4"),
                target("IP-ADDRESS", "2001:DB8::1"),
                target("IP-ADDRESS", "1::2::3"),
                target("IP-ADDRESS", "fe80::1%eth0"),
                of("empty target", VALID.withTarget("EMAIL", ""), "targets[0].value", "must"),
                of(
                        "unknown instrument",
                        VALID.with("instrument.kind", "US-NO-SUCH"),
                        "instrument.kind",
                        "rulebook knows",
                        "US-NO-SUCH"),
                of(
                        "no instrument's code",
                        VALID.with("instrument.kind", "us sw"),
                        "instrument.kind",
                        "code of an instrument",
                        "us sw"),
                of(
                        "issuer's name for its id",
                        VALID.with("instrument.issuedBy", "The District Court"),
                        "instrument.issuedBy",
                        "id of an enrolled",
                        "The District Court"),
                of(
                        "docket with a quote",
                        VALID.with("instrument.docket", "A\"B"),
                        "instrument.docket",
                        "printable",
                        "(not shown)"),
                of(
                        "docket with look-alikes",
                        VALID.with("instrument.docket", "\u0410-1"),
                        "instrument.docket",
                        "printable",
                        "(not shown)"),
                of(
                        "docket too long",
                        VALID.with("instrument.docket", "1".repeat(61)),
                        "instrument.docket",
                        "printable"),
                of(
                        "digest in capitals",
                        VALID.with("document.sha512", "AB".repeat(64)),
                        "document.sha512",
                        "hex",
                        "(not shown)"),
                of(
                        "digest of another length",
                        VALID.with("document.sha512", "ab".repeat(32)),
                        "document.sha512",
                        "hex"),
                of("media type", VALID.with("document.mediaType", "PDF"), "document.mediaType", "media type", "PDF"),
                of(
                        "seal that is no JWS",
                        VALID.with("document.seal", "not a seal"),
                        "document.seal",
                        "JWS",
                        "(not shown)"),
                of("seal too long", VALID.with("document.seal", "a".repeat(9000)), "document.seal", "8192"),
                of("officer's mail", VALID.with("officer.email", "nobody"), "officer.email", "email", "(not shown)"),
                of("officer's phone", VALID.with("officer.phone", "110"), "officer.phone", "E.164", "(not shown)"),
                of("officer's name is empty", VALID.with("officer.name", ""), "officer.name", "size"),
                of(
                        "control character",
                        VALID.with("officer.name", "Officer\u0000 1"),
                        "officer.name",
                        "control",
                        "(not shown)"),
                of("carriage return", VALID.with("necessity", "a\rb"), "necessity", "control"),
                of(
                        "text that reorders itself",
                        VALID.with("necessity", "a \u202e b"),
                        "necessity",
                        "reorder",
                        "(not shown)"),
                of("text too long", VALID.with("necessity", "a".repeat(4001)), "necessity", "4000"),
                of("case reference too long", VALID.with("caseReference", "a".repeat(101)), "caseReference", "100"),
                of(
                        "51 places",
                        VALID.withAll(
                                "users", Stream.generate(() -> "HK").limit(51).toArray(String[]::new)),
                        "users",
                        "50"),
                of(
                        "code that exhausts a matcher",
                        VALID.with("instrument.kind", "A" + "-A".repeat(20_000)),
                        "instrument.kind",
                        "40"),
                of(
                        "issuer that exhausts a matcher",
                        VALID.with("instrument.issuedBy", "a" + "-a".repeat(20_000)),
                        "instrument.issuedBy",
                        "60"),
                of(
                        "mail that exhausts a matcher",
                        VALID.withTarget("EMAIL", "a@" + "b.".repeat(20_000) + "c"),
                        "targets[0].value",
                        "254"),
                of(
                        "officer's mail that exhausts a matcher",
                        VALID.with("officer.email", "a@" + "b.".repeat(20_000) + "cc"),
                        "officer.email",
                        "254"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong_fields")
    void a_wrong_field_is_named_with_its_rule_and_nothing_is_written(
            String name, SampleRequest request, String field, String rule, String value) throws Exception {
        byte[] before = Gateways.checkpoint();

        JsonNode problem = problem(send(request.bytes()), 400, "malformed-request");

        JsonNode violation = violation(problem, field, rule);
        if (value != null) {
            assertEquals(value, violation.get("value").asText());
        }
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void every_wrong_field_is_named_at_once() throws Exception {
        JsonNode problem = problem(
                send(VALID.with("officer.email", "nobody")
                        .withAll("users", "UK", "hk")
                        .with("document.mediaType", "PDF")
                        .without("caseReference")
                        .bytes()),
                400,
                "malformed-request");

        assertEquals(4, problem.get("violations").size(), problem.toString());
    }

    static Stream<Arguments> wrong_bodies() {
        String valid = VALID.text();
        byte[] latin1 = VALID.with("officer.name", "Officer \u00e9").text().getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = valid.replace("CASE 1", "CASE~1").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < overlong.length; i++) {
            if (overlong[i] == '~') {
                overlong[i] = (byte) 0xc0;
            }
        }
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("white space", bytes(" \n ")),
                Arguments.of("null", bytes("null")),
                Arguments.of("a string", bytes("\"text\"")),
                Arguments.of("a number", bytes("7")),
                Arguments.of("a list", bytes("[" + valid + "]")),
                Arguments.of("an empty list", bytes("[]")),
                Arguments.of("an empty object", bytes("{}")),
                Arguments.of("no JSON", bytes("action=DISCLOSE")),
                Arguments.of("half of it", bytes(valid.substring(0, valid.length() / 2))),
                Arguments.of("a comma at the end", bytes(valid.substring(0, valid.length() - 1) + ",}")),
                Arguments.of("a comment", bytes("/* */" + valid)),
                Arguments.of("single quotes", bytes(valid.replace('"', '\''))),
                Arguments.of("something after it", bytes(valid + "{}")),
                Arguments.of("garbage after it", bytes(valid + "x")),
                Arguments.of("a zero byte after it", bytes(valid + "\u0000")),
                Arguments.of("the same key twice", bytes("{\"action\":\"DISCLOSE\"," + valid.substring(1))),
                Arguments.of(
                        "the same key twice, escaped", bytes("{\"\\u0061ction\":\"DISCLOSE\"," + valid.substring(1))),
                Arguments.of(
                        "the same nested key twice",
                        bytes(valid.replace("\"officer\":{", "\"officer\":{\"badge\":\"1\","))),
                Arguments.of("a byte order mark", bytes("\ufeff" + valid)),
                Arguments.of("UTF-16, big end first", valid.getBytes(StandardCharsets.UTF_16BE)),
                Arguments.of("UTF-16, little end first", valid.getBytes(StandardCharsets.UTF_16LE)),
                Arguments.of("UTF-32", valid.getBytes(java.nio.charset.Charset.forName("UTF-32BE"))),
                Arguments.of("Latin 1", latin1),
                Arguments.of("an overlong sequence", overlong),
                Arguments.of("half of a surrogate pair", bytes(valid.replace("CASE 1", "\\ud83d"))),
                Arguments.of("half of a surrogate pair in a target", bytes(valid.replace("account.1", "\\ud83d"))),
                Arguments.of("half of a surrogate pair as a key", bytes("{\"\\ud83d\":1," + valid.substring(1))),
                Arguments.of("a raw line break in a string", bytes(valid.replace("CASE 1", "CASE\n1"))),
                Arguments.of("deep lists", bytes("{\"users\":" + "[".repeat(2000) + "]".repeat(2000) + "}")),
                Arguments.of("deep objects", bytes("{\"officer\":".repeat(2000) + "1" + "}".repeat(2000))),
                Arguments.of("deep unknown lists", bytes("{\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}")),
                Arguments.of("a huge number", bytes(valid.replace("false", "9".repeat(5000)))),
                Arguments.of("a huge exponent", bytes(valid.replace("\"CASE 1\"", "1e999999999"))),
                Arguments.of("not a number", bytes(valid.replace("false", "NaN"))),
                Arguments.of("a long unknown key", bytes("{\"" + "k".repeat(50_000) + "\":1}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong_bodies")
    void a_body_that_is_not_one_strict_object_is_refused_and_nothing_is_written(String name, byte[] body)
            throws Exception {
        byte[] before = Gateways.checkpoint();

        JsonNode problem = problem(send(body), 400, "malformed-request");

        assertFalse(problem.get("violations").isEmpty());
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest(name = "{0} bytes more")
    @org.junit.jupiter.params.provider.ValueSource(ints = {1, 20_000, 990_000, 3_000_000})
    void a_body_over_64_KiB_is_refused_with_a_problem_document(int more) throws Exception {
        byte[] body = new byte[64 * 1024 + more];
        Arrays.fill(body, (byte) ' ');
        byte[] before = Gateways.checkpoint();

        problem(send(body), 413, "too-large");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest(name = "{0} bytes more")
    @org.junit.jupiter.params.provider.ValueSource(ints = {1, 20_000, 990_000, 3_000_000})
    void a_body_over_64_KiB_in_chunks_is_refused_with_a_problem_document(int more) throws Exception {
        byte[] body = new byte[64 * 1024 + more];
        Arrays.fill(body, (byte) ' ');
        byte[] before = Gateways.checkpoint();

        HttpResponse<byte[]> answer = CLIENT.send(
                request("/v1/requests")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        problem(answer, 413, "too-large");
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void other_paths_refuse_a_body_over_64_KiB_too() throws Exception {
        byte[] body = new byte[2_000_000];
        for (String path : new String[] {"/v1/holds", "/v1/holds/hk-nsl-2020/lift"}) {
            HttpResponse<byte[]> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(Gateways.url() + path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + Tokens.legal())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            problem(answer, 413, "too-large");
        }
    }

    @Test
    void the_largest_body_that_fits_is_read() throws Exception {
        String valid = VALID.sealed(Gateways.institutions()).text();
        byte[] body = bytes(valid + " ".repeat(64 * 1024 - valid.length()));

        assertEquals(201, send(body).statusCode());
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/json-seq",
                "nonsense"
            })
    void a_body_of_another_type_is_refused_and_nothing_is_written(String type) throws Exception {
        byte[] before = Gateways.checkpoint();

        HttpResponse<byte[]> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(Gateways.url() + "/v1/requests"))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + Tokens.agent("us-fbi"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(VALID.bytes()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, () -> answer.statusCode() + type);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_target_of_every_kind_is_accepted_when_its_syntax_is_right() throws Exception {
        ArrayNode targets = NODES.arrayNode();
        targets.add(SampleRequest.target("EMAIL", "account.1+tag@mail.example.org"));
        targets.add(SampleRequest.target("PHONE", "+85200000001"));
        targets.add(SampleRequest.target("USER-ID", "user_1-a"));
        targets.add(SampleRequest.target("HANDLE", "@user.1"));
        targets.add(SampleRequest.target("IP-ADDRESS", "192.0.2.1"));
        targets.add(SampleRequest.target("IP-ADDRESS", "2001:db8::1"));

        HttpResponse<byte[]> answer = send(
                VALID.with("targets", targets).sealed(Gateways.institutions()).bytes());

        assertEquals(201, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(Gateways.url() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.agent("us-fbi"));
    }

    private static HttpResponse<byte[]> send(byte[] body) throws IOException, InterruptedException {
        return CLIENT.send(
                request("/v1/requests")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode problem(HttpResponse<byte[]> answer, int status, String type) throws IOException {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(status, answer.statusCode(), body);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
        JsonNode problem = new ObjectMapper().readTree(body);
        assertEquals("/problems/" + type, problem.get("type").asText());
        return problem;
    }

    private static JsonNode violation(JsonNode problem, String field, String rule) {
        for (JsonNode violation : problem.get("violations")) {
            if (violation.get("field").asText().equals(field)
                    && violation.get("rule").asText().contains(rule)) {
                return violation;
            }
        }
        throw new AssertionError("no violation of " + field + " by " + rule + " in " + problem);
    }
}
