package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.TestAuthority;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.TimestampRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs whose checkpoints were stamped, as they should be and as they must not be. */
class TimestampCheckTest {

    private static final TestAuthority AUTHORITY = TestAuthority.of("EC");
    private static final int STAMPED = 15;

    @TempDir
    Path folder;

    /** A log of 15 entries, the last of which names a time-stamp of the checkpoint before it. */
    private static MemorySource stamped(TestAuthority by) {
        TestLog log = TestLog.honest();
        log.stamp(by);
        return log.files();
    }

    private static MemorySource naming(TestLog log, Checkpoint checkpoint, byte[] response) {
        log.name(checkpoint, response);
        return log.files();
    }

    private static Verification verify(LogSource log, Optional<TestAuthority> trusted) {
        Scrutiny scrutiny = Scrutiny.full(TestLog.START.plus(Duration.ofHours(1)));
        return LogVerifier.verify(
                log,
                TestLog.anchors(),
                trusted.map(by -> scrutiny.timestampsBy(by.trusted())).orElse(scrutiny),
                Progress.NONE);
    }

    private static List<String> findings(LogSource log, TestAuthority trusted) {
        return verify(log, Optional.of(trusted)).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private static String path(MemorySource log) {
        return log.files.keySet().stream()
                .filter(path -> path.startsWith("timestamps/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_stamped_log_holds_and_says_when_it_was_there() {
        Verification verification = verify(stamped(AUTHORITY), Optional.of(AUTHORITY));

        assertEquals(List.of(), verification.findings());
        assertTrue(
                verification
                        .remarks()
                        .contains("its first 15 entries were there at " + TestLog.START.plusSeconds(14)
                                + ", says the time-stamp authority"),
                verification::toString);
        assertTrue(Replay.run(stamped(AUTHORITY), Progress.NONE).agrees());
    }

    @Test
    void without_the_authoritys_certificate_it_is_said_that_nobody_checked_who_stamped() {
        Verification verification = verify(stamped(AUTHORITY), Optional.empty());

        assertEquals(List.of(), verification.findings());
        assertTrue(
                verification.remarks().stream().anyMatch(remark -> remark.contains("1 time-stamps was not checked")),
                verification::toString);
        assertTrue(verify(TestLog.honest().files(), Optional.of(AUTHORITY))
                .remarks()
                .contains("the log names no time-stamp"));
    }

    @Test
    void an_entry_that_names_a_stamp_reads_back() {
        TestLog log = TestLog.started();
        log.add(
                Envelope.LOG,
                new Event.CheckpointTimestamped(1, log.leaf(0).hash(), new TimestampResponse(new byte[] {1}).digest()));
        Entry entry = log.entries().get(1).entry();
        assertEquals(EntryKind.CHECKPOINT_TIMESTAMPED, entry.kind());
        assertArrayEquals(
                CanonicalJson.write(EntryWriter.payload(entry.envelope(), entry.event(), entry.sealed())),
                java.util.Base64.getUrlDecoder().decode(entry.leaf().text().split("\\.")[1]));
    }

    @Test
    void exports_have_the_stamps_that_their_entries_name_and_are_the_same_bytes() {
        MemorySource log = stamped(AUTHORITY);
        String path = path(log);
        log.files.put("timestamps/" + "0".repeat(64) + ".tsr", new byte[] {1}); // of a later entry

        LogExport.write(log, ExportTarget.folder(folder.resolve("a")), Progress.NONE);
        LogExport.write(log, ExportTarget.folder(folder.resolve("b")), Progress.NONE);

        LogFolder first = LogFolder.of(folder.resolve("a"));
        LogFolder second = LogFolder.of(folder.resolve("b"));
        assertEquals(first.list(), second.list());
        first.list()
                .orElseThrow()
                .forEach(file -> assertArrayEquals(
                        first.read(file).orElseThrow(), second.read(file).orElseThrow()));
        assertEquals(
                List.of(path),
                first.list().orElseThrow().stream()
                        .filter(file -> file.startsWith("timestamps/"))
                        .toList());
        assertEquals(List.of(), findings(first, AUTHORITY));
    }

    @Test
    void a_stamp_that_is_missing_is_found() {
        MemorySource log = stamped(AUTHORITY);
        String path = path(log);
        log.files.remove(path);

        assertEquals(List.of(path + ": is missing"), findings(log, AUTHORITY));
    }

    @Test
    void a_stamp_that_was_exchanged_is_found() {
        MemorySource log = stamped(AUTHORITY);
        String path = path(log);
        MemorySource other = stamped(AUTHORITY);
        log.files.put(path, other.files.get(path(other)));

        assertEquals(List.of(path + ": is not what entry 15 names"), findings(log, AUTHORITY));
    }

    @Test
    void a_stamp_of_an_authority_that_the_auditor_does_not_believe_is_found() {
        MemorySource log = stamped(TestAuthority.of("EC"));

        List<String> findings = findings(log, AUTHORITY);

        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith(path(log) + ": the certificate of the authority"), findings::toString);
    }

    @Test
    void a_stamp_of_another_checkpoint_is_found() {
        TestLog log = TestLog.honest();
        Checkpoint right = Checkpoint.parse(log.checkpointAt(STAMPED).text());
        Checkpoint wrong = Checkpoint.parse(log.checkpointAt(3).text());
        byte[] response =
                AUTHORITY.answer(TimestampRequest.of(wrong, Optional.empty()).bytes());
        MemorySource files = naming(log, right, response);

        assertEquals(List.of(path(files) + ": the time-stamp is of something else"), findings(files, AUTHORITY));
    }

    @Test
    void an_entry_that_names_a_checkpoint_which_the_log_did_not_have_is_found() {
        for (Checkpoint invented : List.of(
                new Checkpoint(TestLog.ORIGIN, 5, io.holdfast.tlog.Hash.leaf(new byte[] {1})),
                new Checkpoint(TestLog.ORIGIN, 15, io.holdfast.tlog.Hash.leaf(new byte[] {1})))) {
            byte[] response = AUTHORITY.answer(
                    TimestampRequest.of(invented, Optional.empty()).bytes());
            AUTHORITY.at = TestLog.START.plusSeconds(20);
            List<String> findings = findings(naming(TestLog.honest(), invented, response), AUTHORITY);

            assertTrue(
                    findings.stream()
                            .anyMatch(finding ->
                                    finding.startsWith("tile/entries/000.p/16, entry 15: names a checkpoint")),
                    findings::toString);
        }
    }

    @Test
    void a_log_whose_clock_was_behind_the_authoritys_is_found() {
        TestLog log = TestLog.honest();
        Checkpoint checkpoint = Checkpoint.parse(log.checkpointAt(STAMPED).text());
        AUTHORITY.at = TestLog.START.plus(Duration.ofMinutes(20));
        byte[] response = AUTHORITY.answer(
                TimestampRequest.of(checkpoint, Optional.empty()).bytes());

        List<String> findings = findings(naming(log, checkpoint, response), AUTHORITY);

        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).contains("the log's clock was behind the authority's"), findings::toString);
    }
}
