package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.Run;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.Seals;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for people, over HTTP and on the command line. Others may wait in the same log. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ReviewQueueTest {

    @TempDir
    Path folder;

    /** Every page of this size, one after the other. */
    private static List<JsonNode> all(String token, String query) {
        List<JsonNode> reviews = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(Gateways.as(token).get("/v1/reviews?" + query + next), 200);
            page.get("reviews").forEach(reviews::add);
            next = page.has("next") ? "&after=" + page.get("next").asText() : null;
        } while (next != null);
        return reviews;
    }

    private static Optional<JsonNode> find(String token, String id) {
        return all(token, "limit=200").stream()
                .filter(one -> one.get("request").asText().equals(id))
                .findFirst();
    }

    private static JsonNode found(String token, String id) {
        return find(token, id).orElseThrow();
    }

    private static String reviewerIn(Object place) {
        return Tokens.claims("reviewer-1", Caller.REVIEWER)
                .claim("located-in", place)
                .sign(Tokens.key());
    }

    @Test
    void it_says_what_the_machine_has_found_what_people_have_to_confirm_and_what_is_due() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();

        JsonNode one = found(Tokens.reviewer(1), id);

        assertEquals(decided.at("/record/version"), one.get("version"));
        assertEquals(decided.at("/record/index"), one.get("record"));
        assertEquals(decided.at("/record/at"), one.get("since"));
        assertEquals("US", one.get("issuer-jurisdiction").asText());
        assertEquals("US-SW", one.get("instrument").asText());
        assertEquals("NONE", one.get("emergency").asText());
        assertEquals(decided.at("/decision/scope"), one.get("scope"));
        assertEquals("PASSED", one.at("/checks/DOCUMENT-SEALED").asText());
        assertTrue(one.get("registry").asText().matches("[0-9a-f]{64}"));
        assertEquals("CHECK-CONFLICT-OF-LAWS", one.at("/to-confirm/0/duty").asText());
        assertEquals(0, one.get("approvals").asInt());
        assertEquals(2, one.get("approvals-needed").asInt());
        assertFalse(one.get("located-there").asBoolean());
        assertEquals("OBJECT", one.at("/clocks/0/clock").asText());
        assertEquals(one.at("/clocks/0/due"), one.get("due"));
        assertEquals(
                Duration.ofDays(14),
                Duration.between(
                        Instant.parse(one.get("since").asText()),
                        Instant.parse(one.get("due").asText())));
    }

    @Test
    void it_follows_each_step_of_people_and_tells_whoever_asks_of_their_own() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();

        json(Gateways.approve(id, version, Tokens.reviewer(1)), 201);

        assertEquals(1, found(Tokens.reviewer(1), id).get("approvals").asInt());
        assertTrue(found(Tokens.reviewer(1), id).get("approved-by-you").asBoolean());
        assertFalse(found(Tokens.reviewer(2), id).get("approved-by-you").asBoolean());
        assertTrue(found(reviewerIn("HK"), id).get("located-there").asBoolean());
        assertFalse(found(reviewerIn("IS"), id).get("located-there").asBoolean());

        json(Gateways.approve(id, version, Tokens.reviewer(2)), 201);

        assertEquals(Optional.empty(), find(Tokens.reviewer(1), id));
    }

    @Test
    void what_is_held_does_not_wait() {
        String id =
                Gateways.submit(SampleRequest.identification()).get("request").asText();
        assertEquals(Optional.empty(), find(Tokens.reviewer(1), id));
    }

    @Test
    void pages_of_any_size_are_the_same_queue_and_what_is_due_first_comes_first() {
        for (int i = 0; i < 3; i++) {
            Gateways.submit(SampleRequest.usWarrant());
        }
        List<JsonNode> whole = all(Tokens.reviewer(1), "limit=200");

        assertEquals(whole, all(Tokens.reviewer(1), "limit=1"));
        assertEquals(whole, all(Tokens.reviewer(1), "limit=2"));
        assertTrue(whole.size() >= 3);
        String before = "";
        for (JsonNode one : whole) {
            String due = one.path("due").asText("9999");
            assertTrue(before.compareTo(due) <= 0, before + " " + due);
            before = due;
        }
    }

    @Test
    void it_can_be_asked_for_by_where_requests_come_from_and_for_what_is_over() {
        Gateways.submit(SampleRequest.usWarrant());
        List<JsonNode> whole = all(Tokens.reviewer(1), "limit=200");
        List<JsonNode> american = all(Tokens.reviewer(1), "limit=200&jurisdiction=US");
        assertFalse(american.isEmpty());
        assertEquals(
                whole.stream()
                        .filter(one -> one.get("issuer-jurisdiction").asText().equals("US"))
                        .toList(),
                american);
        assertEquals(List.of(), all(Tokens.reviewer(1), "jurisdiction=IS"));
        assertEquals(List.of(), all(Tokens.reviewer(1), "overdue=true"));
        assertEquals(whole, all(Tokens.reviewer(1), "limit=200&overdue=false"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=, limit",
        "limit=+5, limit",
        "limit=05, limit",
        "limit=5.0, limit",
        "limit=99999999999, limit",
        "limit=5&limit=5, limit",
        "jurisdiction=us, jurisdiction",
        "jurisdiction=USA, jurisdiction",
        "jurisdiction=UNKNOWN, jurisdiction",
        "jurisdiction=, jurisdiction",
        "overdue=yes, overdue",
        "overdue, overdue",
        "overdue=TRUE, overdue",
        "after=, after",
        "after=!, after",
        "after=AAAA, after",
        "after=LV8xXzE=, after",
        "Limit=5, (query)",
        "offset=5, (query)",
        "limit=5&a%20b=1, (query)"
    })
    void a_parameter_that_is_none_is_refused_and_not_repeated(String query, String field) {
        JsonNode problem = problem(
                Gateways.as(Tokens.reviewer(1)).urlEncodingEnabled(false).get("/v1/reviews?" + query),
                400,
                "malformed-request");

        assertEquals(field, problem.at("/violations/0/field").asText());
        assertEquals("(not shown)", problem.at("/violations/0/value").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-_1_1", "1_-5_0", "99999999999_1_999999999999999999"})
    void a_cursor_is_read_in_one_spelling_only(String place) {
        String cursor = Seals.base64url(place.getBytes(StandardCharsets.US_ASCII));
        json(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?after=" + cursor), 200);
        for (String other : List.of("0" + place, place + " ", place + "_1")) {
            String wrong = Seals.base64url(other.getBytes(StandardCharsets.US_ASCII));
            problem(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?after=" + wrong), 400, "malformed-request");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.AGENT, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    void only_whoever_may_review_sees_it(String role) {
        problem(Gateways.as(Tokens.of("somebody", role)).get("/v1/reviews"), 403, "forbidden");
        problem(
                Gateways.as(Tokens.of("somebody", Caller.REVIEWER, Caller.AGENT))
                        .get("/v1/reviews"),
                403,
                "forbidden");
    }

    @Test
    void a_place_that_cannot_be_read_could_be_any() {
        problem(Gateways.as(reviewerIn("Hong Kong")).get("/v1/reviews"), 403, "forbidden");
    }

    private String[] command(String token, String... words) throws Exception {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, token);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", Gateways.url(), "--token-file", file.toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void from_the_queue_to_the_last_approval_with_commands() throws Exception {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
        String first = Tokens.reviewer(1);
        String second = Tokens.reviewer(2);

        Run table = Run.of(command(first, "request", "queue", "--limit", "200", "--jurisdiction", "US"))
                .endsWith(0);
        assertTrue(table.out().contains(id), table.out());
        String version = waiting(first, id).get("version").asText();
        Run.of(command(first, "request", "narrow", id, "--version", version, "--keep", "SUBSCRIBER"))
                .endsWith(5);
        String left = waiting(first, id).get("version").asText();
        String[] approval = {"request", "approve", id, "--version", left, "--confirm", "CHECK-CONFLICT-OF-LAWS"};
        Run.of(command(first, approval)).endsWith(5);
        assertTrue(waiting(first, id).get("approved-by-you").asBoolean());
        Run.of(command(second, approval)).endsWith(0);

        assertEquals(Optional.empty(), find(first, id));
        Run.of(command(Tokens.auditor(), "request", "queue")).endsWith(4);
        Run.of(command(first, "request", "queue", "--overdue")).endsWith(0);
    }

    private JsonNode waiting(String token, String id) throws Exception {
        String out = Run.of(command(token, "request", "queue", "--limit", "200", "--output", "json"))
                .endsWith(0)
                .out();
        for (JsonNode one : Gateways.parse(out).get("reviews")) {
            if (one.get("request").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("does not wait");
    }
}
