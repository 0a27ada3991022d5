package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.tlog.Hash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishing a report over HTTP: counted by the gateway, agreed to by a second person, and then for everybody. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ReportsTest {

    private static final LocalDate LAST_MONTH = LocalDate.now(ZoneOffset.UTC).minusMonths(2);

    /** Each test has a period of its own, since the log is one. */
    private static int days;

    private static String editor(int number) {
        return Tokens.of("report-editor-" + number, Caller.REPORT_EDITOR);
    }

    private static String period() {
        return "{\"from\":\"" + LAST_MONTH.minusDays(++days) + "\",\"to\":\"" + LAST_MONTH + "\"}";
    }

    private static Response propose(String token, String body) {
        return Gateways.as(token).contentType("application/json").body(body).post("/v1/reports");
    }

    private static Response publish(String token, String digest) {
        return Gateways.as(token)
                .contentType("application/json")
                .body("{}")
                .post("/v1/reports/" + digest + "/publication");
    }

    private static Event last() {
        List<Entry> entries = Gateways.wholeLog().on("report");
        return entries.get(entries.size() - 1).event();
    }

    @Test
    void a_second_person_agrees_and_then_everybody_can_read_it() {
        JsonNode proposed = json(propose(editor(1), period()), 202);
        String digest = proposed.get("digest").asText();
        assertEquals(404, RestAssured.get("/v1/reports/" + digest).statusCode());

        JsonNode published = json(publish(editor(2), digest), 200);

        assertEquals("PUBLISHED", published.get("state").asText());
        byte[] bytes = RestAssured.get("/v1/reports/" + digest).asByteArray();
        assertEquals(digest, Hash.sha256(bytes).hex());
        JsonNode listed = json(RestAssured.get("/v1/reports"), 200).get("reports");
        assertEquals(digest, listed.get(listed.size() - 1).get("digest").asText());
        assertArrayEquals(
                bytes,
                Gateways.as(Tokens.auditor())
                        .get("/log/reports/" + digest + ".json")
                        .asByteArray());
    }

    @Test
    void whoever_may_agree_can_read_what_is_proposed() {
        String digest = json(propose(editor(1), period()), 202).get("digest").asText();

        String approver = Tokens.of("legal-approver-1", Caller.LEGAL_APPROVER);
        assertEquals(200, Gateways.as(approver).get("/v1/reports/" + digest).statusCode());
        json(publish(approver, digest), 200);
    }

    @Test
    void the_same_person_twice_is_blocked_and_recorded() {
        String digest = json(propose(editor(1), period()), 202).get("digest").asText();

        problem(publish(editor(1), digest), 409, "report-blocked");

        assertEquals(new Event.ReportBlocked(Blocked.SAME_PERSON_TWICE), last());
        assertEquals(404, RestAssured.get("/v1/reports/" + digest).statusCode());
    }

    @Test
    void a_word_for_nobody_neither_proposes_nor_agrees() {
        String nobody = Tokens.of("system", Caller.REPORT_EDITOR);
        problem(propose(nobody, period()), 409, "report-blocked");
        assertEquals(new Event.ReportBlocked(Blocked.NOT_A_PERSON), last());

        String digest = json(propose(editor(1), period()), 202).get("digest").asText();
        JsonNode told = problem(publish(nobody, digest), 409, "report-blocked");

        assertTrue(told.get("detail").asText().contains("a word for nobody"), told::toString);
        assertEquals(404, RestAssured.get("/v1/reports/" + digest).statusCode());
    }

    @Test
    void a_period_that_is_not_over_is_blocked_and_recorded() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        JsonNode told = problem(
                propose(editor(1), "{\"from\":\"" + today.minusDays(3) + "\",\"to\":\"" + today + "\"}"),
                409,
                "report-blocked");

        assertTrue(told.get("detail").asText().contains("60 minutes after its end"), told::toString);
        assertEquals(new Event.ReportBlocked(Blocked.PERIOD_NOT_OVER), last());
    }

    @Test
    void whoever_has_not_the_role_is_refused_and_recorded() {
        problem(propose(Tokens.of("legal-operator-1", Caller.LEGAL_OPERATOR), period()), 403, "forbidden");
        assertEquals(new Event.ReportBlocked(Blocked.NOT_PERMITTED), last());

        String digest = json(propose(editor(1), period()), 202).get("digest").asText();
        problem(publish(Tokens.auditor(), digest), 403, "forbidden");
        assertEquals(new Event.ReportBlocked(Blocked.NOT_PERMITTED), last());
    }

    @Test
    void a_report_that_nobody_proposed_is_not_found() {
        problem(publish(editor(2), "0".repeat(64)), 404, "not-found");
    }

    @Test
    void a_period_that_is_none_is_told_with_its_field() {
        for (String wrong : List.of("2026-7-1", "2026-02-30", "+2026-07-01", "yesterday", "")) {
            JsonNode told = problem(
                    propose(editor(1), "{\"from\":\"" + wrong + "\",\"to\":\"2026-08-01\"}"), 400, "malformed-request");
            assertTrue(told.toString().contains("from"), told::toString);
        }
        problem(propose(editor(1), "{\"from\":\"2026-08-02\",\"to\":\"2026-08-01\"}"), 400, "malformed-request");
    }
}
