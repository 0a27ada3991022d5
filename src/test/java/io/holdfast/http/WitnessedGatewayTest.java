package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.cli.Run;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.tlog.ProofFile;
import io.holdfast.witness.RunningWitness;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A gateway whose log two witnesses watch over HTTP. Both must cosign; now and then one is not there. */
@QuarkusTest
@TestProfile(WitnessedGatewayTest.Witnessed.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessedGatewayTest {

    public static final class Witnessed implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("witnesses", "two")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static void eventually(BooleanSupplier isSo) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for 20 seconds");
            Thread.sleep(50);
        }
    }

    /** The witnesses and log keys that the gateway names; a real auditor has his own. */
    private static TrustPolicy policy() {
        return TrustPolicy.parse(Gateways.wellKnown().get("policy").asText().getBytes(UTF_8));
    }

    private static JudgedCheckpoint published() {
        return policy().judge(SignedNote.parse(Gateways.checkpoint()), Instant.now());
    }

    private static void untilPublished(long index) throws InterruptedException {
        eventually(() -> given().get("/log/checkpoint").statusCode() == 200
                && published().checkpoint().size() > index);
    }

    private static String released() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        Gateways.approveTwice(decided);
        return decided.get("request").asText();
    }

    private static JsonNode entries(String id) {
        return json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200)
                .get("entries");
    }

    private static long lastIndex(String id) {
        JsonNode entries = entries(id);
        return entries.get(entries.size() - 1).get("index").asLong();
    }

    private static <T> List<T> lastTwo(List<T> all) {
        return all.subList(all.size() - 2, all.size());
    }

    private static JsonNode health() {
        return Gateways.check(json(given().get("/q/health/ready"), 200), "witnesses")
                .get("data");
    }

    private static void shownByMetrics(String... lines) {
        String metrics = given().get("/q/metrics").asString();
        for (String line : lines) {
            assertTrue(metrics.lines().anyMatch(line::equals), () -> line + " is not in\n" + metrics);
        }
    }

    @Test
    @Order(1)
    void before_a_quorum_has_cosigned_anything_no_checkpoint_is_shown_and_decisions_are_still_taken() {
        problem(given().get("/log/checkpoint"), 503, "not-witnessed");

        Gateways.submit(SampleRequest.usPreservation());

        assertFalse(health().get("quorum").asBoolean());
        assertEquals(0, health().get("cosigned").asLong());
        assertTrue(Gateways.wellKnown().get("quorum-awaited").asBoolean());
    }

    @Test
    @Order(2)
    void a_delivery_is_released_only_once_the_quorum_has_cosigned() throws Exception {
        try (RunningWitness one = NearbyWitnesses.start("one");
                UserStore store = UserStore.of("HK")) {
            String id = released();
            CompletableFuture<Response> delivery = Gateways.delivering(id, "us-fbi");
            eventually(() -> entries(id).findValuesAsText("kind").contains("accessed"));
            long accessed = lastIndex(id);
            eventually(() -> one.remembers(Gateways.ORIGIN).orElse(0L) > accessed);
            assertFalse(delivery.isDone());
            assertEquals(List.of(), store.questions(), "the store was read before the quorum was there");

            try (RunningWitness two = NearbyWitnesses.start("two")) {
                json(delivery.get(20, TimeUnit.SECONDS), 200);
                assertEquals(1, store.questions().size());
                assertTrue(two.remembers(Gateways.ORIGIN).orElse(0L) > accessed);
                untilPublished(lastIndex(id));
                JudgedCheckpoint judged = published();
                assertTrue(judged.quorum());
                assertEquals(2, judged.cosignatures().size());
                assertEquals(2, judged.logKeys().size(), "Ed25519 and ML-DSA-44");
                assertEquals(
                        List.of(EntryKind.ACCESSED, EntryKind.PACKAGE_MADE),
                        lastTwo(Gateways.wholeLog().kindsOn(id)));

                ProofFile proof =
                        ProofFile.parse(Gateways.collect(id, "us-fbi").files().get("record/entry.tlog-proof"));
                assertTrue(
                        two.remembers(Gateways.ORIGIN).orElse(0L) > lastIndex(id) - 1,
                        "that it is handed over was cosigned before");
                assertTrue(proof.checkpoint().lines().count()
                        >= published().cosignatures().size() + 5);
                untilPublished(lastIndex(id));
                assertEquals(
                        List.of(EntryKind.DELIVERED, EntryKind.PASSED),
                        lastTwo(Gateways.wholeLog().kindsOn(id)));
            }
        }
    }

    @Test
    @Order(3)
    void with_a_witness_down_a_delivery_is_refused_and_recorded_and_the_operator_sees_why() throws Exception {
        try (RunningWitness one = NearbyWitnesses.start("one");
                UserStore store = UserStore.of("HK")) {
            String id = released();

            JsonNode problem = problem(Gateways.deliver(id, "us-fbi"), 503, "not-witnessed");

            assertTrue(problem.get("detail").asText().contains("record " + lastIndex(id) + "."), problem.toString());
            assertEquals(List.of(), store.questions());
            assertEquals(
                    List.of("accessed", "delivery-failed"), lastTwo(entries(id).findValuesAsText("kind")));
            JsonNode data = health();
            assertTrue(data.get("awaited").asBoolean());
            assertFalse(data.get("quorum").asBoolean());
            assertTrue(data.get("cosigned").asLong() < data.get("entries").asLong());
            assertEquals("well", data.get("witness one").asText());
            assertTrue(data.get("witness two").asText().startsWith("cannot be reached"), data.toString());
            shownByMetrics(
                    "holdfast_witness_quorum 0.0",
                    "holdfast_witness_well{witness=\"one\"} 1.0",
                    "holdfast_witness_well{witness=\"two\"} 0.0",
                    "holdfast_deliveries_not_witnessed_total 1.0");
            assertTrue(one.remembers(Gateways.ORIGIN).isPresent());

            try (RunningWitness two = NearbyWitnesses.start("two")) {
                json(Gateways.deliver(id, "us-fbi"), 200);
                untilPublished(lastIndex(id));
                assertEquals(two.remembers(Gateways.ORIGIN), one.remembers(Gateways.ORIGIN));
                assertTrue(Gateways.wholeLog().on(id).stream()
                        .anyMatch(
                                entry -> entry.event().equals(new Event.DeliveryFailed(Event.Blocked.NOT_WITNESSED))));
                eventually(() -> health().get("quorum").asBoolean());
                assertEquals("well", health().get("witness two").asText());
                shownByMetrics(
                        "holdfast_witness_quorum 1.0",
                        "holdfast_witness_behind_entries 0.0",
                        "holdfast_witness_well{witness=\"two\"} 1.0");
            }
        }
    }

    @Test
    @Order(4)
    void what_the_guide_tells_the_operator_to_watch_is_there() throws Exception {
        String guide = Files.readString(Path.of("docs/how-to/run-with-witnesses.md"));
        String metrics = given().get("/q/metrics").asString();
        JsonNode data = health();

        List<String> watched = Pattern.compile("`(holdfast_[a-z_]+)`")
                .matcher(guide)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(4, watched.size());
        watched.forEach(name -> assertTrue(metrics.contains("\n" + name), name));
        data.fieldNames()
                .forEachRemaining(name -> assertTrue(
                        guide.contains("`" + name.replaceFirst("^witness .*", "witness <name>") + "`"), name));
    }

    @Test
    @Order(5)
    void the_log_verifies_over_http_under_a_policy_that_is_met_and_not_under_one_that_is_not() throws Exception {
        Path folder = Files.createTempDirectory(Gateways.folder(), "auditor");
        String met = Files.write(folder.resolve("met"), policy().print()).toString();
        String another = "witness three "
                + Cosigner.of("witness.example/three", Ed25519Key.generate()).verifierKey();
        String terms =
                policy().toString().replace("quorum both\n", another + "\ngroup more all both three\nquorum more\n");
        String notMet = Files.writeString(folder.resolve("not-met"), terms).toString();
        String token = Tokens.auditor();
        long index = Gateways.submit(SampleRequest.usPreservation())
                .at("/record/index")
                .asLong();
        try (RunningWitness one = NearbyWitnesses.start("one");
                RunningWitness two = NearbyWitnesses.start("two")) {
            untilPublished(index);
            assertEquals(one.remembers(Gateways.ORIGIN), two.remembers(Gateways.ORIGIN));
        }

        Run.of("log", "verify", Gateways.url(), "--policy", met, "--token", token)
                .endsWith(0);
        Run refused = Run.of("log", "verify", Gateways.url(), "--policy", notMet, "--token", token)
                .endsWith(1);
        assertTrue(refused.out().contains("and the quorum is more"), refused.out());

        String export = folder.resolve("export").toString();
        Run.of("log", "export", "--url", Gateways.url(), "--token", token, "--to", export)
                .endsWith(0);
        Run.of("log", "verify", export, "--policy", met).endsWith(0);
        Run.of("audit", "replay", export, "--policy", met).endsWith(0);

        String leaf = json(Gateways.as(token).get("/v1/records/" + index), 200)
                .get("leaf")
                .asText();
        byte[] served =
                Gateways.as(token).get("/v1/records/" + index + "/proof").asByteArray();
        String proof = Files.write(
                        folder.resolve("one.tlog-proof"),
                        ProofFile.parse(served).withExtra(leaf.getBytes(UTF_8)).print())
                .toString();
        Run.of("log", "verify", proof, "--policy", met).endsWith(0);
        Run.of("log", "verify", proof, "--policy", notMet).endsWith(1);
    }
}
