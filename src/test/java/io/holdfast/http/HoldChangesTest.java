package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.cli.Run;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lifting and widening over HTTP. After a change the gateway itself adds entries, so this log is not shared with other tests;
 * and every change raises the epoch and suspends what is open, so each test leaves nothing open.
 */
@QuarkusTest
@QuarkusTestResource(value = RunningGateway.class, restrictToAnnotatedClass = true)
class HoldChangesTest {

    private static final String REASON = "\"reason\":\"The review has ended, see the minutes.\"";
    private static final String EXCEPTION =
            ",\"exceptions\":[{\"id\":\"warrants\",\"basis\":\"a test\",\"when\":{\"instrument\":[\"US-SW\"]}}]}";

    private static int number;

    @TempDir
    Path folder;

    private String hold;

    @BeforeEach
    void place() {
        hold = "fiji-" + ++number;
        json(Gateways.placeHold(Gateways.holdOnUsersIn("FJ", hold)), 201);
    }

    @AfterEach
    void withdraw_what_is_open() {
        for (JsonNode open :
                json(Gateways.as(Tokens.legal()).get("/v1/hold-changes"), 200).get("hold-changes")) {
            Gateways.as(Tokens.legal())
                    .post("/v1/hold-changes/" + open.get("proposal").asText() + "/withdrawal");
        }
        assertEquals(
                0,
                json(Gateways.as(Tokens.legal()).get("/v1/hold-changes"), 200)
                        .get("hold-changes")
                        .size());
    }

    /** What stands in the log about changes of holds; beside that the gateway may decide held requests again at any time. */
    private static int entries() {
        WholeLog log = Gateways.wholeLog();
        return log.on("hold-changes").size() + log.on("hold-attempts").size();
    }

    private static String approver(int number) {
        return Tokens.of("legal-approver-" + number, Caller.LEGAL_APPROVER);
    }

    private static Response post(String token, String path, String body) {
        return Gateways.as(token).contentType("application/json").body(body).post("/v1/hold-changes" + path);
    }

    private String lift() {
        return "{\"changes\":[{\"lift\":\"" + hold + "\"}]," + REASON + "}";
    }

    private String proposed() {
        return json(post(Tokens.legal(), "", lift()), 202).get("proposal").asText();
    }

    private static Response approve(String token, String proposal) {
        return Gateways.as(token).post("/v1/hold-changes/" + proposal + "/approval");
    }

    private static JsonNode holds() {
        return json(Gateways.as(Tokens.legal()).get("/v1/holds"), 200).get("holds");
    }

    private boolean stands() {
        return holds().toString().contains("\"" + hold + "\"");
    }

    private static void assertBlocked(Attempt attempt, Blocked why) {
        List<Entry> entries = Gateways.wholeLog().on("hold-attempts");
        Event.HoldChangeBlocked last = (Event.HoldChangeBlocked) entries.stream()
                .map(Entry::event)
                .filter(Event.HoldChangeBlocked.class::isInstance)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertEquals(attempt, last.attempt());
        assertEquals(why, last.blocked());
    }

    private static String approverIn(Object place) {
        return Tokens.claims("legal-approver-9", Caller.LEGAL_APPROVER)
                .claim("located-in", place)
                .sign(Tokens.key());
    }

    @Test
    void whoever_is_located_where_a_hold_is_about_users_does_not_approve_that_it_is_lifted() {
        String proposal = proposed();

        JsonNode problem = problem(approve(approverIn("FJ"), proposal), 409, "hold-change-blocked");
        assertTrue(problem.get("detail").asText().startsWith("You are located in a place"), problem::toString);
        assertBlocked(Attempt.APPROVE, Blocked.LOCATED_THERE);
        int before = entries();
        problem(approve(approverIn("Fiji"), proposal), 403, "forbidden");
        assertEquals(before, entries());
        assertTrue(stands());

        json(approve(approverIn("IS"), proposal), 200);
        assertTrue(!stands());
    }

    @Test
    void two_people_lift_a_hold() {
        String proposal = proposed();
        JsonNode open =
                json(Gateways.as(Tokens.auditor()).get("/v1/hold-changes"), 200).get("hold-changes");
        assertEquals(proposal, open.get(open.size() - 1).get("proposal").asText());
        assertTrue(stands());

        JsonNode done = json(approve(approver(1), proposal), 200);

        assertEquals("IN_EFFECT", done.get("state").asText());
        assertEquals("holds-changed", done.at("/record/kind").asText());
        assertFalse(stands());
        assertEquals(
                "It is in effect.",
                json(Gateways.as(Tokens.auditor()).get("/v1/hold-changes/" + proposal), 200)
                        .get("says")
                        .asText());
        Gateways.wholeLog();
    }

    @Test
    void two_people_widen_a_hold_by_its_next_version_which_approvers_read_whole() {
        String base = Gateways.holdOnUsersIn("FJ", hold);
        String wider = base.substring(0, base.length() - 1) + EXCEPTION;
        String proposal = json(
                        post(Tokens.legal(), "", "{\"changes\":[{\"replace\":" + wider + "}]," + REASON + "}"), 202)
                .get("proposal")
                .asText();
        JsonNode shown = json(Gateways.as(approver(1)).get("/v1/hold-changes/" + proposal), 200);
        assertEquals("A hold of a test", shown.at("/holds/0/title").asText());

        json(approve(approver(1), proposal), 200);

        for (JsonNode one : holds()) {
            if (one.get("id").asText().equals(hold)) {
                assertEquals(2, one.get("version").asInt());
                assertEquals("warrants", one.at("/exceptions/0/id").asText());
            }
        }
    }

    @Test
    void what_is_scheduled_is_told_with_its_clocks_and_an_objection_stops_it() {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);
        String body = "{\"changes\":[{\"lift\":\"" + hold + "\",\"version\":1}],\"approve-by\":\""
                + day + "\",\"effective\":\"" + day + "\",\"effective-by\":\"" + day.plus(1, ChronoUnit.DAYS) + "\","
                + REASON + "}";
        JsonNode waiting = json(post(Tokens.legal(), "", body), 202);
        String proposal = waiting.get("proposal").asText();
        assertEquals(day.toString(), waiting.get("effective").asText());

        assertEquals(
                "SCHEDULED",
                json(approve(approver(1), proposal), 202).get("state").asText());
        JsonNode objected = json(post(approver(2), "/" + proposal + "/objection", "{" + REASON + "}"), 202);
        assertEquals("OBJECTED", objected.get("state").asText());
        assertEquals(1, objected.get("objections").asInt());
        JsonNode again = json(Gateways.as(approver(2)).delete("/v1/hold-changes/" + proposal + "/objection"), 202);
        assertEquals("SCHEDULED", again.get("state").asText());
        JsonNode withdrawn =
                json(Gateways.as(Tokens.legal()).post("/v1/hold-changes/" + proposal + "/withdrawal"), 200);
        assertEquals("WITHDRAWN", withdrawn.get("state").asText());
        assertTrue(stands());
    }

    @Test
    void whoever_proposed_it_cannot_approve_it_and_is_told_so() {
        String both = Tokens.of("legal-operator-1", Caller.LEGAL_OPERATOR, Caller.LEGAL_APPROVER);
        String proposal = proposed();

        JsonNode told = problem(approve(both, proposal), 409, "hold-change-blocked");

        assertTrue(told.get("detail").asText().startsWith("You have proposed it, and nobody"), told::toString);
        assertBlocked(Attempt.APPROVE, Blocked.OWN_PROPOSAL);
        assertTrue(stands());
    }

    @Test
    void a_reason_that_says_nothing_is_an_entry_and_is_told() {
        JsonNode told = problem(
                post(Tokens.legal(), "", lift().replace("The review has ended, see the minutes", "")),
                409,
                "hold-change-blocked");

        assertTrue(told.get("detail").asText().contains("says nothing"), told::toString);
        assertBlocked(Attempt.PROPOSE, Blocked.NO_REASON);
    }

    @Test
    void a_subject_that_is_nobody_and_a_role_that_may_not_are_entries() {
        problem(post(Tokens.of("admin", Caller.LEGAL_OPERATOR), "", lift()), 403, "forbidden");
        assertBlocked(Attempt.PROPOSE, Blocked.NOT_A_PERSON);
        String proposal = proposed();
        problem(approve(Tokens.reviewer(1), proposal), 403, "forbidden");
        assertBlocked(Attempt.APPROVE, Blocked.NOT_PERMITTED);
        problem(approve(Tokens.agent("us-fbi"), proposal), 403, "forbidden");
        assertBlocked(Attempt.APPROVE, Blocked.NOT_PERMITTED);
        assertTrue(stands());
    }

    @Test
    void whoever_could_approve_it_is_told_why_and_that_is_recorded() {
        String proposal = proposed();
        long index = json(Gateways.as(approver(1)).get("/v1/hold-changes/" + proposal), 200)
                .get("entry")
                .asLong();

        JsonNode told = json(Gateways.as(approver(1)).post("/v1/hold-changes/" + proposal + "/reason"), 200);

        assertEquals(
                "The review has ended, see the minutes.", told.get("reason").asText());
        problem(Gateways.as(Tokens.reviewer(1)).post("/v1/hold-changes/" + proposal + "/reason"), 403, "forbidden");
        problem(Gateways.as(approver(1)).post("/v1/hold-changes/" + "0".repeat(64) + "/reason"), 404, "not-found");
        List<Event> events =
                Gateways.wholeLog().entries().stream().map(Entry::event).toList();
        assertTrue(events.contains(new Event.ClaimOpened("reason", index)));
        assertTrue(events.contains(new Event.ClaimOpeningBlocked("reason", index, Blocked.NOT_PERMITTED)));
        json(approve(approver(1), proposal), 200);
    }

    @Test
    void a_change_that_only_tightens_is_sent_to_the_other_door() {
        String tighter = Gateways.holdOnUsersIn("FJ", hold).replace("PAUSE", "DENY");

        JsonNode told = problem(
                post(Tokens.legal(), "", "{\"changes\":[{\"replace\":" + tighter + "}]," + REASON + "}"),
                409,
                "hold-change-blocked");

        assertTrue(told.get("detail").asText().contains("tighten the hold"), told::toString);
    }

    @Test
    void a_hold_placed_meanwhile_suspends_it_and_that_is_told() {
        String proposal = proposed();
        json(Gateways.placeHold(Gateways.holdOnUsersIn("FJ", hold + "-b")), 201);

        JsonNode told = problem(approve(approver(1), proposal), 409, "hold-change-blocked");

        assertTrue(told.get("detail").asText().contains("suspended"), told::toString);
        assertEquals(
                "SUSPENDED",
                json(Gateways.as(Tokens.auditor()).get("/v1/hold-changes/" + proposal), 200)
                        .get("state")
                        .asText());
    }

    @Test
    void what_is_not_there_is_not_found_and_who_is_nobody_here_adds_nothing() {
        problem(approve(approver(1), "0".repeat(64)), 404, "not-found");
        int before = entries();
        problem(post(Tokens.of("somebody"), "", lift()), 403, "forbidden");
        assertEquals(
                401, io.restassured.RestAssured.given().get("/v1/hold-changes").statusCode());
        assertEquals(before, entries());
    }

    @Test
    void what_is_scheduled_takes_effect_by_itself_and_what_was_held_goes_to_people() throws Exception {
        String country = "NR";
        String id = hold + "-nauru";
        json(Gateways.placeHold(Gateways.holdOnUsersIn(country, id)), 201);
        JsonNode held = Gateways.submit(SampleRequest.usWarrant().withAll("users", country));
        assertEquals("HELD", held.get("outcome").asText());
        Instant soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
        String body = "{\"changes\":[{\"lift\":\"" + id + "\"}],\"effective\":\"" + soon + "\"," + REASON + "}";
        String proposal =
                json(post(Tokens.legal(), "", body), 202).get("proposal").asText();
        approve(approver(1), proposal);

        String request = held.get("request").asText();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String outcome = "HELD";
        while (outcome.equals("HELD") && System.nanoTime() < end) {
            Thread.sleep(50);
            outcome = json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + request), 200)
                    .get("outcome")
                    .asText();
        }

        assertEquals("REFERRED", outcome);
        Gateways.wholeLog();
    }

    /** Of these rows one is from this fate. */
    private static JsonNode rowFrom(JsonNode rows, String fate) {
        for (JsonNode row : rows) {
            if (row.at("/from/fate").asText().equals(fate)) {
                return row;
            }
        }
        throw new AssertionError("nothing goes from " + fate + ": " + rows);
    }

    @Test
    void what_it_would_do_is_told_with_it_shown_to_whoever_approves_and_in_the_entry() throws Exception {
        String id = hold + "-tonga";
        json(Gateways.placeHold(Gateways.holdOnUsersIn("TO", id)), 201);
        JsonNode held = Gateways.submit(SampleRequest.usWarrant().withAll("users", "TO"));
        assertEquals("HELD", held.get("outcome").asText());

        JsonNode told = json(post(Tokens.legal(), "", "{\"changes\":[{\"lift\":\"" + id + "\"}]," + REASON + "}"), 202);

        JsonNode row = rowFrom(told.at("/recorded/met"), "HELD");
        assertEquals("RELEASED", row.at("/to/fate").asText());
        assertEquals(2, row.at("/to/approvals").asInt());
        assertEquals(1, row.get("requests").asInt());
        assertEquals(1, row.get("more").asInt());
        assertTrue(told.at("/recorded/all").asBoolean());
        assertTrue(told.get("under-holds").size() > 0);
        String proposal = told.get("proposal").asText();
        JsonNode shown = json(Gateways.as(approver(1)).get("/v1/hold-changes/" + proposal), 200);
        assertEquals(told.get("recorded"), shown.get("recorded"));
        assertEquals(told.get("under-holds"), shown.get("under-holds"));
        Run one = Run.of(command(approver(1), "hold", "changes", proposal)).endsWith(0);
        assertTrue(one.out().contains("  held to released on 2 approvals  1         1\n"), one.out());
        assertTrue(one.out().contains("OPENS"), one.out());
        Run list = Run.of(command(approver(1), "hold", "changes")).endsWith(0);
        assertTrue(list.out().contains("given more"), list.out());
        Run json = Run.of(command(approver(1), "hold", "changes", proposal, "--output", "json"))
                .endsWith(0);
        assertEquals(told.get("recorded"), Gateways.parse(json.out()).get("recorded"));

        json(approve(approver(1), proposal), 200);
        Gateways.wholeLog();
    }

    @Test
    void a_new_hold_stands_together_with_what_is_lifted_and_not_before() {
        String next = hold + "-next";
        String proposal = json(
                        post(
                                Tokens.legal(),
                                "",
                                "{\"changes\":[{\"lift\":\"" + hold + "\"},{\"place\":"
                                        + Gateways.holdOnUsersIn("FJ", next) + "}]," + REASON + "}"),
                        202)
                .get("proposal")
                .asText();
        assertFalse(holds().toString().contains("\"" + next + "\""));
        assertEquals(
                next,
                json(Gateways.as(approver(1)).get("/v1/hold-changes/" + proposal), 200)
                        .at("/holds/0/id")
                        .asText());

        json(approve(approver(1), proposal), 200);

        assertFalse(stands());
        assertTrue(holds().toString().contains("\"" + next + "\""));
        JsonNode again = problem(
                post(
                        Tokens.legal(),
                        "",
                        "{\"changes\":[{\"place\":" + Gateways.holdOnUsersIn("FJ", next) + "}]," + REASON + "}"),
                409,
                "hold-change-blocked");
        assertTrue(again.get("detail").asText().startsWith("A hold of this id is in force already"), again::toString);
    }

    @Test
    void the_metrics_and_the_health_tell_how_many_are_nearly_over() {
        assertEquals(200, Gateways.as(Tokens.auditor()).get("/q/health/well").statusCode());
        String health =
                Gateways.as(Tokens.auditor()).get("/q/health/well").body().asString();
        assertTrue(health.contains("\"nearly-over\""), health);
        String metrics = Gateways.as(Tokens.auditor())
                .accept("text/plain")
                .get("/q/metrics")
                .body()
                .asString();
        assertTrue(metrics.contains("holdfast_hold_changes_nearly_over "), metrics);
    }

    private String[] command(String token, String... words) throws Exception {
        Path file = Files.writeString(folder.resolve("token-" + ++number), token);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", Gateways.url(), "--token-file", file.toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void the_whole_road_with_commands_and_an_auditor_who_checks_it() throws Exception {
        Run.of(command(Tokens.legal(), "hold", "lift", hold, "--reason", "The review has ended."))
                .endsWith(5);
        JsonNode open =
                json(Gateways.as(Tokens.auditor()).get("/v1/hold-changes"), 200).get("hold-changes");
        String proposal = open.get(open.size() - 1).get("proposal").asText();
        Run.of(command(approver(2), "hold", "object", proposal, "--reason", "The minutes are not signed yet."))
                .endsWith(0);
        Run.of(command(approver(1), "hold", "approve", proposal)).endsWith(6);
        Run.of(command(approver(2), "hold", "withdraw", proposal, "--objection"))
                .endsWith(0);
        Run.of(command(Tokens.legal(), "hold", "approve", proposal)).endsWith(4);

        Run.of(command(approver(1), "hold", "approve", proposal)).endsWith(0);

        assertFalse(stands());
        String export = folder.resolve("export").toString();
        String key = Gateways.logKey().toString();
        Run.of(command(Tokens.auditor(), "log", "export", "--to", export)).endsWith(0);
        Run.of("log", "verify", export, "--key", key).endsWith(0);
        Run.of("audit", "replay", export, "--key", key).endsWith(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"changes\":[]}",
                "{\"changes\":null}",
                "{\"changes\":[null]}",
                "{\"changes\":[{}]}",
                "{\"changes\":[{\"lift\":\"Not an id\"}]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\",\"replace\":{}}]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\",\"evidence\":\"AB\"}]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\",\"version\":\"1\"}]}",
                "{\"changes\":[{\"replace\":{\"id\":\"hk-nsl-2020\"}}]}",
                "{\"changes\":[{\"replace\":{}}]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\"}],\"approve-by\":\"tomorrow\"}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\"}],\"approve-by\":\"3000-01-01T00:00:00Z\"}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\"}],\"colour\":\"red\"}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\",\"place\":{}}]}",
                "{\"changes\":[{\"place\":{\"id\":\"hk-nsl-2020\"}}]}",
                "{\"changes\":[{\"place\":{},\"evidence\":\"AB\"}]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\"}],\"under-holds\":[]}",
                "{\"changes\":[{\"lift\":\"hk-nsl-2020\"}],\"recorded\":{\"met\":[]}}"
            })
    void what_is_not_well_formed_is_refused_and_nothing_is_written(String wrong) {
        int before = entries();

        problem(
                post(Tokens.legal(), "", wrong.substring(0, wrong.length() - 1) + "," + REASON + "}"),
                400,
                "malformed-request");
        problem(post(Tokens.legal(), "", lift().replace(REASON, "\"reason\":null")), 400, "malformed-request");

        assertEquals(before, entries());
    }
}
