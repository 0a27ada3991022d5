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
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands about notices send, say, and end with. */
class NoticeCommandsTest {

    private static final String ID = "019a0c3e-52d9-7abc-8def-0123456789ab";
    private static final String PATH = "POST /v1/requests/" + ID + "/notice";

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

    private static String answer(String more) {
        return "{\"request\":\"" + ID + "\"," + more + ",\"record\":{\"index\":7}}";
    }

    @Test
    void the_list_has_a_line_for_each_request_and_says_where_it_goes_on() {
        gateway.on(
                "GET /v1/notices",
                200,
                "{\"notices\":[{\"request\":\"" + ID
                        + "\",\"state\":\"DUE\",\"why\":\"ENDED\",\"since\":\"2026-12-01T08:00:00Z\"}],\"due\":1,\"more\":true}");

        Run run = call("notice", "list", "--limit", "2").endsWith(ExitCode.OK);

        assertEquals("limit=2", gateway.lastQuery);
        assertTrue(run.out().contains(ID + "  DUE, ENDED since 2026-12-01T08:00:00Z"), run.out());
        assertTrue(run.out().endsWith("1 notice due; more with --after " + ID + "\n"), run.out());
    }

    @Test
    void what_was_told_is_sent_with_its_time_in_utc() {
        gateway.on(PATH, 201, answer("\"state\":\"GIVEN\",\"told\":\"2026-12-01T08:00:00Z\""));

        Run run = call("notice", "given", ID, "--means", "EMAIL", "--told", "2026-12-01T09:00[Europe/Berlin]")
                .endsWith(ExitCode.OK);

        assertEquals("{\"means\":\"EMAIL\",\"told\":\"2026-12-01T08:00:00Z\"}", gateway.lastBody);
        assertTrue(run.out().contains("GIVEN at 2026-12-01T08:00:00Z"), run.out());
    }

    @Test
    void an_order_goes_with_its_digest_and_a_risk_that_waits_for_a_second_person_ends_with_5() throws IOException {
        String end = "2026-12-31T00:00:00Z";
        gateway.on(PATH + "/deferral", 201, answer("\"state\":\"DEFERRED\",\"ground\":\"ORDER\""));
        String order = Files.writeString(temp.resolve("order.pdf"), "an order").toString();
        call("notice", "defer", ID, "--ground", "ORDER", "--until", end, "--review", end, "--evidence", order)
                .endsWith(ExitCode.OK);
        assertEquals(
                "{\"ground\":\"ORDER\",\"until\":\"" + end + "\",\"review\":\"" + end + "\",\"evidence\":\""
                        + Hash.sha256("an order".getBytes(StandardCharsets.UTF_8))
                                .hex()
                        + "\"}",
                gateway.lastBody);

        gateway.on(
                PATH + "/deferral",
                202,
                answer("\"state\":\"DUE\",\"proposed\":{\"ground\":\"RISK-TO-LIFE\",\"stands-until\":\"" + end
                        + "\"}"));
        Run run = call("notice", "defer", ID, "--ground", "RISK-TO-LIFE", "--until", end, "--review", end)
                .endsWith(ExitCode.WAITING);
        assertTrue(run.out().contains("proposed      RISK-TO-LIFE\n"), run.out());
    }

    @Test
    void what_is_lifted_is_due_and_a_refusal_ends_with_6() {
        gateway.on(
                PATH + "/lift", 201, answer("\"state\":\"DUE\",\"why\":\"LIFTED\",\"since\":\"2026-12-01T08:00:00Z\""));
        call("notice", "lift", ID).endsWith(ExitCode.OK);
        assertEquals("{}", gateway.lastBody);

        gateway.on(PATH + "/lift", 409, "{\"title\":\"It does not count.\"}");
        call("notice", "lift", ID).endsWith(ExitCode.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "given " + ID + " --means PIGEON",
                "given nobody --means EMAIL",
                "defer " + ID + " --ground MOOD --review 2026-12-31T00:00:00Z",
                "defer " + ID + " --ground ORDER --review soon",
                "list --limit 0",
                "list --after nobody"
            })
    void a_wrong_command_line_ends_with_2_and_asks_nobody(String words) {
        call(("notice " + words).split(" ")).endsWith(ExitCode.USAGE);
        assertEquals("", gateway.lastBody);
    }
}
