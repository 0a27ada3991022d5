package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import io.holdfast.legal.HoldsInForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReplayCommandTest {

    @TempDir
    Path temp;

    @Test
    void an_honest_log_ends_with_0() {
        Run run = replay(TestLog.honest(), "table").endsWith(ExitCode.OK);
        assertTrue(run.out().endsWith("6 decisions decided again: all came out as they should\n"), run.out());
    }

    @Test
    void a_decision_that_ignored_a_hold_ends_with_1() {
        Run run = replay(ignoringTheHold(), "table").endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("entry 1: the log says REFERRED"), run.out());
        assertTrue(run.out().contains("it should be HELD"), run.out());
    }

    @Test
    void disagreements_are_there_for_programs_too() {
        Run run = replay(ignoringTheHold(), "json").endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.json().at("/log/holds").booleanValue());
        assertEquals(1, run.json().at("/disagreements/0/entry").intValue());
    }

    @Test
    void a_log_that_does_not_hold_is_not_replayed() throws IOException {
        TestLog.honest().export(temp.resolve("log"));
        Files.delete(temp.resolve("log/tile/0/000.p/15"));
        Run run = replay("table").endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().endsWith("so nothing was decided again\n"), run.out());
    }

    /** The gateway's own keys sign a decision that the hold forbids. */
    private static TestLog ignoringTheHold() {
        TestLog log = TestLog.started();
        log.add(
                "held",
                TestLog.decided(
                        SomeFacts.hongKongWarrant(),
                        TestLog.rulebookInForce()
                                .decide(
                                        SomeFacts.hongKongWarrant(),
                                        new HoldsInForce(1, List.of()),
                                        TestLog.START.plusSeconds(1))));
        return log;
    }

    private Run replay(TestLog log, String output) {
        log.export(temp.resolve("log"));
        return replay(output);
    }

    private Run replay(String output) {
        return Run.of(
                "audit",
                "replay",
                temp.resolve("log").toString(),
                "--key",
                TestLog.verifierKey().toString(),
                "--output",
                output);
    }
}
