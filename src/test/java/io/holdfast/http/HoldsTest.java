package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds placed while requests are on their way. No hold is lifted again here, so each test has a small country to itself, where
 * no other test's users live.
 */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class HoldsTest {

    private static SampleRequest warrantAboutUsersIn(String country) {
        return SampleRequest.usWarrant().withAll("users", country);
    }

    private static JsonNode released(String country) {
        JsonNode decided = Gateways.submit(warrantAboutUsersIn(country));
        assertEquals("RELEASED", Gateways.approveTwice(decided).get("outcome").asText());
        return decided;
    }

    @Test
    void a_hold_placed_while_a_released_request_waits_for_delivery_stops_it() throws Exception {
        String id = released("IS").get("request").asText();
        json(Gateways.placeHold(Gateways.holdOnUsersIn("IS", "iceland")), 201);
        try (UserStore store = UserStore.of("IS")) {
            JsonNode problem = problem(Gateways.deliver(id, "us-fbi"), 403, "not-released");

            assertTrue(problem.get("detail").asText().contains("HELD"));
            assertEquals(List.of(), store.questions());
            WholeLog log = Gateways.wholeLog();
            List<Entry> entries = log.on(id);
            assertEquals(
                    EntryKind.REQUEST_DECIDED, entries.get(entries.size() - 1).kind());
            assertTrue(entries.stream().noneMatch(entry -> entry.kind() == EntryKind.ACCESSED));
        }
    }

    @Test
    void a_hold_placed_while_the_store_is_answering_keeps_the_answer_back() throws Exception {
        String id = released("MT").get("request").asText();
        try (UserStore store = UserStore.of("MT").waiting()) {
            CompletableFuture<Response> delivery = Gateways.delivering(id, "us-fbi");
            store.awaitQuestion();
            json(Gateways.placeHold(Gateways.holdOnUsersIn("MT", "malta")), 201);
            store.answerNow();

            Response answer = delivery.get(20, TimeUnit.SECONDS);

            problem(answer, 403, "not-released");
            assertTrue(!answer.body().asString().contains("of the account"));
            List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
            assertEquals(
                    List.of(EntryKind.ACCESSED, EntryKind.REQUEST_DECIDED),
                    kinds.subList(kinds.size() - 2, kinds.size()));
        }
    }

    @Test
    void a_hold_placed_between_two_approvals_keeps_the_second_one_from_releasing() {
        JsonNode decided = Gateways.submit(warrantAboutUsersIn("LI"));
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();
        json(Gateways.approve(id, version, Tokens.reviewer(1)), 201);
        json(Gateways.placeHold(Gateways.holdOnUsersIn("LI", "liechtenstein")), 201);

        JsonNode approved = json(Gateways.approve(id, version, Tokens.reviewer(2)), 201);

        assertEquals("HELD", approved.get("outcome").asText());
        Gateways.wholeLog();
    }

    @Test
    void placing_a_hold_raises_the_epoch_and_it_is_shown_with_its_texts() {
        long before = epoch();

        JsonNode placed = json(Gateways.placeHold(Gateways.holdOnUsersIn("AD", "andorra")), 201);

        assertEquals(before + 1, placed.get("epoch").asLong());
        assertEquals(before + 1, epoch());
        JsonNode shown = hold("andorra");
        assertEquals("A hold of a test", shown.get("title").asText());
        assertEquals("We have paused.", shown.at("/statement/en").asText());
        assertEquals(1, shown.get("version").asInt());
        JsonNode decided = Gateways.submit(warrantAboutUsersIn("AD"));
        assertEquals("HELD", decided.get("outcome").asText());
        assertEquals(before + 1, decided.at("/record/epoch").asLong());
        Gateways.wholeLog();
    }

    @Test
    void a_hold_cannot_be_placed_twice_and_the_attempt_is_an_entry() {
        json(Gateways.placeHold(Gateways.holdOnUsersIn("MC", "monaco")), 201);
        long epoch = epoch();

        problem(Gateways.placeHold(Gateways.holdOnUsersIn("MC", "monaco")), 409, "hold-exists");

        assertEquals(epoch, epoch());
        assertBlocked("hold:monaco", Event.Attempt.PLACE, Event.Blocked.ALREADY_PLACED);
    }

    @Test
    void a_hold_can_be_tightened_by_one_person() {
        json(Gateways.placeHold(Gateways.holdOnUsersIn("SM", "san-marino")), 201);

        JsonNode tightened = json(
                change("san-marino", Gateways.holdOnUsersIn("SM", "san-marino").replace("PAUSE", "DENY")), 201);

        assertEquals(epoch(), tightened.get("epoch").asLong());
        assertEquals(2, hold("san-marino").get("version").asInt());
        assertEquals(
                "REFUSED",
                Gateways.submit(warrantAboutUsersIn("SM")).get("outcome").asText());
        Gateways.wholeLog();
    }

    @Test
    void a_hold_cannot_be_widened_by_one_person_and_the_attempt_is_an_entry() {
        json(Gateways.placeHold(Gateways.holdOnUsersIn("VA", "vatican").replace("PAUSE", "DENY")), 201);
        long epoch = epoch();

        problem(change("vatican", Gateways.holdOnUsersIn("VA", "vatican")), 403, "needs-two-people");

        assertEquals(epoch, epoch());
        assertEquals("DENY", hold("vatican").get("mode").asText());
        assertBlocked("hold:vatican", Event.Attempt.TIGHTEN, Event.Blocked.NOT_A_TIGHTENING);
    }

    @Test
    void to_lift_a_hold_is_a_proposal_and_the_hold_stands_until_another_person_approves() {
        long epoch = epoch();

        JsonNode proposed = json(lift("hk-nsl-2020"), 202);

        assertEquals("WAITING", proposed.get("state").asText());
        assertEquals(1, proposed.get("missing").asInt());
        assertEquals(epoch, epoch());
        assertEquals(
                "HELD",
                Gateways.submit(SampleRequest.identification()).get("outcome").asText());
        String proposal = proposed.get("proposal").asText();
        json(Gateways.as(Tokens.legal()).post("/v1/hold-changes/" + proposal + "/withdrawal"), 200);
    }

    @Test
    void what_is_tried_on_a_hold_that_is_not_there_is_an_entry_too() {
        problem(lift("no-such-hold"), 404, "not-found");

        assertBlocked("hold-attempts", Event.Attempt.PROPOSE, Event.Blocked.NO_SUCH_HOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":\"Not an id\"",
                "\"mode\":\"WHENEVER\"",
                "\"mode\":\"PAUSE\",\"colour\":\"red\"",
                "\"applies\":{\"user-jurisdiction\":[\"XX\"]}",
                "\"applies\":{\"user-jurisdiction\":[\"UNKNOWN\"]}",
                "\"applies\":{\"user-jurisdiction\":[]}",
                "\"applies\":{\"instrument\":[\"US-NO-SUCH\"]}",
                "\"applies\":{\"moon-phase\":[\"FULL\"]}",
                "\"from\":\"2026-01-01T00:00:00+02:00\"",
                "\"from\":\"+1000000000-01-01T00:00:00Z\"",
                "\"preserve\":\"true\"",
                "\"version\":0",
                "\"version\":7",
                "\"version\":99999999999",
                "\"statement\":{\"de\":\"Nur deutsch.\"}",
                "\"statement\":{}",
                "\"title\":\"half of a pair \\ud83d\"",
                "\"title\":null",
                "\"exit\":{\"type\":\"WHENEVER\"}",
                "\"exceptions\":[{\"id\":\"Name of a Person\",\"basis\":\"\",\"when\":{}}]",
                "\"phases\":[{\"from\":\"2026-01-01T00:00:00Z\",\"mode\":\"DENY\"}]"
            })
    void a_hold_that_is_not_well_formed_is_refused_and_nothing_is_written(String wrong) {
        assertRefused(withInstead(wrong));
    }

    @Test
    void an_id_that_exhausts_a_matcher_is_refused_and_nothing_is_written() {
        assertRefused(withInstead("\"id\":\"a" + "-a".repeat(20_000) + "\""));
    }

    /** A hold with one of its members replaced, or with one more. */
    private static String withInstead(String wrong) {
        String hold = Gateways.holdOnUsersIn("IS", "never-placed");
        String key = wrong.substring(0, wrong.indexOf(':') + 1);
        String rest = java.util.regex.Pattern.compile(
                        java.util.regex.Pattern.quote(key) + "(\\{[^}]*}|\"[^\"]*\"|true)")
                .matcher(hold)
                .replaceFirst(java.util.regex.Matcher.quoteReplacement(wrong));
        return rest.equals(hold) ? hold.substring(0, hold.length() - 1) + "," + wrong + "}" : rest;
    }

    private static void assertRefused(String sent) {
        byte[] before = Gateways.checkpoint();

        JsonNode problem = problem(Gateways.placeHold(sent), 400, "malformed-request");

        assertTrue(problem.at("/violations/0/field").asText().startsWith("hold"), problem.toString());
        assertTrue(!problem.toString().contains("Name of a Person"));
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_hold_too_large_for_an_entry_is_refused_and_nothing_is_written() {
        StringBuilder exceptions = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            exceptions
                    .append(i == 0 ? "" : ",")
                    .append("{\"id\":\"e%04d\",\"basis\":\"\",\"when\":{\"action\":[\"DISCLOSE\"]}}".formatted(i));
        }
        String hold = Gateways.holdOnUsersIn("IS", "never-placed");
        byte[] before = Gateways.checkpoint();

        problem(
                Gateways.placeHold(hold.substring(0, hold.length() - 1) + ",\"exceptions\":[" + exceptions + "]}"),
                400,
                "malformed-request");

        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"half of a pair \\ud83d and more\"", "7"})
    void a_reason_that_is_none_is_refused_and_nothing_is_written(String reason) {
        byte[] before = Gateways.checkpoint();

        Response answer = Gateways.as(Tokens.legal())
                .contentType("application/json")
                .body("{\"reason\":" + reason + "}")
                .post("/v1/holds/hk-nsl-2020/lift");

        problem(answer, 400, "malformed-request");
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void the_id_in_the_path_must_be_the_id_of_the_hold() {
        problem(change("hk-nsl-2020", Gateways.holdOnUsersIn("IS", "another")), 400, "malformed-request");
    }

    private static Response change(String id, String hold) {
        return Gateways.as(Tokens.legal())
                .contentType("application/json")
                .body("{\"hold\":" + hold + ",\"reason\":\"A reason that is long enough.\"}")
                .post("/v1/holds/" + id + "/versions");
    }

    private static Response lift(String id) {
        return Gateways.as(Tokens.legal())
                .contentType("application/json")
                .body("{\"reason\":\"A reason that is long enough.\"}")
                .post("/v1/holds/" + id + "/lift");
    }

    private static JsonNode holds() {
        return json(Gateways.as(Tokens.legal()).get("/v1/holds"), 200);
    }

    private static long epoch() {
        return holds().get("epoch").asLong();
    }

    private static JsonNode hold(String id) {
        for (JsonNode hold : holds().get("holds")) {
            if (hold.get("id").asText().equals(id)) {
                return hold;
            }
        }
        throw new AssertionError("no hold " + id);
    }

    private static void assertBlocked(String subject, Event.Attempt attempt, Event.Blocked why) {
        List<Entry> entries = Gateways.wholeLog().on(subject);
        Event.HoldChangeBlocked last =
                (Event.HoldChangeBlocked) entries.get(entries.size() - 1).event();
        assertEquals(attempt, last.attempt());
        assertEquals(why, last.blocked());
    }
}
