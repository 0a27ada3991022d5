package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.cli.CommandLineInterface;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.TimestampAuthority;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A gateway whose authority fails at first: nothing waits for it, everybody sees it, and it is asked again. */
@QuarkusTest
@TestProfile(TimestampsTest.WithAuthority.class)
class TimestampsTest {

    public static final class WithAuthority implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("timestamps", "yes")));
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
        return Gateways.check(Gateways.json(given().get("/q/health/well"), 200), "timestamps");
    }

    private static List<Entry> stamps() {
        return Gateways.wholeLog().entries().stream()
                .filter(entry -> entry.event() instanceof Event.CheckpointTimestamped)
                .toList();
    }

    private static String metrics() {
        return given().accept("text/plain").get("/q/metrics").body().asString();
    }

    @Test
    void a_failing_authority_stops_nothing_and_once_it_answers_the_log_is_stamped() throws IOException {
        until(() -> well().at("/data/why").isTextual());
        assertTrue(well().at("/data/why").asText().contains("status 500"), well().toString());
        assertEquals("UP", well().get("status").asText());
        assertTrue(
                metrics().lines().anyMatch(line -> line.matches("holdfast_timestamps_failures_total [1-9].*")),
                metrics());
        assertEquals(200, given().get("/q/health/ready").statusCode());
        Gateways.json(Gateways.placeHold(Gateways.holdOnUsersIn("IS", "iceland")), 201);
        assertEquals(List.of(), stamps());

        Files.createFile(Gateways.folder().resolve("heal"));
        until(() -> !stamps().isEmpty());

        Path pem = Gateways.folder().resolve("authority.pem");
        WholeLog whole = Gateways.wholeLog();
        Event.CheckpointTimestamped stamp =
                (Event.CheckpointTimestamped) stamps().get(0).event();
        String path = "/log/timestamps/" + stamp.response().hex() + ".tsr";
        assertEquals(401, given().get(path).statusCode());
        byte[] response = Gateways.as(Tokens.auditor()).get(path).asByteArray();
        TimestampAuthority.of(Files.readAllBytes(pem), Optional.empty())
                .verify(new Checkpoint(Gateways.ORIGIN, stamp.size(), stamp.root()), response);
        assertTrue(whole.entries().size() > stamp.size());
        until(() -> well().at("/data/newest").isTextual());
        assertFalse(well().at("/data/why").isTextual());

        assertEquals(
                0,
                CommandLineInterface.run(
                        new String[] {
                            "log",
                            "verify",
                            Gateways.url(),
                            "--key",
                            Gateways.logKey().toString(),
                            "--timestamp-authority",
                            pem.toString(),
                            "--token",
                            Tokens.auditor()
                        },
                        options -> 0));
    }
}
