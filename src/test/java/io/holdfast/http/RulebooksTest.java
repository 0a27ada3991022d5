package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.cli.Run;
import io.holdfast.fixture.OnePack;
import io.holdfast.policy.PolicySet;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A rulebook follows another while the gateway runs: what is put into its directory, and what people agree to over HTTP. */
@QuarkusTest
@TestProfile(RulebooksTest.OfItsOwn.class)
class RulebooksTest {

    /** With a directory that the test may change. */
    public static final class OfItsOwn implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("copied", "true")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("holdfast.policies-every", "100ms");
        }
    }

    private static final String OPERATOR = Tokens.of("legal-operator-1", Caller.LEGAL_OPERATOR);

    private static String approver(int number) {
        return Tokens.of("legal-approver-" + number, Caller.LEGAL_APPROVER);
    }

    private static void put(PolicySet set) {
        OnePack.write(set, policies());
    }

    private static Path policies() {
        return Gateways.folder().resolve("policies");
    }

    private static JsonNode status() {
        return json(Gateways.as(Tokens.auditor()).get("/v1/rulebooks"), 200);
    }

    /** Once the gateway has looked at what was put there. */
    private static JsonNode awaited(Predicate<JsonNode> wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        JsonNode status = status();
        while (!wanted.test(status) && System.nanoTime() < end) {
            Thread.sleep(50);
            status = status();
        }
        assertTrue(wanted.test(status), status::toString);
        return status;
    }

    private static Predicate<JsonNode> inForce(PolicySet set) {
        return status -> status.get("in-force").asText().equals(set.digest())
                && status.at("/directory/state").asText().equals("IN-FORCE");
    }

    private static Predicate<JsonNode> waits(PolicySet set) {
        return status -> status.at("/directory/digest").asText().equals(set.digest());
    }

    private static Response step(String token, String digest, String step) {
        return Gateways.as(token)
                .contentType("application/json")
                .body("{}")
                .post("/v1/rulebooks/" + digest + "/" + step);
    }

    private static Event last() {
        List<Entry> entries = Gateways.wholeLog().on("rulebook");
        return entries.get(entries.size() - 1).event();
    }

    /** One after the other, since the log is one and a rulebook does not come back alone. */
    @Test
    void what_is_put_there_comes_into_force_as_it_may() throws InterruptedException {
        awaited(inForce(OnePack.set()));

        put(OnePack.stricter());
        awaited(inForce(OnePack.stricter()));
        assertEquals(
                OnePack.stricter().digest(),
                ((Event.RulebookActivated) last()).change().next());

        put(OnePack.forbidden());
        JsonNode bad = awaited(status -> status.at("/directory/state").asText().equals("BAD"));
        assertEquals(OnePack.stricter().digest(), bad.get("in-force").asText());
        assertTrue(bad.at("/directory/problems/0/sentence").asText().contains("does not hold"), bad::toString);
        problem(step(OPERATOR, OnePack.forbidden().digest(), "proposal"), 409, "rulebook-blocked");
        Run told = policy(OPERATOR, "status").endsWith(1);
        assertTrue(told.out().contains("invariants.yaml:1:1: statement content-needs-a-court"), told.out());
        assertEquals(200, Gateways.as(Tokens.auditor()).get("/q/health/ready").statusCode());
        assertEquals(503, Gateways.as(Tokens.auditor()).get("/q/health/well").statusCode());

        two_people_agree_to_what_opens();
    }

    private static Run policy(String token, String... words) {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", Gateways.url(), "--token", token));
        return Run.of(all.toArray(String[]::new));
    }

    private static void two_people_agree_to_what_opens() throws InterruptedException {
        String digest = OnePack.looser().digest();
        put(OnePack.looser());
        JsonNode waiting = awaited(waits(OnePack.looser())).get("directory");
        assertTrue(waiting.get("takes-two").asBoolean());
        assertTrue(waiting.at("/told/0/opens").asBoolean());
        assertTrue(waiting.get("told").toString().contains("what was refused becomes released on 2 approvals"));
        assertFalse(waiting.has("proposal"));
        problem(step(approver(2), digest, "activation"), 409, "rulebook-blocked");
        problem(step(Tokens.auditor(), digest, "proposal"), 403, "forbidden");
        assertEquals(new Event.RulebookBlocked(digest, Blocked.NOT_PERMITTED), last());
        problem(step(OPERATOR, digest, "activation"), 403, "forbidden");

        JsonNode proposed = json(step(OPERATOR, digest, "proposal"), 202);
        assertEquals("PROPOSED", proposed.get("state").asText());
        assertEquals(
                proposed.at("/record/index").asLong(),
                status().at("/directory/proposal/entry").asLong());
        assertTrue(proposed.at("/recorded/all").asBoolean(), proposed::toString);
        assertEquals(proposed.get("recorded"), status().at("/directory/proposal/recorded"), "another tells the same");
        String there = Tokens.claims("legal-approver-3", Caller.LEGAL_APPROVER)
                .claim("located-in", "US")
                .sign(Tokens.key());
        JsonNode located = problem(step(there, digest, "activation"), 409, "rulebook-blocked");
        assertTrue(located.get("detail").asText().contains("where you are located"), located::toString);
        assertEquals(new Event.RulebookBlocked(digest, Blocked.LOCATED_THERE), last());
        Run told = policy(OPERATOR, "status").endsWith(5);
        assertTrue(told.out().contains("Of the requests of the 30 days before"), told.out());
        assertTrue(told.out().contains("OPENS  United States: what was refused becomes released"), told.out());
        assertTrue(told.out().contains("holdfast policy activate " + digest), told.out());
        policy(OPERATOR, "propose", digest).endsWith(5);
        policy(OPERATOR, "propose", "latest").endsWith(2);
        policy(OPERATOR, "activate", digest).endsWith(4);
        String both = Tokens.of("legal-operator-1", Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER);
        policy(both, "activate", digest).endsWith(6);
        JsonNode same = problem(step(both, digest, "activation"), 409, "rulebook-blocked");
        assertTrue(same.get("detail").asText().startsWith("You have proposed it"), same::toString);
        assertEquals(new Event.RulebookBlocked(digest, Blocked.SAME_PERSON_TWICE), last());

        Path proof = Gateways.folder().resolve("activation.tlog-proof");
        Run activated = policy(approver(2), "activate", digest, "--proof", proof.toString())
                .endsWith(0);
        assertTrue(activated.out().contains("IN-FORCE"), activated.out());
        assertTrue(Files.exists(proof));
        awaited(inForce(OnePack.looser()));
        assertTrue(policy(OPERATOR, "status").endsWith(0).out().contains("directory  the same"));
        problem(step(OPERATOR, digest, "proposal"), 409, "rulebook-blocked");
        assertEquals(
                200,
                Gateways.as(Tokens.auditor()).get("/v1/rulebooks/" + digest).statusCode());
    }
}
