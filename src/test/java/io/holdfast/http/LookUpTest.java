package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.Identifier.Type;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking up over HTTP who was seen before: by two roles, and every call that is understood is an entry. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class LookUpTest {

    private static Response lookUp(String token, String body) {
        return Gateways.as(token).contentType("application/json").body(body).post("/v1/look-ups");
    }

    private static String about(String type, String value) {
        return "{\"type\":\"" + type + "\",\"value\":\"" + value + "\"}";
    }

    private static Entry last() {
        List<Entry> entries = Gateways.wholeLog().entries();
        return entries.get(entries.size() - 1);
    }

    private static long submit(SampleRequest request) {
        return Gateways.submitAsIs(request).at("/record/index").asLong();
    }

    @ParameterizedTest
    @CsvSource({
        "OFFICER, Seen.Officer@agency.example, seen.officer@AGENCY.example",
        "ACCOUNT-EMAIL, Seen.Account@example.org, seen.account@Example.org",
        "ACCOUNT-PHONE, +85212340001, +85212340001",
        "ACCOUNT-USER-ID, seen-1, seen-1",
        "ACCOUNT-HANDLE, @Seen, @seen",
        "ACCOUNT-IP-ADDRESS, 2001:db8::5ee, 2001:0db8:0:0:0:0:0:5ee"
    })
    void what_was_seen_is_found_in_any_spelling(String type, String sent, String asked) {
        SampleRequest request = SampleRequest.usWarrant();
        long index = submit(
                type.equals("OFFICER")
                        ? request.with("officer.email", sent)
                        : request.withTarget(type.substring("ACCOUNT-".length()), sent));

        JsonNode found = json(lookUp(Tokens.auditor(), about(type, asked)), 200);

        assertEquals("[" + index + "]", found.get("entries").toString());
        assertEquals(true, found.get("all").asBoolean());
        assertEquals("pseudonym-looked-up", found.at("/record/kind").asText());
        assertEquals(new Event.PseudonymLookedUp(Type.parse(type)), last().event());
        assertFalse(found.toString().toLowerCase(java.util.Locale.ROOT).contains(asked));
    }

    @Test
    void what_was_never_seen_is_not_found_and_that_somebody_asked_is_recorded_all_the_same() {
        JsonNode found = json(lookUp(Tokens.legal(), about("OFFICER", "nobody@agency.example")), 200);

        assertEquals("[]", found.get("entries").toString());
        assertEquals(new Event.PseudonymLookedUp(Type.OFFICER), last().event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Caller.AGENT,
                Caller.REVIEWER,
                Caller.LEGAL_APPROVER,
                Caller.PLATFORM_ENGINEER,
                Caller.REPORT_EDITOR
            })
    void an_attempt_of_another_role_is_forbidden_and_recorded(String role) {
        problem(lookUp(Tokens.of("somebody", role), about("OFFICER", "a@agency.example")), 403, "forbidden");

        assertEquals(new Event.PseudonymLookUpBlocked(Type.OFFICER, Blocked.NOT_PERMITTED), last().event());
    }

    @Test
    void whoever_sends_requests_looks_nobody_up() {
        String both = Tokens.of("somebody", Caller.AUDITOR, Caller.AGENT);

        problem(lookUp(both, about("ACCOUNT-PHONE", "+85212345678")), 403, "forbidden");

        assertEquals(new Event.PseudonymLookUpBlocked(Type.ACCOUNT_PHONE, Blocked.NOT_PERMITTED), last().event());
    }

    @Test
    void whoever_has_no_role_here_is_forbidden_and_cannot_add_to_the_log() {
        byte[] before = Gateways.checkpoint();

        problem(lookUp(Tokens.of("somebody", "another"), about("OFFICER", "a@agency.example")), 403, "forbidden");
        assertEquals(
                401,
                io.restassured.RestAssured.given()
                        .contentType("application/json")
                        .body(about("OFFICER", "a@agency.example"))
                        .post("/v1/look-ups")
                        .statusCode());

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{\"type\":\"OFFICER\"}",
                "{\"type\":\"OFFICER\",\"value\":\"no-address\"}",
                "{\"type\":\"OFFICER\",\"value\":7}",
                "{\"type\":\"AGENCY\",\"value\":\"us-fbi\"}",
                "{\"type\":\"officer\",\"value\":\"a@agency.example\"}",
                "{\"type\":\"ACCOUNT-PHONE\",\"value\":\"85212345678\"}",
                "{\"type\":\"ACCOUNT-IP-ADDRESS\",\"value\":\"host.example\"}",
                "{\"type\":\"ACCOUNT-IP-ADDRESS\",\"value\":\"1::2::3\"}",
                "{\"type\":\"OFFICER\",\"value\":\"a@agency.example\",\"why\":\"x\"}"
            })
    void a_body_that_is_not_as_it_should_be_is_refused_and_nothing_is_written(String body) {
        byte[] before = Gateways.checkpoint();

        JsonNode problem = problem(lookUp(Tokens.auditor(), body), 400, "malformed-request");

        assertFalse(problem.toString().contains("no-address"));
        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void nothing_can_be_asked_in_an_address() {
        assertEquals(405, Gateways.as(Tokens.auditor()).get("/v1/look-ups").statusCode());
    }
}
