package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Tile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogVerifierTest {

    private static final Scrutiny FULL = Scrutiny.full(TestLog.START);
    private static final String BUNDLE = "tile/entries/000.p/15";

    @Test
    void an_honest_log_has_no_finding() {
        Verification verification = verify(TestLog.honest().files());
        assertEquals(List.of(), verification.findings());
        assertEquals(15, verification.size());
        assertEquals(TestLog.ORIGIN, verification.origin());
        assertTrue(verification.holds());
    }

    @Test
    void a_log_with_tiles_of_level_one_has_no_finding() {
        assertEquals(List.of(), verify(longLog().files()).findings());
    }

    @Test
    void a_log_of_exactly_one_full_bundle_has_no_finding() {
        TestLog log = TestLog.started();
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(255))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        assertEquals(List.of(), verify(log.files()).findings());
        assertTrue(log.files().files.containsKey("tile/1/000.p/1"));
    }

    @Test
    void a_wrong_hash_in_a_tile_of_level_one_is_found() {
        MemorySource files = longLog().files();
        files.files.get("tile/1/000.p/1")[31]++;
        assertFound(files, "tile/1/000.p/1: hash 0 is not the one that the entries below it give");
    }

    @Test
    void every_missing_file_is_found_by_its_name() {
        MemorySource whole = longLog().files();
        for (String path : whole.files.keySet()) {
            MemorySource files = whole.copy();
            files.files.remove(path);
            if (path.startsWith("holds/")) {
                assertTrue(verify(files).remarks().get(0).contains("they were erased, or left out"), path);
            } else {
                assertFound(files, path + ": is missing");
            }
        }
    }

    @Test
    void a_missing_bundle_does_not_hide_what_is_wrong_elsewhere() {
        MemorySource files = longLog().files();
        files.files.remove("tile/entries/000");
        files.files.get("tile/0/001.p/44")[0]++;
        List<String> findings = sentences(files);
        assertTrue(findings.contains("tile/entries/000: is missing"), findings::toString);
        assertTrue(findings.stream().anyMatch(it -> it.contains("tile/0/001.p/44, entry 256")), findings::toString);
    }

    @Test
    void an_extra_file_is_found() {
        MemorySource files = TestLog.honest().files();
        files.files.put("tile/0/000.p/13", new byte[32 * 13]);
        files.files.put("rulebooks/" + TestLog.rulebookDigest() + "/holds/us.yaml", new byte[1]);
        files.files.put("notes.txt", new byte[1]);
        assertEquals(
                List.of(
                        "notes.txt: does not belong to this export",
                        "rulebooks/" + TestLog.rulebookDigest() + "/holds/us.yaml: does not belong to this export",
                        "tile/0/000.p/13: does not belong to this export"),
                sentences(files));
    }

    @Test
    void texts_of_a_hold_that_are_those_of_another_are_found() {
        MemorySource files = TestLog.honest().files();
        List<String> texts = files.files.keySet().stream()
                .filter(it -> it.startsWith("holds/"))
                .toList();
        files.files.put(texts.get(0), files.files.get(texts.get(1)));
        List<String> findings = sentences(files);
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith(texts.get(0) + ": hold "), findings::toString);
    }

    @Test
    void two_swapped_entries_are_both_found() {
        MemorySource files = TestLog.honest().files();
        List<byte[]> entries = new ArrayList<>(Bundle.decode(new Tile.Entries(0, 15), files.files.get(BUNDLE)));
        Collections.swap(entries, 3, 8);
        files.files.put(BUNDLE, Bundle.encode(entries));
        String wrong = ": the entry does not have the hash that the tile gives";
        assertFound(files, BUNDLE + " and tile/0/000.p/15, entry 3" + wrong);
        assertFound(files, BUNDLE + " and tile/0/000.p/15, entry 8" + wrong);
    }

    @Test
    void an_entry_signed_by_a_foreign_key_is_found() {
        TestLog log = TestLog.started();
        Event event = TestLog.honest().entries().get(1).entry().event();
        log.addRaw(log.envelope("held"), event, TestLog.foreignWriter());
        assertOnly(log, "tile/entries/000.p/2, entry 1: is not signed by a record key that is in force at its place");
    }

    @Test
    void a_foreign_signature_under_the_right_key_id_is_found() {
        TestLog log = TestLog.honest();
        String text = log.leaf(3).text();
        TestLog forged = TestLog.started();
        forged.addLeaf(Leaf.of(text.substring(0, text.lastIndexOf('.'))
                + log.leaf(4).text().substring(log.leaf(4).text().lastIndexOf('.'))));
        assertFound(
                forged.files(),
                "tile/entries/000.p/2, entry 1: is not signed by a record key that is in force at its place");
    }

    @Test
    void a_checkpoint_signed_by_a_key_that_the_auditor_does_not_trust_is_found() {
        List<String> findings = sentences(TestLog.honest().files(TestLog.foreignLogKey()));
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith("checkpoint: checkpoint is signed by "), findings::toString);
    }

    @Test
    void without_a_key_of_the_auditor_nothing_is_trusted() {
        Verification verification = LogVerifier.verify(
                TestLog.honest().files(), Anchors.ofKeys(List.of(), Optional.empty()), FULL, Progress.NONE);
        assertEquals(2, verification.findings().size(), verification::toString);
    }

    @Test
    void a_log_of_another_name_is_found() {
        Verification verification = LogVerifier.verify(
                TestLog.honest().files(),
                Anchors.ofKeys(List.of(TestLog.verifierKey()), Optional.of("other.example/log")),
                FULL,
                Progress.NONE);
        assertEquals(16, verification.findings().size(), verification::toString);
    }

    @Test
    void time_that_runs_backwards_is_found() {
        TestLog log = TestLog.started();
        log.decide("held", SomeFacts.hongKongWarrant());
        log.waitUntil(TestLog.START.minusSeconds(61));
        log.decide("held", SomeFacts.hongKongWarrant());
        assertOnly(
                log,
                "tile/entries/000.p/3, entry 2: iat is 2026-11-23T11:59:00Z, and an earlier entry has"
                        + " 2026-11-23T12:00:01Z; time does not run backwards");
    }

    @Test
    void a_wrong_epoch_is_found() {
        TestLog log = TestLog.started();
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        log.addRaw(with(log.envelope("held"), "later", 2, TestLog.ORIGIN, OptionalLong.empty()), blocked);
        assertOnly(log, "tile/entries/000.p/2, entry 1: epoch is 2, and there are 1 control entries before it");
    }

    @Test
    void an_unreadable_entry_leaves_the_count_of_epochs_open() {
        TestLog log = TestLog.started();
        log.addLeaf(Leaf.of("no entry at all"));
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        log.addRaw(with(log.envelope("held"), "later", 2, TestLog.ORIGIN, OptionalLong.empty()), blocked);
        assertOnly(log, "tile/entries/000.p/3, entry 1: an entry is a compact JWS of three parts, found 1");
    }

    @Test
    void a_missing_bundle_leaves_the_count_of_epochs_open() {
        TestLog log = TestLog.honest(); // its holds are in the first bundle
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        MemorySource files = log.files();
        files.files.get("tile/entries/000")[0]++;
        List<String> findings = sentences(files);
        findings = findings.stream().filter(it -> !it.startsWith("holds/")).toList(); // named by entries of that bundle
        assertEquals(2, findings.size(), findings.toString());
        assertTrue(findings.get(0).startsWith("tile/entries/000: "), findings.toString());
        assertTrue(findings.get(1).contains("entry 0: is no genesis with a record key"), findings.toString());
    }

    @Test
    void a_second_genesis_is_found() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, log.genesis());
        assertOnly(log, "tile/entries/000.p/2, entry 1: is another genesis; a log has one, and it is entry 0");
    }

    @Test
    void a_log_without_a_genesis_is_found() {
        TestLog log = TestLog.empty();
        log.add("held", new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION));
        List<String> findings = sentences(log.files());
        assertTrue(
                findings.contains(
                        "tile/entries/000.p/1, entry 0: is of kind approval-blocked; a log begins with its genesis"),
                findings::toString);
    }

    @Test
    void a_log_without_any_entry_is_found() {
        assertFound(TestLog.empty().files(), "checkpoint: the log has no entry; a log begins with its genesis");
    }

    @Test
    void a_genesis_that_names_another_log_key_is_found() {
        TestLog log = TestLog.empty();
        VerifierKey other = TestLog.foreignLogKey().verifierKey();
        Event.Genesis genesis = log.genesis();
        log.add(Envelope.LOG, new Event.Genesis(other.toString(), genesis.recordKey(), genesis.holds()));
        assertOnly(log, "tile/entries/000.p/1, entry 0: names a log key that is not among the trusted keys");
    }

    @Test
    void an_id_that_comes_twice_is_found() {
        TestLog log = TestLog.started();
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        log.addRaw(with(log.envelope("a"), "same", 1, TestLog.ORIGIN, OptionalLong.empty()), blocked);
        log.addRaw(with(log.envelope("a"), "same", 1, TestLog.ORIGIN, OptionalLong.empty()), blocked);
        assertOnly(log, "tile/entries/000.p/3, entry 2: jti is that of an earlier entry");
    }

    @Test
    void an_entry_of_another_log_is_found() {
        TestLog log = TestLog.started();
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        log.addRaw(with(log.envelope("a"), "one", 1, "other.example/log", OptionalLong.empty()), blocked);
        assertOnly(log, "tile/entries/000.p/2, entry 1: iss is not the log's origin");
    }

    @Test
    void an_answer_to_itself_is_found() {
        TestLog log = TestLog.started();
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        log.addRaw(with(log.envelope("a"), "one", 1, TestLog.ORIGIN, OptionalLong.of(1)), blocked);
        assertOnly(log, "tile/entries/000.p/2, entry 1: prev is 1; an entry can only answer an earlier one");
    }

    @Test
    void a_rulebook_that_is_not_there_is_found() {
        TestLog log = TestLog.started();
        Envelope right = log.envelope("a");
        String other = "ab".repeat(32);
        log.addRaw(
                new Envelope(right.issuer(), right.at(), right.id(), right.subject(), 1, other, OptionalLong.empty()),
                new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION));
        assertOnly(log, "rulebooks/" + other + "/bundle.lock: is missing");
    }

    @Test
    void a_size_that_nobody_has_the_entries_for_ends_the_search() {
        MemorySource files = TestLog.honest().files();
        String note = "holdfast.example/log\n9000000000000000\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        files.files.put("checkpoint", (note + "\n— x AAAAAAA=\n").getBytes(StandardCharsets.UTF_8));
        List<String> findings = sentences(files);
        assertTrue(findings.size() < 60, findings::toString);
        assertTrue(findings.stream().anyMatch(it -> it.contains("nobody looked for the rest")), findings::toString);
    }

    @Test
    void more_findings_than_fit_are_counted() {
        TestLog log = TestLog.started();
        Event blocked = new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION);
        Envelope wrong = new Envelope("x", Instant.EPOCH, "same", "a", 77, "no digest", OptionalLong.of(99_999));
        EntryWriter writer = TestLog.foreignWriter();
        Leaf leaf = writer.write(wrong, blocked, List.of());
        for (int i = 0; i < 2_000; i++) {
            log.addLeaf(leaf);
        }
        Verification verification = verify(log.files());
        assertEquals(Noted.MOST, verification.findings().size());
        assertEquals(7 * 2_000 - 1 - Noted.MOST, verification.unlisted());
        assertFalse(verification.holds());
    }

    @Test
    void a_source_that_cannot_list_its_files_can_be_verified() {
        MemorySource files = TestLog.honest().files();
        LogSource server = new LogSource() {
            @Override
            public Optional<byte[]> read(String path) {
                return files.read(path);
            }

            @Override
            public Optional<List<String>> list() {
                return Optional.empty();
            }
        };
        assertEquals(List.of(), verify(server).findings());
    }

    private static TestLog longLog() {
        TestLog log = TestLog.honest();
        while (log.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            log.decide("held", SomeFacts.hongKongWarrant());
        }
        return log;
    }

    private static Envelope with(Envelope right, String id, long epoch, String issuer, OptionalLong previous) {
        return new Envelope(issuer, right.at(), id, right.subject(), epoch, right.rulebook(), previous);
    }

    private static void assertOnly(TestLog log, String finding) {
        assertEquals(List.of(finding), sentences(log.files()));
    }

    private static void assertFound(LogSource log, String finding) {
        List<String> findings = sentences(log);
        assertTrue(findings.contains(finding), findings::toString);
    }

    private static List<String> sentences(LogSource log) {
        return verify(log).findings().stream().map(Finding::toString).toList();
    }

    static Verification verify(LogSource log) {
        return LogVerifier.verify(log, TestLog.anchors(), FULL, Progress.NONE);
    }
}
