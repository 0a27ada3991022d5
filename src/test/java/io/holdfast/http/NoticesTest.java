package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telling the person concerned, over HTTP: what waits for it, who may say that it was done, and who may put it off. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class NoticesTest {

    private static final String EVIDENCE = "ab".repeat(32);

    private static String operator(int number) {
        return Tokens.of("legal-operator-" + number, Caller.LEGAL_OPERATOR);
    }

    private static Response post(String id, String path, String token, String body) {
        return Gateways.as(token)
                .contentType("application/json")
                .body(body)
                .post("/v1/requests/" + id + "/notice" + path);
    }

    private static Response give(String id, String token) {
        return post(id, "", token, "{\"means\":\"IN-SERVICE\",\"told\":\"" + now() + "\"}");
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String released(SampleRequest request) {
        JsonNode decided = Gateways.submit(request);
        Gateways.approveTwice(decided);
        return decided.get("request").asText();
    }

    private static JsonNode shown(String id) {
        return json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                .get("notice");
    }

    @Test
    void data_waits_until_the_person_was_told_and_the_list_says_so() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            String id = released(SampleRequest.usWarrantWithoutOrder());
            assertEquals("BEFORE", shown(id).get("why").asText());

            problem(Gateways.deliver(id, "us-fbi"), 409, "notice-not-given");
            assertEquals(List.of(), store.questions());
            assertTrue(list(id).get("state").asText().equals("DUE"));
            JsonNode given = json(give(id, operator(1)), 201);

            assertEquals("GIVEN", given.get("state").asText());
            assertEquals("notice-given", given.at("/record/kind").asText());
            json(Gateways.deliver(id, "us-fbi"), 200);
            assertEquals(null, list(id));
            problem(give(id, operator(1)), 409, "notice-blocked");
            assertFalse(Gateways.wholeLog().on(id).toString().contains("legal-operator-1"));
        }
    }

    /** That of one request in the whole list, in pages of one. */
    private static JsonNode list(String id) {
        String after = "";
        while (true) {
            JsonNode page = json(Gateways.as(operator(1)).get("/v1/notices?limit=1" + after), 200);
            for (JsonNode line : page.get("notices")) {
                if (line.get("request").asText().equals(id)) {
                    return line;
                }
                after = "&after=" + line.get("request").asText();
            }
            if (!page.get("more").asBoolean()) {
                return null;
            }
        }
    }

    @Test
    void one_person_records_an_order_and_its_end_and_a_risk_takes_two() throws Exception {
        String id = released(SampleRequest.usWarrantWithoutOrder());
        Instant end = now().plus(2, ChronoUnit.DAYS);
        String times = ",\"until\":\"" + end + "\",\"review\":\"" + end + "\"";
        String risk = "{\"ground\":\"RISK-TO-CHILD\"" + times + "}";

        JsonNode proposed = json(post(id, "/deferral", operator(1), risk), 202);
        assertEquals("DUE", proposed.get("state").asText());
        assertEquals("RISK-TO-CHILD", proposed.at("/proposed/ground").asText());
        problem(post(id, "/deferral", operator(1), risk), 409, "notice-blocked");
        assertEquals(
                "DEFERRED",
                json(post(id, "/deferral", operator(2), risk), 201).get("state").asText());
        json(post(id, "/lift", operator(3), "{}"), 201);
        String order = "{\"ground\":\"ORDER\",\"evidence\":\"" + EVIDENCE + "\"" + times + "}";
        JsonNode deferred = json(post(id, "/deferral", operator(1), order), 201);

        assertEquals("ORDER", deferred.get("ground").asText());
        assertEquals(end.toString(), deferred.get("until").asText());
        problem(give(id, operator(1)), 409, "notice-blocked");
        problem(post(id, "/lift", operator(1), "{}"), 409, "notice-blocked");
        assertEquals(
                "LIFTED",
                json(post(id, "/lift", operator(1), "{\"evidence\":\"" + EVIDENCE + "\"}"), 201)
                        .get("why")
                        .asText());
    }

    @Test
    void who_may_not_is_refused_and_it_is_recorded() {
        String id = released(SampleRequest.usWarrantWithoutOrder());
        problem(give(id, Tokens.reviewer(1)), 403, "forbidden");
        problem(give(id, Tokens.agent("us-fbi")), 403, "forbidden");
        problem(Gateways.as(Tokens.agent("us-fbi")).get("/v1/notices"), 403, "forbidden");
        List<Event> events = Gateways.wholeLog().on(id).stream()
                .filter(entry -> entry.kind() == EntryKind.NOTICE_BLOCKED)
                .map(io.holdfast.audit.Entry::event)
                .toList();
        Event prevented = new NoticeEvent.Prevented(NoticeEvent.Attempt.GIVE, Event.Blocked.NOT_PERMITTED);
        assertEquals(List.of(prevented, prevented), events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|{\"means\":\"PIGEON\",\"told\":\"2026-12-01T08:00:00Z\"}|means",
                "''|{\"means\":\"EMAIL\",\"told\":\"yesterday\"}|told",
                "''|{\"means\":\"EMAIL\"}|told",
                "/deferral|{\"ground\":\"WE-WOULD-RATHER-NOT\",\"review\":\"2026-12-01T08:00:00Z\"}|ground",
                "/deferral|{\"ground\":\"ORDER\",\"review\":\"2026-12-01T08:00:00.5Z\"}|review",
                "/lift|{\"evidence\":\"abc\"}|evidence"
            })
    void what_cannot_be_read_names_the_field_and_is_not_recorded(String path, String body, String field) {
        String id = released(SampleRequest.usWarrantWithoutOrder());
        int entries = Gateways.wholeLog().on(id).size();
        JsonNode problem = problem(post(id, path, operator(1), body), 400, "malformed-request");
        assertEquals(field, problem.at("/violations/0/field").asText());
        assertTrue(Gateways.wholeLog().kindsOn(id).stream().noneMatch(kind -> kind == EntryKind.NOTICE_BLOCKED));
        assertTrue(Gateways.wholeLog().on(id).size() <= entries + 1, "the gateway itself may have said what is due");
    }

    @Test
    void a_page_of_nothing_or_after_what_is_not_there_is_refused() {
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "after=nobody")) {
            problem(Gateways.as(operator(1)).get("/v1/notices?" + query), 400, "malformed-request");
        }
        problem(give("00000000-0000-7000-8000-000000000000", operator(1)), 404, "not-found");
    }
}
