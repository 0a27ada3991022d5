package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands about changes of holds send, say, and end with. */
class HoldCommandsTest {

    private static final String PROPOSAL = "ab".repeat(32);
    private static final String PATH = "/v1/hold-changes/" + PROPOSAL;

    @TempDir
    Path temp;

    private StubGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new StubGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Run call(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", gateway.url()));
        return Run.of(all.toArray(String[]::new));
    }

    private static String answer(String state) {
        return "{\"proposal\":\"" + PROPOSAL + "\",\"state\":\"" + state
                + "\",\"says\":\"So it stands.\",\"missing\":1,"
                + "\"changes\":[{\"change\":\"LIFT\",\"hold-id\":\"hk\",\"version\":1},"
                + "{\"change\":\"REPLACE\",\"hold\":{\"id\":\"us\",\"version\":2}}],"
                + "\"under-holds\":[{\"from\":{\"fate\":\"HELD\"},\"to\":{\"approvals\":2,\"fate\":\"RELEASED\"},\"classes\":9},"
                + "{\"from\":{\"fate\":\"HELD\"},\"to\":{\"fate\":\"REFUSED\"},\"classes\":3}],"
                + "\"recorded\":{\"all\":true,\"at\":\"2026-11-24T08:00:00Z\",\"entries\":7,\"met\":["
                + "{\"from\":{\"fate\":\"HELD\"},\"to\":{\"approvals\":2,\"fate\":\"RELEASED\"},\"requests\":5,\"more\":5},"
                + "{\"from\":{\"fate\":\"REFUSED\"},\"to\":{\"fate\":\"REFUSED\"},\"requests\":88,\"more\":0}]},"
                + "\"approve-by\":\"2026-12-01T08:00:00Z\",\"effective-by\":\"2026-12-08T08:00:00Z\",\"record\":{\"index\":7}}";
    }

    @Test
    void a_lift_is_proposed_and_ends_with_5_and_with_the_next_person_s_command() {
        gateway.on("POST /v1/holds/hk/lift", 202, answer("WAITING"));

        Run run = call("hold", "lift", "hk", "--reason", "the review has ended").endsWith(ExitCode.WAITING);

        assertEquals("{\"reason\":\"the review has ended\"}", gateway.lastBody);
        assertTrue(run.out().contains("changes       hk@1 is lifted; us@2 stands\n"), run.out());
        assertTrue(run.out().endsWith("So it stands.\nholdfast hold approve " + PROPOSAL + "\n"), run.out());
    }

    @Test
    void several_changes_are_proposed_at_once_with_times_of_a_zone_and_the_digest_of_a_report() throws IOException {
        gateway.on("POST /v1/hold-changes", 202, answer("WAITING"));
        String hold =
                Files.writeString(temp.resolve("us.json"), "{\"id\":\"us\"}").toString();
        String report =
                Files.writeString(temp.resolve("report.pdf"), "a report").toString();
        String digest = Hash.sha256("a report".getBytes(StandardCharsets.UTF_8)).hex();

        call(
                        "hold",
                        "propose",
                        "--lift",
                        "hk",
                        "--replace",
                        hold,
                        "--evidence",
                        report,
                        "--reason",
                        "the review has ended",
                        "--approve-by",
                        "2026-12-01T09:00[Europe/Berlin]",
                        "--effective",
                        "2026-12-01T09:00+01:00",
                        "--effective-by",
                        "2026-12-08T08:00:00Z")
                .endsWith(ExitCode.WAITING);

        assertEquals(
                "{\"changes\":[{\"lift\":\"hk\",\"evidence\":\"" + digest
                        + "\"},{\"replace\":{\"id\":\"us\"},\"evidence\":\""
                        + digest
                        + "\"}],\"approve-by\":\"2026-12-01T08:00:00Z\",\"effective\":\"2026-12-01T08:00:00Z\","
                        + "\"effective-by\":\"2026-12-08T08:00:00Z\",\"reason\":\"the review has ended\"}",
                gateway.lastBody);
    }

    @Test
    void what_a_proposal_would_do_is_shown_with_it_and_a_new_hold_can_be_part_of_it() throws IOException {
        gateway.on("POST /v1/hold-changes", 202, answer("WAITING"));
        String hold =
                Files.writeString(temp.resolve("de.json"), "{\"id\":\"de\"}").toString();

        String told = call("hold", "propose", "--lift", "hk", "--place", hold, "--reason", "the review has ended")
                .endsWith(ExitCode.WAITING)
                .out();

        assertEquals(
                "{\"changes\":[{\"lift\":\"hk\"},{\"place\":{\"id\":\"de\"}}],\"reason\":\"the review has ended\"}",
                gateway.lastBody);
        assertTrue(told.contains("""
                        Of all requests that there can be:
                          from what to what                classes
                          held to released on 2 approvals  9        OPENS
                          held to refused                  3

                        Of the requests of the 30 days before 2026-11-24T08:00:00Z:
                          from what to what                requests  given more
                          held to released on 2 approvals  5         5
                          refused to refused               88        0
                        """), told);
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, 5",
        "SCHEDULED, 0",
        "IN_EFFECT, 0",
    })
    void an_approval_ends_with_5_only_while_more_people_have_to(String state, int code) {
        gateway.on("POST " + PATH + "/approval", 200, answer(state));

        Run run = call("hold", "approve", PROPOSAL, "--output", "json").endsWith(code);

        assertEquals(state, run.json().get("state").textValue());
    }

    @Test
    void an_approval_that_does_not_count_ends_with_6_in_the_gateways_words() {
        gateway.on(
                "POST " + PATH + "/approval",
                409,
                "{\"title\":\"The change of holds goes no further.\",\"detail\":\"You have proposed it.\"}");

        Run run = call("hold", "approve", PROPOSAL).endsWith(ExitCode.CONFLICT);

        assertTrue(run.err().contains("You have proposed it."), run.err());
    }

    @Test
    void objecting_and_taking_back_end_with_0() {
        gateway.on("POST " + PATH + "/objection", 202, answer("OBJECTED"));
        gateway.on("DELETE " + PATH + "/objection", 202, answer("WAITING"));
        gateway.on("POST " + PATH + "/withdrawal", 200, answer("WITHDRAWN"));

        call("hold", "object", PROPOSAL, "--reason", "another report is missing")
                .endsWith(ExitCode.OK);
        assertEquals("{\"reason\":\"another report is missing\"}", gateway.lastBody);
        call("hold", "withdraw", PROPOSAL, "--objection").endsWith(ExitCode.OK);
        call("hold", "withdraw", PROPOSAL).endsWith(ExitCode.OK);
    }

    @Test
    void open_changes_are_listed_and_one_is_shown_with_the_holds_that_it_would_put_in_force() {
        gateway.on("GET /v1/hold-changes", 200, "{\"epoch\":3,\"hold-changes\":[" + answer("WAITING") + "]}");
        gateway.on(
                "GET " + PATH,
                200,
                answer("WAITING").replace("\"missing\":1", "\"holds\":[{\"id\":\"us\",\"title\":\"Wider\"}]"));

        String list = call("hold", "changes").endsWith(ExitCode.OK).out();
        assertTrue(list.contains("hk@1 is lifted; us@2 stands  WAITING  1        5 of 93  "), list);
        assertTrue(list.endsWith("1 change open, epoch 3\n"), list);
        String one = call("hold", "changes", PROPOSAL).endsWith(ExitCode.OK).out();
        assertTrue(one.contains("title  Wider"), one);
        gateway.on("POST " + PATH + "/reason", 200, "{\"reason\":\"The review has ended.\"}");
        String why =
                call("hold", "changes", PROPOSAL, "--why").endsWith(ExitCode.OK).out();
        assertTrue(why.contains("\nreason: The review has ended.\n"), why);
        call("hold", "changes", "--why").endsWith(ExitCode.USAGE);
    }

    @Test
    void what_is_no_proposal_no_time_or_nothing_to_change_is_a_wrong_command_line() {
        call("hold", "approve", "../holds").endsWith(ExitCode.USAGE);
        call("hold", "propose", "--reason", "the review has ended").endsWith(ExitCode.USAGE);
        for (String wrong : List.of("tomorrow", "2026-12-01T09:00", "2026-12-01T09:00[Mars/Base]", "]")) {
            call("hold", "propose", "--lift", "hk", "--reason", "the review has ended", "--effective", wrong)
                    .endsWith(ExitCode.USAGE);
        }
        Run twice = call(
                        "hold",
                        "propose",
                        "--lift",
                        "hk",
                        "--reason",
                        "x",
                        "--effective",
                        "2026-10-25T02:30[Europe/Berlin]")
                .endsWith(ExitCode.USAGE);
        assertTrue(twice.err().contains("twice"), twice.err());
        Run never = call(
                        "hold",
                        "propose",
                        "--lift",
                        "hk",
                        "--reason",
                        "x",
                        "--effective",
                        "2027-03-28T02:30[Europe/Berlin]")
                .endsWith(ExitCode.USAGE);
        assertTrue(never.err().contains("never"), never.err());
        assertEquals("", gateway.lastBody);
    }
}
