package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogGossipCommandTest {

    private static final String KEY = TestLog.verifierKey().toString();

    private final TestLog log = TestLog.honest();
    private final TestLog other = TestLog.honest();

    @TempDir
    Path temp;

    @Test
    void checkpoints_are_found_wherever_they_are_and_listed_in_order() throws IOException {
        log.export(temp.resolve("pile/export"));
        Path archive = temp.resolve("pile/log.zip");
        Run.of("log", "export", "--folder", temp.resolve("pile/export").toString(), "--archive", archive.toString())
                .endsWith(ExitCode.OK);
        Files.write(temp.resolve("pile/7.tlog-proof"), log.proof(7).print());
        Files.write(temp.resolve("pile/mine"), log.checkpointAt(3).print());
        Files.writeString(temp.resolve("pile/letter.txt"), "Dear auditor,\n");
        Run run = gossip().endsWith(ExitCode.OK);
        String[] lines = run.out().split("\n");
        assertTrue(lines[1].startsWith("holdfast.example/log  3 "), run.out());
        assertTrue(lines[1].endsWith("mine"), run.out());
        assertTrue(lines[2].endsWith("7.tlog-proof, export/checkpoint, log.zip"), run.out());
        assertTrue(run.out().contains("no fork: no two of one size differ"), run.out());
    }

    @Test
    void a_fork_ends_with_1_and_leaves_evidence_that_can_be_checked() throws IOException {
        pile(log.checkpointAt(9).print(), other.checkpointAt(9).print());
        String evidence = temp.resolve("evidence").toString();
        Run run = gossip("--evidence", evidence).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("\nFORK\nholdfast-fork@v1\nThe keys below signed two logs"), run.out());
        String written = Files.readString(Path.of(evidence));
        assertTrue(run.out().contains(written), run.out());

        Run check = Run.of("log", "gossip", "--check", evidence, "--key", KEY).endsWith(ExitCode.OK);
        assertTrue(check.out().startsWith("proven: The keys below signed two logs"), check.out());
        String foreign = TestLog.foreignLogKey().verifierKey().toString();
        Run.of("log", "gossip", "--check", evidence, "--key", foreign).endsWith(ExitCode.CHECK_FAILED);
        Files.writeString(Path.of(evidence), written + "x");
        Run.of("log", "gossip", "--check", evidence, "--key", KEY).endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void with_the_log_checkpoints_of_other_sizes_are_compared_too() throws IOException {
        String exported = temp.resolve("export").toString();
        log.export(Path.of(exported));
        pile(other.checkpointAt(9).print());
        gossip().endsWith(ExitCode.OK);
        Run run = gossip("--log", exported, "--output", "json").endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.json().get("forked").booleanValue());
        assertTrue(run.json().at("/forks/0/evidence").textValue().contains("\nroot "), run.out());
        pile(log.checkpointAt(9).print());
        assertTrue(gossip("--log", exported).endsWith(ExitCode.OK).out().contains("no fork: the log begins with"));
    }

    @Test
    void a_pile_without_anything_to_compare_is_no_check_that_passed() throws IOException {
        pile("nothing\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        gossip().endsWith(ExitCode.UNREACHABLE);
        pile(log.files(TestLog.foreignLogKey()).files.get("checkpoint"));
        Run run = gossip().endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("0: checkpoint is signed by"), run.err());
    }

    @Test
    void evidence_can_lie_in_the_pile_itself() throws IOException {
        pile(log.checkpointAt(9).print(), other.checkpointAt(9).print());
        gossip("--evidence", temp.resolve("pile/evidence").toString()).endsWith(ExitCode.CHECK_FAILED);
        Files.delete(temp.resolve("pile/0"));
        Files.delete(temp.resolve("pile/1"));
        gossip().endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void several_forks_are_several_evidences() throws IOException {
        TestLog third = TestLog.started();
        third.decide("other", SomeFacts.fromChina());
        pile(
                log.checkpointAt(2).print(),
                other.checkpointAt(2).print(),
                third.checkpointAt(2).print());
        gossip("--evidence", temp.resolve("evidence").toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(Files.exists(temp.resolve("evidence.2")));
        assertFalse(Files.exists(temp.resolve("evidence.3")));
    }

    @Test
    void what_to_compare_is_said_once() throws IOException {
        pile(log.checkpointAt(9).print());
        Run.of("log", "gossip", "--key", KEY).endsWith(ExitCode.USAGE);
        gossip("--check", temp.resolve("pile/0").toString()).endsWith(ExitCode.USAGE);
        Run.of("log", "gossip", temp.resolve("nowhere").toString(), "--key", KEY)
                .endsWith(ExitCode.UNREACHABLE);
    }

    private void pile(byte[]... files) throws IOException {
        Files.createDirectories(temp.resolve("pile"));
        for (int i = 0; i < files.length; i++) {
            Files.write(temp.resolve("pile/" + i), files[i]);
        }
    }

    private Run gossip(String... more) {
        List<String> words =
                new ArrayList<>(List.of("log", "gossip", temp.resolve("pile").toString(), "--key", KEY));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }
}
