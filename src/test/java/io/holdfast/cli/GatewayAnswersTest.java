package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayAnswersTest {

    private static final String ID = "019a0c3e-52d9-7abc-8def-0123456789ab";
    private static final String VERSION = "ab".repeat(32);

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

    @Test
    void each_status_has_its_exit_code() {
        Map<Integer, Integer> codes = Map.ofEntries(
                Map.entry(400, ExitCode.USAGE),
                Map.entry(413, ExitCode.USAGE),
                Map.entry(415, ExitCode.USAGE),
                Map.entry(401, ExitCode.NOT_ALLOWED),
                Map.entry(403, ExitCode.NOT_ALLOWED),
                Map.entry(404, ExitCode.UNREACHABLE),
                Map.entry(409, ExitCode.CONFLICT),
                Map.entry(410, ExitCode.CONFLICT),
                Map.entry(429, ExitCode.UNREACHABLE),
                Map.entry(500, ExitCode.UNREACHABLE),
                Map.entry(502, ExitCode.UNREACHABLE),
                Map.entry(503, ExitCode.UNREACHABLE));
        codes.forEach((status, code) -> {
            gateway.on("GET /v1/holds", status, "{\"title\":\"A title.\",\"detail\":\"What to do.\"}");
            assertEquals(
                    "A title. What to do.",
                    call("hold", "list")
                            .endsWith(code)
                            .err()
                            .lines()
                            .findFirst()
                            .orElseThrow());
        });
    }

    @Test
    void a_violation_is_told_with_its_field() {
        gateway.on(
                "POST /v1/requests",
                400,
                "{\"title\":\"It cannot be read.\",\"violations\":"
                        + "[{\"field\":\"users[0]\",\"rule\":\"must be a code\",\"value\":\"XX\"}]}");
        Run run = submit().endsWith(ExitCode.USAGE);
        assertEquals("It cannot be read.\n  users[0] must be a code, found XX\n", run.err());
    }

    @Test
    void what_a_gateway_says_cannot_move_the_cursor() {
        gateway.on("GET /v1/holds", 403, "{\"title\":\"\\u001b[2Jgone\\u202e\"}");
        assertTrue(call("hold", "list").err().contains("\\u001b[2Jgone\\u202e"));
    }

    @Test
    void an_answer_that_is_no_problem_document_is_not_shown() {
        gateway.on("GET /v1/holds", 502, "<html>proxy</html>");
        assertEquals(
                gateway.url() + " answered 502; is it a gateway?\n",
                call("hold", "list").endsWith(ExitCode.UNREACHABLE).err());
    }

    @Test
    void no_redirect_is_followed() {
        gateway.on("GET /v1/holds", 302, "").on("GET /elsewhere", 200, "{\"holds\":[]}");
        call("hold", "list").endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void an_answer_that_is_too_long_is_none() {
        gateway.on("GET /v1/holds", 200, new byte[GatewayClient.MOST_ANSWER + 1]);
        assertTrue(call("hold", "list").endsWith(ExitCode.UNREACHABLE).err().contains("longer than"));
    }

    @Test
    void nobody_listening_is_out_of_reach() {
        gateway.close();
        assertTrue(call("hold", "list").endsWith(ExitCode.UNREACHABLE).err().contains("nothing listens there"));
    }

    @Test
    void an_address_that_is_none_is_a_wrong_command_line() {
        for (String url : List.of("ftp://x", "http://", "http://a b", "http://user:secret@x", "http://x?y")) {
            Run run = Run.of("hold", "list", "--url", url).endsWith(ExitCode.USAGE);
            assertFalse(run.err().contains("secret"), run.err());
        }
    }

    @Test
    void the_token_is_sent_and_never_shown() throws IOException {
        gateway.on("GET /v1/holds", 401, "{\"title\":\"The caller is not known.\"}");
        Path file = Files.writeString(temp.resolve("token"), "abc.def.ghi\n");
        Run run = call("hold", "list", "--token-file", file.toString()).endsWith(ExitCode.NOT_ALLOWED);
        assertEquals("Bearer abc.def.ghi", gateway.lastAuthorization);
        assertFalse((run.out() + run.err()).contains("abc"));
        Run wrong = call("hold", "list", "--token", "abc def").endsWith(ExitCode.USAGE);
        assertFalse(wrong.err().contains("abc"));
        call("hold", "list", "--token", "abc", "--token-file", file.toString()).endsWith(ExitCode.USAGE);
    }

    @Test
    void a_request_that_people_must_look_at_ends_with_5() {
        gateway.on("POST /v1/requests", 201, request("REFERRED"));
        Run run = submit("--idempotency-key", "once").endsWith(ExitCode.WAITING);
        assertEquals("once", gateway.lastIdempotencyKey);
        assertTrue(run.out().contains("outcome  REFERRED\n"), run.out());
        gateway.on("POST /v1/requests/" + ID + "/approvals", 201, request("REFERRED"));
        approve().endsWith(ExitCode.WAITING);
    }

    @Test
    void a_request_that_is_decided_ends_with_0() {
        for (String outcome : List.of("HELD", "REFUSED", "RETURNED", "RELEASED")) {
            gateway.on("POST /v1/requests", 201, request(outcome));
            assertEquals(
                    outcome,
                    submit("--output", "json")
                            .endsWith(ExitCode.OK)
                            .json()
                            .get("outcome")
                            .textValue());
        }
        gateway.on("POST /v1/requests/" + ID + "/approvals", 201, request("RELEASED"));
        approve().endsWith(ExitCode.OK);
        assertEquals("{\"version\":\"" + VERSION + "\"}", gateway.lastBody);
        call("request", "approve", ID, "--version", VERSION, "--confirm", "CALL-BACK")
                .endsWith(ExitCode.OK);
        assertEquals("{\"version\":\"" + VERSION + "\",\"checks\":{\"CALL-BACK\":\"CONFIRMED\"}}", gateway.lastBody);
    }

    @Test
    void people_narrow_return_and_refuse_in_closed_words() {
        gateway.on("POST /v1/requests/" + ID + "/narrowing", 201, request("REFERRED"));
        call("request", "narrow", ID, "--version", VERSION, "--keep", "SUBSCRIBER", "--keep", "TRAFFIC")
                .endsWith(ExitCode.WAITING);
        assertEquals("{\"version\":\"" + VERSION + "\",\"categories\":[\"SUBSCRIBER\",\"TRAFFIC\"]}", gateway.lastBody);
        gateway.on("POST /v1/requests/" + ID + "/return", 201, request("RETURNED"));
        call("request", "return", ID, "--version", VERSION, "--missing", "TRANSLATION")
                .endsWith(ExitCode.OK);
        assertEquals("{\"version\":\"" + VERSION + "\",\"missing\":[\"TRANSLATION\"]}", gateway.lastBody);
        gateway.on("POST /v1/requests/" + ID + "/refusal", 201, request("REFUSED"));
        call("request", "refuse", ID, "--version", VERSION, "--reason-code", "PRIVILEGE_OR_PRESS", "--output", "json")
                .endsWith(ExitCode.OK);
        assertEquals("{\"version\":\"" + VERSION + "\",\"reasons\":[\"PRIVILEGE_OR_PRESS\"]}", gateway.lastBody);
        gateway.on("POST /v1/requests/" + ID + "/refusal", 409, "{\"title\":\"The review does not count.\"}");
        call("request", "refuse", ID, "--version", VERSION, "--reason-code", "PRIVILEGE_OR_PRESS")
                .endsWith(ExitCode.CONFLICT);
        call("request", "refuse", ID, "--version", "short", "--reason-code", "PRIVILEGE_OR_PRESS")
                .endsWith(ExitCode.USAGE);
        call("request", "return", ID, "--version", VERSION).endsWith(ExitCode.USAGE);
    }

    private static String waiting() {
        return "{\"size\":9,\"waiting\":3,\"reviews\":[{\"request\":\"" + ID + "\",\"version\":\"" + VERSION + "\","
                + "\"since\":\"2026-11-23T12:00:00Z\",\"due\":\"2026-12-07T12:00:00Z\",\"issuer-jurisdiction\":\"US\","
                + "\"instrument\":\"US-SW\",\"emergency\":\"NONE\",\"scope\":{\"granted\":[\"CONTENT\",\"SUBSCRIBER\"]},"
                + "\"approvals\":1,\"approvals-needed\":2,\"approved-by-you\":true,\"clocks\":[{\"clock\":\"OBJECT\","
                + "\"due\":\"2026-12-07T12:00:00Z\",\"state\":\"WARNED\"}]}],\"next\":\"abc_-9\"}";
    }

    @Test
    void the_queue_is_a_table_with_what_is_due_and_the_word_for_its_next_page() {
        gateway.on("GET /v1/reviews", 200, waiting());

        String out = call("request", "queue").endsWith(ExitCode.OK).out();

        assertEquals("limit=50", gateway.lastQuery);
        assertTrue(
                out.contains("2026-12-07T12:00:00Z  OBJECT WARNED  2026-11-23T12:00:00Z  US    US-SW       NONE       "
                        + "CONTENT, SUBSCRIBER  1 of 2     have approved  " + ID + "\n"),
                out);
        assertTrue(out.endsWith("1 shown, 3 requests in the queue\nmore: --after abc_-9\n"), out);
    }

    @Test
    void the_queue_is_asked_for_by_limit_place_and_what_is_over() {
        gateway.on("GET /v1/reviews", 200, waiting());

        Run run = call(
                        "request",
                        "queue",
                        "--limit",
                        "2",
                        "--jurisdiction",
                        "US",
                        "--overdue",
                        "--after",
                        "abc_-9",
                        "--output",
                        "json")
                .endsWith(ExitCode.OK);

        assertEquals("limit=2&jurisdiction=US&overdue=true&after=abc_-9", gateway.lastQuery);
        assertEquals(VERSION, run.json().at("/reviews/0/version").asText());
        for (List<String> wrong : List.of(
                List.of("--limit", "0"),
                List.of("--limit", "201"),
                List.of("--limit", "many"),
                List.of("--jurisdiction", "us"),
                List.of("--after", "a&limit=1"))) {
            List<String> words = new ArrayList<>(List.of("request", "queue"));
            words.addAll(wrong);
            call(words.toArray(String[]::new)).endsWith(ExitCode.USAGE);
        }
        gateway.on("GET /v1/reviews", 403, "{\"title\":\"You may not do this.\"}");
        call("request", "queue").endsWith(ExitCode.NOT_ALLOWED);
    }

    @Test
    void a_request_of_unknown_fate_can_be_sent_again_with_its_key() {
        gateway.on("POST /v1/requests", 503, "{\"title\":\"It is not known whether it was recorded.\"}");
        Run run = submit().endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("send it again with --idempotency-key " + gateway.lastIdempotencyKey), run.err());
    }

    @Test
    void a_request_is_shown() {
        gateway.on("GET /v1/requests/" + ID, 200, request("HELD"));
        assertTrue(call("request", "show", ID).endsWith(ExitCode.OK).out().contains("HELD_PENDING_REVIEW: On hold."));
    }

    @Test
    void the_clocks_of_a_request_are_shown() {
        String clocks = "\"clocks\":[{\"clock\":\"OBJECT\",\"from\":\"2026-11-23T12:00:00Z\","
                + "\"due\":\"2026-12-07T12:00:00Z\",\"state\":\"WARNED\"}],";
        gateway.on("GET /v1/requests/" + ID, 200, request("HELD").replace("\"record\"", clocks + "\"record\""));
        String out = call("request", "show", ID).endsWith(ExitCode.OK).out();
        assertTrue(out.lines().anyMatch(line -> line.matches("clock OBJECT +WARNED, due 2026-12-07T12:00:00Z")), out);
    }

    @Test
    void what_cannot_be_known_to_have_left_is_said_in_words() {
        String calls = "\"let-through\":[{\"entry\":41,\"left\":\"UNKNOWN\",\"sentence\":\"It cannot be known.\"},"
                + "{\"entry\":43,\"left\":\"AT_MOST\",\"at-most\":7,\"sentence\":\"It was cut off.\"}],";
        gateway.on("GET /v1/requests/" + ID, 200, request("RELEASED").replace("\"record\"", calls + "\"record\""));
        String out = call("request", "show", ID).endsWith(ExitCode.OK).out();
        assertTrue(out.lines().anyMatch(line -> line.matches("let through 41 +UNKNOWN: It cannot be known.")), out);
        assertTrue(
                out.lines()
                        .anyMatch(line -> line.matches("let through 43 +AT_MOST, 7 values at most: It was cut off.")),
                out);
    }

    @Test
    void people_say_what_happened_to_the_clocks() throws IOException {
        String path = "POST /v1/requests/" + ID + "/clocks/";
        gateway.on(path + "start", 201, request("HELD"))
                .on(path + "stop", 201, request("HELD"))
                .on(path + "resumption", 201, request("REFERRED"))
                .on(path + "end", 409, "{\"title\":\"The clock is left as it is.\"}");
        String from = "2026-12-01T09:00[Europe/Berlin]";
        call("request", "start-clock", ID, "--clock", "AUTHORITY-OBJECTS", "--from", from)
                .endsWith(ExitCode.OK);
        assertEquals("{\"clock\":\"AUTHORITY-OBJECTS\",\"from\":\"2026-12-01T08:00:00Z\"}", gateway.lastBody);
        String file =
                Files.writeString(temp.resolve("question"), "Which account?\n").toString();
        call("request", "stop-clock", ID, "--stop", "QUESTION", "--question-file", file, "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertEquals("{\"stop\":\"QUESTION\",\"question\":\"Which account?\"}", gateway.lastBody);
        call("request", "resume-clock", ID, "--stop", "QUESTION", "--because", "ANSWERED")
                .endsWith(ExitCode.WAITING);
        assertEquals("{\"stop\":\"QUESTION\",\"because\":\"ANSWERED\"}", gateway.lastBody);
        call("request", "end-clock", ID, "--clock", "RUN").endsWith(ExitCode.CONFLICT);
        assertEquals("{\"clock\":\"RUN\"}", gateway.lastBody);
    }

    @Test
    void a_copy_is_extended_linked_given_up_and_confirmed() {
        String path = "POST /v1/requests/" + ID + "/preservation/";
        String kept = request("RELEASED")
                .replace(
                        "\"record\"",
                        "\"preservation\":{\"until\":\"2027-02-21T12:00:00Z\",\"kept\":true,\"extended\":true},"
                                + "\"record\"");
        gateway.on(path + "extension", 200, kept)
                .on(path + "production", 200, kept)
                .on(path + "withdrawal", 409, "{\"title\":\"The copy is kept as before.\"}")
                .on(path + "confirmation", 200, kept);
        String out = call("request", "extend", ID).endsWith(ExitCode.OK).out();
        assertTrue(out.lines().anyMatch(line -> line.matches("copy +kept until 2027-02-21T12:00:00Z, extended")), out);
        call("request", "link", ID, "--production", ID).endsWith(ExitCode.OK);
        assertEquals("{\"request\":\"" + ID + "\"}", gateway.lastBody);
        call("request", "link", ID, "--production", "x").endsWith(ExitCode.USAGE);
        call("request", "withdraw", ID).endsWith(ExitCode.CONFLICT);
        call("request", "confirm", ID, "--accounts", "2", "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertEquals("{\"accounts\":2}", gateway.lastBody);
    }

    @Test
    void a_stopped_clock_says_what_is_left() {
        String clocks = "\"clocks\":[{\"clock\":\"ANSWER\",\"from\":\"2026-11-23T12:00:00Z\","
                + "\"due\":\"2026-12-07T12:00:00Z\",\"state\":\"STOPPED\",\"left\":\"P7D\"}],";
        gateway.on("GET /v1/requests/" + ID, 200, request("HELD").replace("\"record\"", clocks + "\"record\""));
        String out = call("request", "show", ID).endsWith(ExitCode.OK).out();
        assertTrue(out.lines().anyMatch(line -> line.matches("clock ANSWER +STOPPED, left P7D")), out);
    }

    @Test
    void a_name_leads_nowhere_else() {
        call("request", "show", "../holds").endsWith(ExitCode.USAGE);
        call("hold", "lift", "../x", "--reason", "because of this").endsWith(ExitCode.USAGE);
        call("request", "approve", ID, "--version", "latest").endsWith(ExitCode.USAGE);
    }

    @Test
    void holds_are_listed() {
        gateway.on(
                "GET /v1/holds",
                200,
                "{\"epoch\":1,\"holds\":[{\"id\":\"hk\",\"version\":1,\"mode\":\"PAUSE\",\"from\":\"2020-06-30T16:00:00Z\","
                        + "\"review-by\":\"2027-01-05T16:00:00Z\",\"applies\":{\"issuer-jurisdiction\":[\"HK\"]}}]}");
        String out = call("hold", "list").endsWith(ExitCode.OK).out();
        assertTrue(
                out.contains("hk@1  PAUSE  2020-06-30T16:00:00Z  2027-01-05T16:00:00Z  issuer-jurisdiction HK"), out);
    }

    @Test
    void a_hold_is_placed_and_tightened_with_its_reason() throws IOException {
        String done = "{\"record\":{\"index\":7},\"epoch\":3}";
        gateway.on("POST /v1/holds", 201, done).on("POST /v1/holds/us/versions", 201, done);
        String file =
                Files.writeString(temp.resolve("hold.json"), "{\"id\":\"us\"}").toString();
        Run run = call("hold", "place", file, "--reason", "because of this").endsWith(ExitCode.OK);
        assertEquals("placed  us\nrecord  7\nepoch   3\n", run.out());
        assertEquals("{\"hold\":{\"id\":\"us\"},\"reason\":\"because of this\"}", gateway.lastBody);
        call("hold", "tighten", file, "--reason", "because of this").endsWith(ExitCode.OK);
    }

    @Test
    void a_hold_file_that_is_no_json_is_not_sent() throws IOException {
        String file = Files.writeString(temp.resolve("hold.yaml"), "id: us\n").toString();
        Run run = call("hold", "place", file, "--reason", "because of this").endsWith(ExitCode.UNREACHABLE);
        assertEquals(file + " is not a JSON object\n", run.err());
    }

    @Test
    void what_takes_two_people_ends_with_4_in_the_gateways_words() throws IOException {
        String file =
                Files.writeString(temp.resolve("hold.json"), "{\"id\":\"hk\"}").toString();
        gateway.on(
                "POST /v1/holds/hk/versions",
                403,
                "{\"type\":\"/problems/needs-two-people\",\"title\":\"The change would let something through.\","
                        + "\"detail\":\"Propose it.\"}");
        Run run = call("hold", "tighten", file, "--reason", "because of this").endsWith(ExitCode.NOT_ALLOWED);
        assertTrue(run.err().startsWith("The change would let something through. Propose it.\n"), run.err());
    }

    private Run approve() {
        return call("request", "approve", ID, "--version", VERSION);
    }

    private Run submit(String... more) {
        try {
            List<String> words = new ArrayList<>(List.of("request", "submit"));
            words.add(Files.writeString(temp.resolve("request.json"), "{}").toString());
            words.addAll(List.of(more));
            return call(words.toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Run call(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", gateway.url()));
        return Run.of(all.toArray(String[]::new));
    }

    private static String request(String outcome) {
        return "{\"request\":\"" + ID + "\",\"outcome\":\"" + outcome
                + "\",\"reasons\":[{\"code\":\"HELD_PENDING_REVIEW\",\"sentence\":\"On hold.\"}],"
                + "\"record\":{\"index\":1,\"at\":\"2026-11-23T12:00:00Z\",\"version\":\"" + VERSION + "\"}}";
    }

    private static final String ERASURE = "POST /v1/requests/" + ID + "/erasure";

    @Test
    void a_proposal_to_shred_exits_with_5_and_the_second_person_s_command_with_0() {
        gateway.on(
                ERASURE,
                202,
                "{\"erasure\":\"PROPOSED\",\"proposal\":\"" + VERSION
                        + "\",\"stands-until\":\"2026-12-24T00:00:00Z\",\"record\":{\"index\":7}}");
        Run first = call("request", "shred", ID, "--reason-code", "COURT-ORDER").endsWith(ExitCode.WAITING);
        assertTrue(first.out().contains(VERSION), first.out());
        assertEquals("{\"reason\":\"COURT-ORDER\"}", gateway.lastBody);

        gateway.on(ERASURE, 200, "{\"erasure\":\"SHREDDED\",\"record\":{\"index\":8}}");
        call("request", "shred", ID, "--reason-code", "COURT-ORDER", "--proposal", VERSION)
                .endsWith(ExitCode.OK);
        assertEquals("{\"reason\":\"COURT-ORDER\",\"proposal\":\"" + VERSION + "\"}", gateway.lastBody);
    }

    @Test
    void a_reason_or_a_proposal_that_is_none_is_a_wrong_command_line() {
        call("request", "shred", ID).endsWith(ExitCode.USAGE);
        call("request", "shred", ID, "--reason-code", "because").endsWith(ExitCode.USAGE);
        call("request", "shred", ID, "--reason-code", "COURT-ORDER", "--proposal", "x")
                .endsWith(ExitCode.USAGE);
        assertEquals("", gateway.lastBody);
    }
}
