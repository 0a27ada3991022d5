package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import io.holdfast.fixture.TestAuthority;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor can ask of {@code log verify} beyond whether a log holds. */
class LogVerifyCommandTest {

    private static final String KEY = TestLog.verifierKey().toString();

    @TempDir
    Path temp;

    private final TestLog honest = TestLog.honest();
    private Path log;

    @BeforeEach
    void exportLog() {
        log = temp.resolve("log");
        honest.export(log);
    }

    @Test
    void a_checkpoint_is_kept_and_the_next_check_builds_on_it() throws IOException {
        String kept = temp.resolve("kept").toString();
        assertTrue(verify(log, "--key", KEY, "--save", kept)
                .endsWith(ExitCode.OK)
                .out()
                .contains("checkpoint kept in " + kept));
        assertEquals(Files.readString(log.resolve("checkpoint")), Files.readString(Path.of(kept)));

        honest.decide("later", SomeFacts.hongKongWarrant());
        Path grown = temp.resolve("grown");
        honest.export(grown);
        Run run = verify(grown, "--key", KEY, "--since", kept, "--save", kept).endsWith(ExitCode.OK);
        assertTrue(run.out().contains("note: the first 15 entries are those of the earlier checkpoint"), run.out());
        assertEquals(Files.readString(grown.resolve("checkpoint")), Files.readString(Path.of(kept)));
    }

    @Test
    void a_log_that_does_not_hold_replaces_no_checkpoint() throws IOException {
        Path kept = Files.writeString(temp.resolve("kept"), "mine");
        Files.delete(log.resolve("tile/0/000.p/15"));
        Run run = verify(log, "--key", KEY, "--save", kept.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("no checkpoint was kept: the log does not hold"), run.out());
        assertEquals("mine", Files.readString(kept));
    }

    @Test
    void a_check_without_record_signatures_says_so_and_keeps_nothing() {
        Path kept = temp.resolve("kept");
        Run run = verify(log, "--key", KEY, "--no-record-signatures", "--save", kept.toString())
                .endsWith(ExitCode.OK);
        assertTrue(run.out().contains("note: NO RECORD SIGNATURE WAS CHECKED"), run.out());
        assertFalse(Files.exists(kept));
    }

    @Test
    void a_log_that_was_cut_back_ends_with_1() throws IOException {
        honest.decide("later", SomeFacts.hongKongWarrant());
        Path kept = Files.write(temp.resolve("kept"), honest.checkpointAt(16).print());
        Run run = verify(log, "--key", KEY, "--since", kept.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().startsWith("earlier checkpoint: has 16 entries, and the log now shows 15"), run.out());
    }

    @Test
    void a_file_that_is_no_checkpoint_is_no_finding() throws IOException {
        Path file = Files.writeString(temp.resolve("kept"), "notes of mine\n");
        verify(log, "--key", KEY, "--since", file.toString()).endsWith(ExitCode.UNREACHABLE);
        verify(log, "--key", KEY, "--since", "no-such-file").endsWith(ExitCode.UNREACHABLE);
        String nowhere = temp.resolve("nowhere/kept").toString();
        verify(log, "--key", KEY, "--save", nowhere).endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void a_policy_says_which_witnesses_must_have_signed() throws IOException {
        Cosigner witness = Cosigner.of("witness.example", Ed25519Key.generate());
        Path policy = Files.writeString(
                temp.resolve("policy"), "log " + KEY + "\nwitness w " + witness.verifierKey() + "\nquorum w\n");
        Run lacking = verify(log, "--policy", policy.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(lacking.out().contains("is cosigned by no witness of the policy"), lacking.out());

        Path checkpoint = log.resolve("checkpoint");
        SignedNote note = SignedNote.parse(Files.readAllBytes(checkpoint));
        Files.write(
                checkpoint,
                note.with(witness.sign(
                                Checkpoint.parse(note.text()), Clock.systemUTC().instant()))
                        .print());
        verify(log, "--policy", policy.toString(), "--newest-within", "PT10M").endsWith(ExitCode.OK);
    }

    @Test
    void a_proof_needs_the_quorum_too() throws IOException {
        Cosigner witness = Cosigner.of("witness.example", Ed25519Key.generate());
        Path policy = Files.writeString(
                temp.resolve("policy"), "log " + KEY + "\nwitness w " + witness.verifierKey() + "\nquorum w\n");
        Path proof = Files.write(
                temp.resolve("3.tlog-proof"),
                honest.proof(3).withExtra(honest.leaf(3).bytes()).print());
        verify(proof, "--key", KEY).endsWith(ExitCode.OK);
        verify(proof, "--policy", policy.toString()).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void whom_to_trust_is_said_once_and_by_the_auditor() throws IOException {
        Path policy = Files.writeString(temp.resolve("policy"), "log " + KEY + "\nquorum none\n");
        verify(log, "--policy", policy.toString()).endsWith(ExitCode.OK);
        verify(log).endsWith(ExitCode.USAGE);
        verify(log, "--policy", policy.toString(), "--key", KEY).endsWith(ExitCode.USAGE);
        Files.writeString(policy, "log " + KEY + "\nquorum many\n");
        Run run = verify(log, "--policy", policy.toString()).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("trust policy line 2"), run.err());
    }

    @Test
    void a_log_must_be_as_new_as_was_asked() {
        Run run = verify(log, "--key", KEY, "--newest-within", "PT1S").endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("checkpoint: its last entry is of 2026-11-23T12:00:14Z"), run.out());
        verify(log, "--key", KEY, "--newest-within", "ten minutes").endsWith(ExitCode.USAGE);
    }

    @Test
    void what_is_asked_of_logs_is_not_asked_of_proofs() throws IOException {
        Path proof = Files.write(temp.resolve("3.tlog-proof"), honest.proof(3).print());
        verify(proof, "--key", KEY, "--save", temp.resolve("kept").toString()).endsWith(ExitCode.USAGE);
    }

    @Test
    void remarks_are_there_for_programs_too() {
        ObjectNode json = verify(log, "--key", KEY, "--output", "json").json();
        assertEquals(1, json.get("remarks").size(), json::toString);
        assertTrue(json.get("holds").booleanValue());
    }

    private static Run verify(Path place, String... more) {
        List<String> words = new ArrayList<>(List.of("log", "verify", place.toString()));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    void time_stamps_are_checked_with_the_certificate_that_the_auditor_brings() throws IOException {
        TestAuthority authority = TestAuthority.of("EC");
        honest.stamp(authority);
        Path stamped = temp.resolve("stamped");
        honest.export(stamped);
        String right =
                Files.write(temp.resolve("right.pem"), authority.rootPem()).toString();
        String wrong = Files.write(
                        temp.resolve("wrong.pem"), TestAuthority.of("EC").rootPem())
                .toString();

        Run unchecked = verify(stamped, "--key", KEY).endsWith(ExitCode.OK);
        assertTrue(unchecked.out().contains("needs the authority's certificate"), unchecked.out());
        Run checked =
                verify(stamped, "--key", KEY, "--timestamp-authority", right).endsWith(ExitCode.OK);
        assertTrue(checked.out().contains("its first 15 entries were there at"), checked.out());
        verify(stamped, "--key", KEY, "--timestamp-authority", right, "--timestamp-policy", TestAuthority.POLICY)
                .endsWith(ExitCode.OK);
        Run policy = verify(stamped, "--key", KEY, "--timestamp-authority", right, "--timestamp-policy", "1.2.3.4.2")
                .endsWith(ExitCode.CHECK_FAILED);
        assertTrue(policy.out().contains("expected 1.2.3.4.2"), policy.out());
        Run foreign =
                verify(stamped, "--key", KEY, "--timestamp-authority", wrong).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(foreign.out().contains("is it the right authority?"), foreign.out());
        verify(stamped, "--key", KEY, "--timestamp-policy", "1.2.3.4.2").endsWith(ExitCode.USAGE);
        verify(
                        stamped,
                        "--key",
                        KEY,
                        "--timestamp-authority",
                        stamped.resolve("checkpoint").toString())
                .endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void the_commands_of_the_how_to_verify_a_time_stamp_with_openssl_alone() throws Exception {
        TestAuthority authority = TestAuthority.of("RSA");
        long index = honest.stamp(authority);
        honest.export(temp.resolve("openssl/log"));
        Files.write(temp.resolve("openssl/authority.pem"), authority.rootPem());
        Event.CheckpointTimestamped stamp = (Event.CheckpointTimestamped)
                honest.entries().get((int) index).entry().event();
        String document = Files.readString(Path.of("docs/how-to/timestamp-checkpoints.md"));
        String block = document.substring(document.lastIndexOf("```\nprintf") + 4, document.lastIndexOf("```"));
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", block);
        shell.environment()
                .putAll(Map.of(
                        "ORIGIN",
                        TestLog.ORIGIN,
                        "SIZE",
                        Long.toString(stamp.size()),
                        "ROOT",
                        stamp.root().hex(),
                        "RESPONSE",
                        stamp.response().hex()));
        Path said = temp.resolve("said");
        int code = shell.directory(temp.resolve("openssl").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        Assumptions.assumeFalse(code == 127, "openssl or basenc is not there");
        assertEquals(0, code, Files.readString(said));
        assertTrue(Files.readString(said).contains("Verification: OK"), Files.readString(said));
    }
}
