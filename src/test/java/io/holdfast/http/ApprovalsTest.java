package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** It takes two people, and each blocked attempt is an entry. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ApprovalsTest {

    @Test
    void the_same_person_cannot_approve_twice() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();
        json(Gateways.approve(id, version, Tokens.reviewer(1)), 201);

        problem(Gateways.approve(id, version, Tokens.reviewer(1)), 409, "approval-blocked");

        assertBlocked(id, Event.Blocked.SAME_PERSON_TWICE);
        assertEquals("REFERRED", outcome(id));
    }

    @Test
    void an_approval_of_another_version_does_not_count() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        String other =
                Gateways.submit(SampleRequest.usWarrant()).at("/record/version").asText();

        problem(Gateways.approve(id, other, Tokens.reviewer(1)), 409, "approval-blocked");

        assertBlocked(id, Event.Blocked.OTHER_VERSION);
    }

    @Test
    void what_does_not_wait_for_approval_cannot_be_approved() {
        JsonNode held = Gateways.submit(SampleRequest.identification());
        String id = held.get("request").asText();

        problem(Gateways.approve(id, held.at("/record/version").asText(), Tokens.reviewer(1)), 409, "approval-blocked");

        assertBlocked(id, Event.Blocked.NOT_AWAITING_APPROVAL);
        assertEquals("HELD", outcome(id));
    }

    @Test
    void an_approval_of_what_was_released_already_does_not_count() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        JsonNode released = Gateways.approveTwice(decided);

        problem(
                Gateways.approve(id, released.at("/record/version").asText(), Tokens.reviewer(3)),
                409,
                "approval-blocked");

        assertBlocked(id, Event.Blocked.NOT_AWAITING_APPROVAL);
    }

    @Test
    void whoever_sends_requests_cannot_approve_any() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String both = Tokens.claims("agent-1", Caller.AGENT, Caller.REVIEWER)
                .claim("authority", "us-fbi")
                .sign(Tokens.key());
        byte[] before = Gateways.checkpoint();

        problem(
                Gateways.approve(
                        decided.get("request").asText(),
                        decided.at("/record/version").asText(),
                        both),
                403,
                "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.AGENT, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    void only_a_reviewer_can_approve(String role) {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        byte[] before = Gateways.checkpoint();

        problem(
                Gateways.approve(
                        decided.get("request").asText(),
                        decided.at("/record/version").asText(),
                        Tokens.of("somebody", role)),
                403,
                "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_word_for_nobody_approves_nothing_and_is_told_so() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());

        JsonNode told = problem(
                Gateways.approve(
                        decided.get("request").asText(),
                        decided.at("/record/version").asText(),
                        Tokens.of("system", Caller.REVIEWER)),
                409,
                "approval-blocked");

        assertTrue(told.get("detail").asText().startsWith("The token's subject is a word for nobody"), told::toString);
    }

    private static String locatedIn(String subject, Object place) {
        return Tokens.claims(subject, Caller.REVIEWER, Caller.LEGAL_OPERATOR)
                .claim("located-in", place)
                .sign(Tokens.key());
    }

    static Stream<Object> places_that_the_request_concerns() {
        return Stream.of("US", "HK", List.of("HK"), List.of("IS", "US"));
    }

    @ParameterizedTest
    @MethodSource("places_that_the_request_concerns")
    void whoever_is_located_where_a_request_concerns_somebody_holds_no_approval_for_it(Object place) {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        String version = decided.at("/record/version").asText();

        JsonNode problem =
                problem(Gateways.approve(id, version, locatedIn("reviewer-1", place)), 409, "approval-blocked");

        assertTrue(problem.get("detail").asText().startsWith("You are located in a jurisdiction"), problem::toString);
        assertBlocked(id, Event.Blocked.LOCATED_THERE);
        assertEquals("REFERRED", outcome(id));

        json(Gateways.approve(id, version, Tokens.reviewer(2)), 201);
        assertEquals(
                "RELEASED",
                json(Gateways.approve(id, version, Tokens.reviewer(3)), 201)
                        .get("outcome")
                        .asText(),
                "others can");
    }

    @Test
    void where_somebody_is_stands_in_the_sealed_part_only() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        problem(
                Gateways.approve(
                        id, decided.at("/record/version").asText(), locatedIn("reviewer-1", List.of("IS", "HK"))),
                409,
                "approval-blocked");

        List<Entry> entries = Gateways.wholeLog().on(id);
        Entry blocked = entries.get(entries.size() - 1);
        String open = new String(blocked.leaf().bytes(), StandardCharsets.UTF_8);
        assertFalse(open.contains("located-in") || open.contains("HK IS"), open);
        long index = json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                        .at("/record/index")
                        .asLong()
                + 1;
        String disclosure = json(
                        Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/located-in/opening"), 200)
                .get("disclosure")
                .asText();
        assertEquals("HK IS", Disclosure.parse(disclosure).value().asText());
    }

    @Test
    void whoever_is_located_elsewhere_approves() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();

        json(
                Gateways.approve(
                        id, decided.at("/record/version").asText(), locatedIn("reviewer-1", List.of("IS", "GB"))),
                201);
    }

    static Stream<Object> places_that_are_none() {
        return Stream.of("", "us", "USA", "UNKNOWN", "U\u0405", 840, true, List.of(), List.of("US", "us"), List.of(7));
    }

    @ParameterizedTest
    @MethodSource("places_that_are_none")
    void a_place_that_cannot_be_read_could_be_any_and_nothing_is_written(Object place) {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        byte[] before = Gateways.checkpoint();
        String token = locatedIn("reviewer-1", place);

        problem(Gateways.approve(id, decided.at("/record/version").asText(), token), 403, "forbidden");
        problem(
                Gateways.as(token)
                        .contentType("application/json")
                        .body("{\"reason\":\"RETENTION-ENDED\"}")
                        .post("/v1/requests/" + id + "/erasure"),
                403,
                "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AB", "zz", "\\u0000"})
    void a_version_that_is_none_is_refused(String version) {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();

        JsonNode problem = problem(Gateways.approve(id, version, Tokens.reviewer(1)), 400, "malformed-request");

        assertEquals("version", problem.at("/violations/0/field").asText());
    }

    @Test
    void a_request_that_is_not_there_cannot_be_approved() {
        problem(
                Gateways.approve("00000000-0000-7000-8000-000000000000", "ab".repeat(32), Tokens.reviewer(1)),
                404,
                "not-found");
    }

    private static String outcome(String id) {
        return json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                .get("outcome")
                .asText();
    }

    private static void assertBlocked(String id, Event.Blocked why) {
        List<Entry> entries = Gateways.wholeLog().on(id);
        assertEquals(
                new Event.ApprovalBlocked(why), entries.get(entries.size() - 1).event());
    }
}
