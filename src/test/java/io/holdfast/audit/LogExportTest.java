package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {

    private static final TestLog LONG = longLog();

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
        MemorySource log = LONG.files();
        LogExport.write(log, to("log"), Progress.NONE);
        assertSame(log, LogFolder.of(folder.resolve("log")));
    }

    @Test
    void an_export_can_be_exported_again() {
        LogFolder first = TestLog.honest().export(folder.resolve("first"));
        LogExport.write(first, to("second"), Progress.NONE);
        assertSame(first, LogFolder.of(folder.resolve("second")));
    }

    @Test
    void the_texts_of_holds_are_in_it_unless_they_were_erased() {
        MemorySource log = TestLog.honest().files();
        List<String> texts = log.files.keySet().stream()
                .filter(path -> path.startsWith("holds/"))
                .toList();
        assertEquals(3, texts.size());
        assertEquals(Set.of(), LogExport.write(log, to("whole"), Progress.NONE).missing());
        log.files.remove(texts.get(0));
        assertEquals(
                Set.of(texts.get(0)),
                LogExport.write(log, to("erased"), Progress.NONE).missing());
        Verification verification = LogVerifierTest.verify(LogFolder.of(folder.resolve("erased")));
        assertTrue(verification.holds());
        assertTrue(
                verification.remarks().get(0).endsWith("are not here: they were erased, or left out"),
                verification::toString);
    }

    @Test
    void a_log_can_be_exported_as_it_was_at_any_size_that_somebody_kept_a_checkpoint_of() {
        MemorySource now = LONG.files();
        for (int size : new int[] {1, 15, 255, 256, 257, 299, 300}) {
            SignedNote kept = LONG.checkpointAt(size);
            Path to = folder.resolve("as-of-" + size);
            assertEquals(
                    size,
                    LogExport.write(now, kept, ExportTarget.folder(to), Progress.NONE)
                            .checkpoint()
                            .size());
            Verification verification = LogVerifierTest.verify(LogFolder.of(to));
            assertEquals(List.of(), verification.findings());
            assertEquals(size, verification.size());
        }
    }

    @Test
    void an_export_of_then_and_one_made_now_of_then_are_the_same_bytes() {
        TestLog log = TestLog.honest();
        LogFolder then = log.export(folder.resolve("then"));
        SignedNote kept = log.checkpointAt(15);
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        LogExport.write(log.files(), kept, to("now"), Progress.NONE);
        assertSame(then, LogFolder.of(folder.resolve("now")));
    }

    @Test
    void an_earlier_size_is_exported_if_the_log_has_kept_its_checkpoint() {
        MemorySource log = LONG.files();
        assertEquals(
                "the log has kept no checkpoint of 257 entries; give one that you have kept, or one that it has",
                refused(() -> LogExport.write(log, 257, to("no"), Progress.NONE)));
        log.files.put("checkpoints/257", LONG.checkpointAt(257).print());
        LogExport.write(log, 257, to("kept"), Progress.NONE);
        assertTrue(LogVerifierTest.verify(LogFolder.of(folder.resolve("kept"))).holds());
        LogExport.write(log, 300, to("newest"), Progress.NONE);
        assertTrue(
                LogVerifierTest.verify(LogFolder.of(folder.resolve("newest"))).holds());
    }

    @Test
    void the_checkpoint_of_another_log_is_not_exported_with_this_one() {
        SignedNote other = longLog().checkpointAt(200); // its decoys are others
        String refusal = refused(() -> LogExport.write(LONG.files(), other, to("no"), Progress.NONE));
        assertTrue(refusal.startsWith("the first 200 entries of the log have the root "), refusal);
        assertEquals(
                "the log has 15 entries, and not yet 300",
                refused(() ->
                        LogExport.write(TestLog.honest().files(), LONG.checkpointAt(300), to("no"), Progress.NONE)));
    }

    @Test
    void an_interrupted_export_has_no_checkpoint() {
        MemorySource log = LONG.files();
        log.files.remove("tile/1/000.p/1");
        assertEquals(
                "the log has no file tile/1/000.p/1; is it the right log?",
                refused(() -> LogExport.write(log, to("log"), Progress.NONE)));
        Path to = folder.resolve("log");
        assertFalse(Files.exists(to.resolve("checkpoint")));
        assertEquals(
                "checkpoint: is missing",
                LogVerifierTest.verify(LogFolder.of(to)).findings().get(0).toString());
    }

    @Test
    void refuses_a_folder_that_is_not_empty() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertEquals(
                folder + " is not empty; export into a new folder",
                refused(() -> TestLog.honest().export(folder)));
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void a_rulebook_whose_files_lead_elsewhere_is_not_followed() {
        MemorySource log = TestLog.honest().files();
        String lock = "rulebooks/" + TestLog.rulebookDigest() + "/bundle.lock";
        log.files.put(lock, ("ab".repeat(32) + "  ../../../x\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        LogExport.write(log, to("log"), Progress.NONE);
        assertTrue(LogFolder.of(folder.resolve("log")).list().orElseThrow().contains(lock));
        assertEquals(
                List.of(lock),
                LogFolder.of(folder.resolve("log")).list().orElseThrow().stream()
                        .filter(path -> path.startsWith("rulebooks/"))
                        .toList());
    }

    @Test
    void says_how_far_it_is() {
        List<String> steps = new ArrayList<>();
        LogExport.write(LONG.files(), to("log"), (done, all) -> steps.add(done + " of " + all));
        assertEquals(List.of("256 of 300", "300 of 300"), steps);
    }

    private ExportTarget to(String name) {
        return ExportTarget.folder(folder.resolve(name));
    }

    private static String refused(Runnable export) {
        return assertThrows(UnreadableException.class, export::run).getMessage();
    }

    static void assertSame(LogSource first, LogSource second) {
        assertEquals(first.list(), second.list());
        for (String path : first.list().orElseThrow()) {
            assertTrue(
                    java.util.Arrays.equals(
                            first.read(path).orElseThrow(), second.read(path).orElseThrow()),
                    path);
        }
    }

    static TestLog longLog() {
        TestLog log = TestLog.honest();
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        return log;
    }
}
