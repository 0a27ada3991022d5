package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person stops or narrows a request over HTTP. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ReviewsTest {

    private JsonNode decided;
    private String id;
    private String version;

    @BeforeEach
    void something_to_review() {
        decided = Gateways.submit(SampleRequest.usWarrant());
        id = decided.get("request").asText();
        version = decided.at("/record/version").asText();
    }

    private Response send(String step, String field, String words, String token) {
        return Gateways.as(token)
                .contentType("application/json")
                .body("{\"version\":\"" + version + "\",\"" + field + "\":" + words + "}")
                .post("/v1/requests/" + id + "/" + step);
    }

    @Test
    void a_reviewer_refuses_it_with_reasons_and_it_stays_refused() {
        JsonNode refused = json(send("refusal", "reasons", "[\"PRIVILEGE_OR_PRESS\"]", Tokens.reviewer(1)), 201);

        assertEquals("REFUSED", refused.get("outcome").asText());
        assertEquals("REFUSED", refused.get("state").asText());
        assertEquals("REFUSED_BY_PEOPLE", refused.at("/reasons/0/code").asText());
        assertEquals("PRIVILEGE_OR_PRESS", refused.at("/reasons/1/code").asText());
        problem(
                Gateways.approve(id, refused.at("/record/version").asText(), Tokens.reviewer(2)),
                409,
                "approval-blocked");
    }

    @Test
    void an_approval_has_to_confirm_the_duties_and_is_told_which_are_unanswered() {
        JsonNode seen = json(Gateways.as(Tokens.reviewer(1)).get("/v1/requests/" + id), 200);
        assertEquals("CHECK-CONFLICT-OF-LAWS", seen.at("/to-confirm/0/duty").asText());

        JsonNode problem = problem(Gateways.approve(id, version, "{}", Tokens.reviewer(1)), 409, "approval-blocked");

        assertTrue(problem.get("detail").asText().contains("CHECK-CONFLICT-OF-LAWS"), problem::toString);
        problem(Gateways.approve(id, version, "{\"CALL-BACK\":\"yes\"}", Tokens.reviewer(1)), 400, "malformed-request");
        json(Gateways.approve(id, version, "{\"CHECK-CONFLICT-OF-LAWS\":\"CONFIRMED\"}", Tokens.reviewer(1)), 201);
    }

    @Test
    void a_reviewer_returns_it_with_what_is_missing_and_the_agent_reads_it() {
        json(send("return", "missing", "[\"TRANSLATION\",\"issued-at\"]", Tokens.reviewer(1)), 201);

        JsonNode seen = json(
                Gateways.as(Tokens.agent(SampleRequest.usWarrant().sender())).get("/v1/requests/" + id), 200);

        assertEquals("RETURNED", seen.get("outcome").asText());
        assertEquals("TRANSLATION", seen.at("/decision/missing/0").asText());
        assertEquals("issued-at", seen.at("/decision/missing/1").asText());
    }

    @Test
    void a_narrowed_request_is_released_for_what_was_left_and_nothing_else() {
        String first = decided.at("/decision/scope/granted/0").asText();
        assertTrue(decided.at("/decision/scope/granted").size() > 1, "the sample asks for more than one category");

        JsonNode narrowed = json(send("narrowing", "categories", "[\"" + first + "\"]", Tokens.reviewer(1)), 201);
        JsonNode released = Gateways.approveTwice(narrowed);

        assertEquals("RELEASED", released.get("outcome").asText());
        assertEquals(1, released.at("/decision/scope/granted").size());
        assertEquals(first, released.at("/decision/scope/granted/0").asText());
        assertEquals(
                List.of(
                        EntryKind.REQUEST_DECIDED,
                        EntryKind.REQUEST_REVIEWED,
                        EntryKind.REQUEST_DECIDED,
                        EntryKind.APPROVAL_GIVEN,
                        EntryKind.APPROVAL_GIVEN,
                        EntryKind.REQUEST_DECIDED),
                Gateways.wholeLog().kindsOn(id));
    }

    @Test
    void what_narrows_nothing_is_blocked_and_the_attempt_is_a_record() {
        String all = decided.at("/decision/scope/granted").toString();

        JsonNode problem = problem(send("narrowing", "categories", all, Tokens.reviewer(1)), 409, "review-blocked");

        assertTrue(problem.get("detail").asText().contains("The attempt is record"), problem::toString);
        List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
        assertEquals(EntryKind.REVIEW_BLOCKED, kinds.get(kinds.size() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "refusal;reasons;[]",
                "refusal;reasons;null",
                "refusal;reasons;[null]",
                "refusal;reasons;[\"PERMITTED\"]",
                "refusal;reasons;[\"HELD_PENDING_REVIEW\"]",
                "refusal;reasons;[\"REFUSED_BY_PEOPLE\"]",
                "refusal;reasons;[\"because I say so\"]",
                "return;missing;[\"a name\"]",
                "return;missing;[]",
                "narrowing;categories;[]",
                "narrowing;categories;[\"EVERYTHING\"]",
                "narrowing;categories;[\"UNKNOWN\"]"
            })
    void words_that_are_none_are_refused_and_not_repeated(String step, String field, String words) {
        byte[] before = Gateways.checkpoint();

        JsonNode problem = problem(send(step, field, words, Tokens.reviewer(1)), 400, "malformed-request");

        assertEquals(field, problem.at("/violations/0/field").asText());
        assertEquals("(not shown)", problem.at("/violations/0/value").asText());
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.AGENT, Caller.AUDITOR, Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER})
    void only_a_reviewer_can(String role) {
        problem(send("refusal", "reasons", "[\"PRIVILEGE_OR_PRESS\"]", Tokens.of("somebody", role)), 403, "forbidden");
    }
}
