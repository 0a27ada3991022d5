package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.OpenedClaims;
import io.holdfast.audit.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor asks of a gateway. */
class AuditCommandsTest {

    private static final String OPENING = "POST /v1/records/7/claims/person/opening";
    private static final Disclosure PERSON = Disclosure.of("person", "A person");

    @TempDir
    Path temp;

    private final Leaf leaf = TestLog.firstWriter()
            .write(TestLog.started().envelope("log"), new Event.ClaimOpened("officer", 1), List.of(PERSON));
    private StubGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new StubGateway().on("GET /v1/records/7", 200, "{\"leaf\":\"" + leaf.text() + "\"}");
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

    private void answers(Disclosure disclosure) {
        gateway.on(OPENING, 200, "{\"disclosure\":\"" + disclosure.text() + "\",\"record\":{\"index\":8}}");
    }

    @Test
    void an_opened_claim_is_shown_and_kept_for_its_owner_only() throws IOException {
        answers(PERSON);
        Path kept = temp.resolve("person.sd-jwt");

        Run run = call("audit", "open", "7", "person", "--for", "Supervisor 7", "--to", kept.toString())
                .endsWith(ExitCode.OK);

        assertEquals("entry   7\nclaim   person\nvalue   A person\nrecord  8\n", run.out());
        assertEquals("{\"recipient\":\"Supervisor 7\"}", gateway.lastBody);
        assertEquals(OpenedClaims.print(leaf, List.of(PERSON)) + "\n", Files.readString(kept));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
    }

    @Test
    void without_a_recipient_it_is_opened_for_the_caller() {
        answers(PERSON);
        assertEquals(
                "A person",
                call("audit", "open", "7", "person", "--output", "json")
                        .endsWith(ExitCode.OK)
                        .json()
                        .get("value")
                        .asText());
        assertEquals("", gateway.lastBody);
    }

    @Test
    void what_the_entry_did_not_seal_is_not_shown_and_ends_with_1() {
        for (Disclosure wrong : List.of(Disclosure.of("person", "Nobody"), Disclosure.of("officer", "Nobody"))) {
            answers(wrong);
            Run run = call("audit", "open", "7", "person").endsWith(ExitCode.CHECK_FAILED);
            assertFalse((run.out() + run.err()).contains("Nobody"), run.out());
        }
    }

    @Test
    void what_was_shredded_ends_with_6_and_leaves_no_file() {
        gateway.on(OPENING, 410, "{\"title\":\"The case was shredded.\",\"detail\":\"Record 5.\"}");
        Path kept = temp.resolve("person.sd-jwt");

        Run run = call("audit", "open", "7", "person", "--to", kept.toString()).endsWith(ExitCode.CONFLICT);

        assertTrue(run.err().startsWith("The case was shredded."), run.err());
        assertFalse(Files.exists(kept));
    }

    @Test
    void a_file_that_is_there_is_not_replaced_and_nothing_is_opened() throws IOException {
        Path kept = Files.writeString(temp.resolve("there"), "mine");
        gateway.lastBody = "nothing";

        call("audit", "open", "7", "person", "--for", "x", "--to", kept.toString())
                .endsWith(ExitCode.UNREACHABLE);

        assertEquals("mine", Files.readString(kept));
        assertEquals("nothing", gateway.lastBody);
    }

    @Test
    void a_claim_or_an_entry_that_is_none_is_a_wrong_command_line() {
        call("audit", "open", "7", "../x").endsWith(ExitCode.USAGE);
        call("audit", "open", "--", "-1", "person").endsWith(ExitCode.USAGE);
        call("audit", "open", "x", "person").endsWith(ExitCode.USAGE);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("value"), text);
    }

    @Test
    void a_look_up_sends_what_is_in_the_file_and_shows_where_it_was_seen() throws IOException {
        gateway.on("POST /v1/look-ups", 200, "{\"entries\":[12,7],\"all\":true,\"record\":{\"index\":13}}");

        Run run = call(
                        "audit",
                        "look-up",
                        "OFFICER",
                        file("m\u00f6bius@agency.example\n").toString())
                .endsWith(ExitCode.OK);

        assertEquals("{\"type\":\"OFFICER\",\"value\":\"m\u00f6bius@agency.example\"}", gateway.lastBody);
        assertEquals("seen in    12, 7\nthese are  all that can be opened\nrecord     13\n", run.out());
    }

    @Test
    void a_look_up_that_found_nothing_or_not_all_says_so() throws IOException {
        gateway.on("POST /v1/look-ups", 200, "{\"entries\":[],\"all\":true,\"record\":{\"index\":13}}");
        String nobody = file("nobody@agency.example").toString();
        assertTrue(call("audit", "look-up", "OFFICER", nobody).out().startsWith("seen in    no entry\n"));

        gateway.on("POST /v1/look-ups", 200, "{\"entries\":[3],\"all\":false,\"record\":{\"index\":13}}");
        assertTrue(call("audit", "look-up", "OFFICER", nobody).out().contains("the newest; there are more"));
    }

    @Test
    void what_is_looked_up_is_never_quoted() throws IOException {
        gateway.on("POST /v1/look-ups", 400, "{\"title\":\"It cannot be read.\"}");
        String person = "a-person@agency.example";
        Run run = call("audit", "look-up", "OFFICER", file(person).toString()).endsWith(ExitCode.USAGE);
        assertFalse((run.out() + run.err()).contains(person));

        Path broken = Files.write(temp.resolve("broken"), new byte[] {(byte) 0xc3, 'x'});
        call("audit", "look-up", "OFFICER", broken.toString()).endsWith(ExitCode.UNREACHABLE);
        call("audit", "look-up", "OFFICER", temp.resolve("none").toString()).endsWith(ExitCode.UNREACHABLE);
    }
}
