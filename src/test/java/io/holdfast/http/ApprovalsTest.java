package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
