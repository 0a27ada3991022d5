package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.ErasureReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shredding a case over HTTP: two people, and every attempt that does not count is an entry. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ErasureTest {

    private static String operator(int number) {
        return Tokens.of("legal-operator-" + number, Caller.LEGAL_OPERATOR);
    }

    private static Response erase(String id, String token, String body) {
        return Gateways.as(token).contentType("application/json").body(body).post("/v1/requests/" + id + "/erasure");
    }

    private static Response erase(String id, int operator) {
        return erase(id, operator(operator), "{\"reason\":\"RETENTION-ENDED\"}");
    }

    private static String held() {
        return Gateways.submit(SampleRequest.identification()).get("request").asText();
    }

    private static Entry last(String id) {
        List<Entry> entries = Gateways.wholeLog().on(id);
        return entries.get(entries.size() - 1);
    }

    private static void assertBlocked(String id, Blocked why) {
        assertEquals(new Event.ErasureBlocked(ErasureReason.RETENTION_ENDED, why), last(id).event());
    }

    @Test
    void the_first_call_waits_for_a_second_person_and_the_second_shreds() {
        JsonNode decided = Gateways.submit(SampleRequest.identification());
        String id = decided.get("request").asText();
        long index = decided.at("/record/index").asLong();

        JsonNode proposed = json(erase(id, 1), 202);
        assertEquals("PROPOSED", proposed.get("erasure").asText());
        assertEquals(
                proposed.at("/record/version").asText(),
                proposed.get("proposal").asText());
        assertEquals("erasure-proposed", proposed.at("/record/kind").asText());
        assertFalse(json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                .has("shredded"));

        JsonNode done = json(
                erase(
                        id,
                        operator(2),
                        "{\"reason\":\"RETENTION-ENDED\",\"proposal\":\""
                                + proposed.get("proposal").asText() + "\"}"),
                200);

        assertEquals("SHREDDED", done.get("erasure").asText());
        assertEquals(
                List.of(EntryKind.REQUEST_DECIDED, EntryKind.ERASURE_PROPOSED, EntryKind.CASE_SHREDDED),
                Gateways.wholeLog().kindsOn(id));
        long shredded = done.at("/record/index").asLong();
        assertEquals(
                shredded,
                json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                        .get("shredded")
                        .asLong());
        JsonNode gone = problem(
                Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/officer/opening"),
                410,
                "case-shredded");
        assertTrue(gone.get("detail").asText().contains("destroyed with record " + shredded + "."), gone::toString);
        assertEquals(new Event.ClaimOpeningBlocked("officer", index, Blocked.SHREDDED), last(id).event());
    }

    @Test
    void whoever_is_located_where_the_request_concerns_somebody_may_propose_and_not_agree() {
        String id = held();
        String token = Tokens.claims("legal-operator-2", Caller.LEGAL_OPERATOR)
                .claim("located-in", "HK")
                .sign(Tokens.key());
        json(erase(id, 1), 202);

        JsonNode problem = problem(erase(id, token, "{\"reason\":\"RETENTION-ENDED\"}"), 409, "erasure-blocked");

        assertTrue(problem.get("detail").asText().startsWith("You are located in a jurisdiction"), problem::toString);
        assertBlocked(id, Blocked.LOCATED_THERE);
        assertEquals("SHREDDED", json(erase(id, 3), 200).get("erasure").asText());

        String other = held();
        json(erase(other, token, "{\"reason\":\"RETENTION-ENDED\"}"), 202);
    }

    @Test
    void the_same_person_twice_is_blocked_and_recorded() {
        String id = held();
        json(erase(id, 1), 202);

        problem(erase(id, 1), 409, "erasure-blocked");

        assertBlocked(id, Blocked.SAME_PERSON_TWICE);
    }

    @Test
    void a_request_in_flight_is_blocked_and_recorded() {
        String waiting =
                Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        Gateways.approveTwice(decided);
        String released = decided.get("request").asText();

        problem(erase(waiting, 1), 409, "erasure-blocked");
        problem(erase(released, 1), 409, "erasure-blocked");

        assertBlocked(waiting, Blocked.IN_FLIGHT);
        assertBlocked(released, Blocked.IN_FLIGHT);
    }

    @Test
    void what_was_delivered_can_be_shredded_and_every_further_step_is_refused_and_recorded() throws Exception {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        String version = Gateways.approveTwice(decided).at("/record/version").asText();
        try (UserStore store = UserStore.of("HK")) {
            Gateways.deliverAndCollect(id, "us-fbi");
            json(erase(id, 1), 202);
            json(erase(id, 2), 200);

            problem(Gateways.deliver(id, "us-fbi"), 410, "case-shredded");
            assertEquals(new Event.DeliveryFailed(Blocked.SHREDDED), last(id).event());
            assertEquals(1, store.questions().size());
        }
        problem(Gateways.approve(id, version, Tokens.reviewer(3)), 410, "case-shredded");
        assertEquals(new Event.ApprovalBlocked(Blocked.SHREDDED), last(id).event());
        problem(erase(id, 3), 410, "case-shredded");
        assertBlocked(id, Blocked.SHREDDED);
        problem(Gateways.as(Tokens.agent("us-fbi")).get("/v1/requests/" + id), 410, "case-shredded");
        problem(Gateways.as(Tokens.agent("hk-police")).get("/v1/requests/" + id), 410, "case-shredded");
    }

    @Test
    void another_reason_or_another_proposal_is_blocked_and_recorded() {
        String id = held();
        json(erase(id, 1), 202);

        problem(erase(id, operator(2), "{\"reason\":\"COURT-ORDER\"}"), 409, "erasure-blocked");
        assertEquals(new Event.ErasureBlocked(ErasureReason.COURT_ORDER, Blocked.OTHER_PROPOSAL), last(id).event());
        problem(
                erase(id, operator(2), "{\"reason\":\"RETENTION-ENDED\",\"proposal\":\"" + "ab".repeat(32) + "\"}"),
                409,
                "erasure-blocked");
        assertBlocked(id, Blocked.OTHER_PROPOSAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Caller.AGENT,
                Caller.REVIEWER,
                Caller.AUDITOR,
                Caller.LEGAL_APPROVER,
                Caller.PLATFORM_ENGINEER,
                Caller.REPORT_EDITOR
            })
    void an_attempt_of_another_role_is_forbidden_and_recorded(String role) {
        String id = held();

        problem(erase(id, Tokens.of("somebody", role), "{\"reason\":\"RETENTION-ENDED\"}"), 403, "forbidden");

        assertBlocked(id, Blocked.NOT_PERMITTED);
    }

    @Test
    void whoever_sends_requests_shreds_none() {
        String id = held();
        String both = Tokens.of("somebody", Caller.LEGAL_OPERATOR, Caller.AGENT);

        problem(erase(id, both, "{\"reason\":\"RETENTION-ENDED\"}"), 403, "forbidden");

        assertBlocked(id, Blocked.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\":\"BECAUSE\"}",
                "{\"reason\":\"retention-ended\"}",
                "{\"reason\":\"RETENTION-ENDED\",\"why\":\"x\"}",
                "{\"reason\":\"RETENTION-ENDED\",\"proposal\":\"AB\"}",
                "[]",
                ""
            })
    void a_body_that_is_not_as_it_should_be_is_refused_and_nothing_is_written(String body) {
        String id = held();
        byte[] before = Gateways.checkpoint();

        problem(erase(id, operator(1), body), 400, "malformed-request");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "no-id"})
    void a_request_that_is_not_there_cannot_be_shredded_and_its_absence_is_not_told_to_others(String id) {
        byte[] before = Gateways.checkpoint();

        problem(erase(id, 1), 404, "not-found");
        problem(erase(id, Tokens.reviewer(1), "{\"reason\":\"RETENTION-ENDED\"}"), 403, "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }
}
