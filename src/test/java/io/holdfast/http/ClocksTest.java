package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** People and machines see which times run on a request. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ClocksTest {

    @Test
    void a_search_warrant_leaves_fourteen_days_to_object() {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();

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
