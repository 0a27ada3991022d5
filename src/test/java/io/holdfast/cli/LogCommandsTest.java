package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.TestLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandsTest {

    private static final String KEY = TestLog.verifierKey().toString();

    @TempDir
    Path temp;

    private Path log;

    @BeforeEach
    void exportLog() {
        log = temp.resolve("log");
        TestLog.honest().export(log);
    }

    @Test
    void a_log_that_holds_ends_with_0() {
        Run run = Run.of("log", "verify", log.toString(), "--key", KEY).endsWith(ExitCode.OK);
        assertTrue(run.out().startsWith("holdfast.example/log holds: 15 entries, root "), run.out());
        assertEquals("", run.err());
    }

    @Test
    void a_changed_byte_ends_with_1_and_says_where() throws IOException {
        Path bundle = log.resolve("tile/entries/000.p/15");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bundle, bytes);
        Run run = Run.of("log", "verify", log.toString(), "--key", KEY).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("tile/entries/000.p/15, entry 14: "), run.out());
        assertTrue(run.out().contains("do not rely on this log"), run.out());
    }

    @Test
    void the_findings_are_there_for_programs_too() throws IOException {
        Files.delete(log.resolve("tile/0/000.p/15"));
        ObjectNode json = Run.of("log", "verify", log.toString(), "--key", KEY, "--output", "json")
                .endsWith(ExitCode.CHECK_FAILED)
                .json();
        assertFalse(json.get("holds").booleanValue());
        assertEquals("tile/0/000.p/15", json.at("/findings/0/files/0").textValue(), json::toString);
    }

    @Test
    void a_key_that_did_not_sign_ends_with_1() {
        String foreign = TestLog.foreignLogKey().verifierKey().toString();
        Run.of("log", "verify", log.toString(), "--key", foreign).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void another_origin_ends_with_1() {
        Run.of("log", "verify", log.toString(), "--key", KEY, "--origin", "other.example/log")
                .endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void a_key_is_required_and_can_be_a_file() throws IOException {
        Run.of("log", "verify", log.toString()).endsWith(ExitCode.USAGE);
        Path file = Files.writeString(temp.resolve("log.vkey"), "# the log's key\n" + KEY + "\n");
        Run.of("log", "verify", log.toString(), "--key", file.toString()).endsWith(ExitCode.OK);
    }

    @Test
    void a_key_that_is_none_is_no_finding() throws IOException {
        Run.of("log", "verify", log.toString(), "--key", KEY + "A").endsWith(ExitCode.USAGE);
        Run.of("log", "verify", log.toString(), "--key", "no-such-file").endsWith(ExitCode.UNREACHABLE);
        Path empty = Files.writeString(temp.resolve("empty"), "\n");
        Run.of("log", "verify", log.toString(), "--key", empty.toString()).endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void a_place_that_is_not_there_is_no_finding() {
        Run run = Run.of("log", "verify", temp.resolve("nowhere").toString(), "--key", KEY);
        assertTrue(run.endsWith(ExitCode.UNREACHABLE).err().contains("is not a folder"), run.err());
    }

    @Test
    void a_proof_carries_its_record_and_is_checked_without_the_log() {
        String proof = temp.resolve("7.tlog-proof").toString();
        Run.of("log", "proof", "7", "--folder", log.toString(), "--to", proof).endsWith(ExitCode.OK);
        Run run = Run.of("log", "verify", proof, "--key", KEY).endsWith(ExitCode.OK);
        assertTrue(run.out().startsWith("proven: entry 7 of holdfast.example/log, 15 entries"), run.out());
        Run.of(
                        "log",
                        "verify",
                        proof,
                        "--key",
                        TestLog.foreignLogKey().verifierKey().toString())
                .endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void a_proof_does_not_hold_for_another_record() throws IOException {
        TestLog honest = TestLog.honest();
        Path proof = Files.write(temp.resolve("7.tlog-proof"), honest.proof(7).print());
        Path right = Files.writeString(temp.resolve("7.jws"), honest.leaf(7).text() + "\n");
        Path wrong = Files.writeString(temp.resolve("8.jws"), honest.leaf(8).text());
        Run.of("log", "verify", proof.toString(), "--key", KEY, "--leaf", right.toString())
                .endsWith(ExitCode.OK);
        Run.of("log", "verify", proof.toString(), "--key", KEY, "--leaf", wrong.toString())
                .endsWith(ExitCode.CHECK_FAILED);
        Run.of("log", "verify", log.toString(), "--key", KEY, "--leaf", right.toString())
                .endsWith(ExitCode.USAGE);
    }

    @Test
    void a_proof_that_the_hashes_do_not_give_is_not_written() throws IOException {
        Path tile = log.resolve("tile/0/000.p/15");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);
        Path proof = temp.resolve("7.tlog-proof");
        Run.of("log", "proof", "7", "--folder", log.toString(), "--to", proof.toString())
                .endsWith(ExitCode.CHECK_FAILED);
        assertFalse(Files.exists(proof));
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        Path mine = Files.writeString(temp.resolve("mine"), "mine");
        Run.of("log", "proof", "7", "--folder", log.toString(), "--to", mine.toString())
                .endsWith(ExitCode.UNREACHABLE);
        assertEquals("mine", Files.readString(mine));
        Run run = Run.of("log", "export", "--folder", log.toString(), "--to", temp.toString());
        assertTrue(run.endsWith(ExitCode.UNREACHABLE).err().contains("is not empty"), run.err());
    }

    @Test
    void an_export_of_an_export_is_the_same_bytes() {
        Path copy = temp.resolve("copy");
        Run.of("log", "export", "--folder", log.toString(), "--to", copy.toString())
                .endsWith(ExitCode.OK);
        LogFolder first = LogFolder.of(log);
        LogFolder second = LogFolder.of(copy);
        assertEquals(first.list(), second.list());
        first.list()
                .orElseThrow()
                .forEach(path -> assertArrayEquals(
                        first.read(path).orElseThrow(), second.read(path).orElseThrow(), path));
    }

    @Test
    void an_archive_is_as_good_as_a_folder() throws IOException {
        for (String form : new String[] {"tar.gz", "tar", "zip"}) {
            String archive = temp.resolve("log." + form).toString();
            Run.of("log", "export", "--folder", log.toString(), "--archive", archive)
                    .endsWith(ExitCode.OK);
            Run.of("log", "verify", archive, "--key", KEY).endsWith(ExitCode.OK);
            Run.of("audit", "replay", archive, "--key", KEY).endsWith(ExitCode.OK);
            Run.of("log", "show", "3", "--folder", archive).endsWith(ExitCode.OK);
        }
        Path damaged = temp.resolve("log.tar");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[100] ^= 1;
        Files.write(damaged, bytes);
        Run run = Run.of("log", "verify", damaged.toString(), "--key", KEY).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("is not an archive as `holdfast log export` writes it"), run.err());
    }

    @Test
    void a_log_is_exported_as_it_was_when_a_checkpoint_was_kept() throws IOException {
        TestLog honest = TestLog.honest();
        Path grown = temp.resolve("grown");
        honest.export(grown);
        Path kept = Files.write(temp.resolve("kept"), honest.checkpointAt(9).print());
        String then = temp.resolve("then").toString();
        Run.of("log", "export", "--folder", grown.toString(), "--as-of", kept.toString(), "--to", then)
                .endsWith(ExitCode.OK);
        Run run = Run.of("log", "verify", then, "--key", KEY).endsWith(ExitCode.OK);
        assertTrue(run.out().startsWith("holdfast.example/log holds: 9 entries"), run.out());
        Run.of("log", "export", "--folder", grown.toString(), "--size", "9", "--to", then + "2")
                .endsWith(ExitCode.UNREACHABLE);
        Run.of("log", "export", "--folder", log.toString(), "--as-of", kept.toString(), "--to", then + "3")
                .endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void where_to_export_to_is_said_once() {
        String to = temp.resolve("to").toString();
        Run.of("log", "export", "--folder", log.toString()).endsWith(ExitCode.USAGE);
        Run.of("log", "export", "--folder", log.toString(), "--to", to, "--archive", to + ".zip")
                .endsWith(ExitCode.USAGE);
        Run.of("log", "export", "--folder", log.toString(), "--archive", to + ".rar")
                .endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void an_entry_is_shown_with_its_claims() {
        String folder = log.toString();
        String table = Run.of("log", "show", "1", "--folder", folder)
                .endsWith(ExitCode.OK)
                .out();
        assertTrue(table.contains("decision.outcome             HELD\n"), table);
        ObjectNode json = Run.of("log", "show", "1", "--folder", folder, "--output", "json")
                .json();
        assertEquals("HELD", json.at("/claims/decision/outcome").textValue());
        assertTrue(table.contains(json.get("version").textValue()), table);
    }

    @Test
    void the_last_entries_are_listed() {
        String[] lines = Run.of("log", "show", "--last", "2", "--folder", log.toString())
                .endsWith(ExitCode.OK)
                .out()
                .split("\n");
        assertEquals(3, lines.length);
        assertTrue(lines[2].startsWith("14     2026-11-23T12:00:14Z  3      request-decided"), lines[2]);
    }

    @Test
    void an_entry_that_the_log_has_not_is_not_shown() {
        Run run = Run.of("log", "show", "15", "--folder", log.toString()).endsWith(ExitCode.UNREACHABLE);
        assertEquals(
                "there is no entry 15; the log has 15, counted from 0",
                run.err().strip());
    }

    @Test
    void the_checkpoint_is_printed_as_it_was_signed() throws IOException {
        String note = Run.of("log", "checkpoint", "--folder", log.toString())
                .endsWith(ExitCode.OK)
                .out();
        assertEquals(Files.readString(log.resolve("checkpoint"), StandardCharsets.UTF_8), note);
        assertEquals(
                15,
                Run.of("log", "checkpoint", "--folder", log.toString(), "--output", "json")
                        .json()
                        .get("size")
                        .intValue());
    }
}
