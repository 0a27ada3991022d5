package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A gateway whose receiver of events fails at first: nothing waits for it, everybody sees it, and nothing is skipped. */
@QuarkusTest
@TestProfile(EventsTest.WithReceiver.class)
class EventsTest {

    public static final class WithReceiver implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("webhook", "yes")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come in a minute");
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static JsonNode well() {
        return Gateways.check(Gateways.json(given().get("/q/health/well"), 200), "webhook");
    }

    private static List<String> taken() {
        return EventSink.taken(Gateways.folder());
    }

    @Test
    void a_failing_receiver_stops_nothing_and_once_it_takes_events_none_is_missing() throws IOException {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        until(() -> well().at("/data/why").isTextual());
        assertTrue(well().at("/data/why").asText().contains("status 503"), well().toString());
        assertEquals("UP", well().get("status").asText());
        assertEquals(200, given().get("/q/health/ready").statusCode());
        Gateways.approveTwice(decided);

        Files.createFile(Gateways.folder().resolve("take"));
        until(() -> taken().size() >= 4);

        assertEquals(
                List.of("request-decided", "approval-given", "approval-given", "request-decided"),
                taken().stream()
                        .map(line -> line.substring(line.lastIndexOf("\"type\":\"") + 8, line.length() - 2))
                        .toList());
        assertTrue(taken().get(0).contains(decided.get("request").asText()));
        assertFalse(String.join("", taken()).contains("@"), "no address of anybody");
        until(() -> !well().at("/data/why").isTextual());
        String metrics = given().accept("text/plain").get("/q/metrics").body().asString();
        assertTrue(metrics.contains("holdfast_webhook_sent_total 4.0"));
        assertTrue(metrics.contains("holdfast_webhook_failures_total"));
        assertTrue(metrics.contains("holdfast_webhook_behind_entries"));
    }
}
