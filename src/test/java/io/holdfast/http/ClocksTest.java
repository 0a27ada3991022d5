package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People and machines see which times run on a request. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ClocksTest {

    @Test
    void a_search_warrant_leaves_fourteen_days_to_object() {
        String id = Gateways.submit(SampleRequest.usWarrantWithoutOrder())
                .get("request")
                .asText();

        JsonNode shown = json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200);

        JsonNode clock = shown.at("/clocks/0");
        assertEquals(1, shown.get("clocks").size());
        assertEquals("OBJECT", clock.get("clock").asText());
        assertEquals("RUNNING", clock.get("state").asText());
        assertEquals(shown.at("/entries/0/at"), clock.get("from"));
        assertEquals(
                Duration.ofDays(14),
                Duration.between(
                        Instant.parse(clock.get("from").asText()),
                        Instant.parse(clock.get("due").asText())));
    }

    @Test
    void what_is_held_has_asked_for_nothing_yet() {
        String id =
                Gateways.submit(SampleRequest.identification()).get("request").asText();
        assertEquals(
                0,
                json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                        .get("clocks")
                        .size());
    }

    private static Response say(String id, String step, String body, String token) {
        return Gateways.as(token)
                .contentType("application/json")
                .body(body)
                .post("/v1/requests/" + id + "/clocks/" + step);
    }

    @Test
    void an_objection_is_said_and_bars_the_delivery_until_it_is_over() throws IOException {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        Gateways.approveTwice(decided);

        JsonNode stopped = json(say(id, "stop", "{\"stop\":\"OBJECTION\"}", Tokens.reviewer(1)), 201);

        assertEquals(1, stopped.get("clocks").size(), "the time to object is met");
        assertEquals("REVIEW-SECRECY", stopped.at("/clocks/0/clock").asText());
        String sender = SampleRequest.usWarrant().sender();
        JsonNode barred = problem(Gateways.deliver(id, sender), 403, "not-released");
        assertTrue(barred.get("detail").asText().startsWith("An objection"), barred::toString);
        json(say(id, "resumption", "{\"stop\":\"OBJECTION\",\"because\":\"ORDER-UPHELD\"}", Tokens.reviewer(2)), 201);
        try (UserStore store = UserStore.of("HK")) {
            json(Gateways.deliver(id, sender), 200);
            assertEquals(1, store.questions().size());
        }
        assertTrue(
                Gateways.wholeLog().kindsOn(id).containsAll(Set.of(EntryKind.CLOCK_STOPPED, EntryKind.CLOCK_RESUMED)));
    }

    @Test
    void a_step_that_fits_no_clock_is_told_and_recorded() {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();

        JsonNode problem = problem(
                say(id, "stop", "{\"stop\":\"QUESTION\",\"question\":\"Which account?\"}", Tokens.reviewer(1)),
                409,
                "clock-step-blocked");

        assertTrue(problem.get("detail").asText().contains("The attempt is record"), problem::toString);
        assertEquals(
                EntryKind.CLOCK_STEP_BLOCKED,
                Gateways.wholeLog().kindsOn(id).stream().reduce((a, b) -> b).orElseThrow());
        problem(say(id, "stop", "{\"stop\":\"OBJECTION\"}", Tokens.auditor()), 403, "forbidden");
        problem(say(id, "end", "{\"clock\":\"OBJECT\"}", Tokens.reviewer(1)), 400, "malformed-request");
        problem(
                say(id, "stop", "{\"stop\":\"OBJECTION\",\"question\":\"Why?\"}", Tokens.reviewer(1)),
                400,
                "malformed-request");
        problem(
                say(id, "resumption", "{\"stop\":\"OBJECTION\",\"because\":\"ANSWERED\"}", Tokens.reviewer(1)),
                400,
                "malformed-request");
        problem(
                say(id, "start", "{\"clock\":\"RUN\",\"from\":\"2026-11-01T00:00:00Z\"}", Tokens.reviewer(1)),
                409,
                "clock-step-blocked");
        problem(
                say("00000000-0000-7000-8000-000000000000", "stop", "{\"stop\":\"OBJECTION\"}", Tokens.reviewer(1)),
                404,
                "not-found");
    }

    @Test
    void the_metrics_count_clocks_and_name_nobody() {
        String metrics = given().accept("text/plain").get("/q/metrics").body().asString();
        assertTrue(metrics.contains("holdfast_clocks_warned{clock=\"ANSWER\""));
        assertTrue(metrics.contains("holdfast_clocks_breached{clock=\"PRESERVATION\""));
    }

    @Test
    void without_a_receiver_the_health_says_that_there_is_none() {
        String health = given().get("/q/health/well").body().asString();
        assertTrue(health.contains("\"webhook\""), health);
        assertTrue(health.contains("none is set"), health);
    }
}
