package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {

    @TempDir
    Path folder;

    @Test
    void an_export_verifies_and_replays() {
        LogFolder export = TestLog.honest().export(folder.resolve("log"));
        assertEquals(List.of(), LogVerifierTest.verify(export).findings());
        assertTrue(Replay.run(export, Progress.NONE).agrees());
    }

    @Test
    void an_export_has_exactly_the_files_of_its_size() {
        MemorySource log = longLog().files();
        LogExport.write(log, TestLog.rulebooks(), folder.resolve("log"), Progress.NONE);
        assertEquals(log.list(), LogFolder.of(folder.resolve("log")).list());
    }

    @Test
    void two_exports_of_one_size_are_the_same_bytes() {
        TestLog log = longLog();
        LogFolder first = log.export(folder.resolve("first"));
        LogFolder second = log.export(folder.resolve("second"));
        assertEquals(first.list(), second.list());
        for (String path : first.list().orElseThrow()) {
            assertArrayEquals(first.read(path).orElseThrow(), second.read(path).orElseThrow(), path);
        }
    }

    @Test
    void an_export_can_be_exported_again() {
        LogFolder first = TestLog.honest().export(folder.resolve("first"));
        LogExport.write(first, TestLog.rulebooks(), folder.resolve("second"), Progress.NONE);
        assertTrue(
                LogVerifierTest.verify(LogFolder.of(folder.resolve("second"))).holds());
    }

    @Test
    void an_interrupted_export_has_no_checkpoint() {
        MemorySource log = longLog().files();
        log.files.remove("tile/1/000.p/1");
        Path to = folder.resolve("log");
        UnreadableException refused = assertThrows(
                UnreadableException.class, () -> LogExport.write(log, TestLog.rulebooks(), to, Progress.NONE));
        assertEquals("the log has no file tile/1/000.p/1; is it the right log?", refused.getMessage());
        assertFalse(Files.exists(to.resolve("checkpoint")));
        assertEquals(
                "checkpoint: is missing",
                LogVerifierTest.verify(LogFolder.of(to)).findings().get(0).toString());
    }

    @Test
    void refuses_a_folder_that_is_not_empty() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        UnreadableException refused =
                assertThrows(UnreadableException.class, () -> TestLog.honest().export(folder));
        assertEquals(folder + " is not empty; export into a new folder", refused.getMessage());
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void refuses_a_rulebook_whose_files_lead_elsewhere() {
        Map<String, java.util.SortedMap<String, byte[]>> hostile =
                Map.of("ab".repeat(32), new TreeMap<>(Map.of("../../x", new byte[1])));
        MemorySource log = TestLog.honest().files();
        Path to = folder.resolve("log");
        assertThrows(UnreadableException.class, () -> LogExport.write(log, hostile, to, Progress.NONE));
    }

    @Test
    void says_how_far_it_is() {
        List<String> steps = new ArrayList<>();
        Checkpoint checkpoint = LogExport.write(
                longLog().files(),
                TestLog.rulebooks(),
                folder.resolve("log"),
                (done, all) -> steps.add(done + " of " + all));
        assertEquals(300, checkpoint.size());
        assertEquals(List.of("256 of 300", "300 of 300"), steps);
    }

    private static TestLog longLog() {
        TestLog log = TestLog.honest();
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        return log;
    }
}
