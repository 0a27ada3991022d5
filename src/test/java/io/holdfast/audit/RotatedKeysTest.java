package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Identifier;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.VerifierKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Logs whose keys changed, as they should and as they must not. */
class RotatedKeysTest {

    private static final VerifierKey OLD = TestLog.verifierKey();
    private static final VerifierKey NEW = TestLog.nextLogKey().verifierKey();
    private static final String UNSIGNED = "is not signed by a record key that is in force at its place";

    @Test
    void a_log_whose_keys_were_rotated_is_verified_with_the_new_log_key_alone() {
        assertEquals(List.of(), verify(TestLog.rotated(), List.of(NEW), TestLog.nextLogKey()));
        assertEquals(List.of(), verify(TestLog.rotated(), List.of(OLD, NEW), TestLog.nextLogKey()));
    }

    @Test
    void it_is_replayed_without_a_word() {
        Replayed replayed = Replay.run(TestLog.rotated().files(), Progress.NONE);

        assertEquals(List.of(), replayed.disagreements());
        assertEquals(3, replayed.decisions());
    }

    @Test
    void during_the_overlap_either_line_of_the_checkpoint_is_enough_for_whoever_trusts_both() {
        TestLog log = overlapping();
        for (NoteSigner[] signers : List.of(
                new NoteSigner[] {TestLog.firstLogKey()},
                new NoteSigner[] {TestLog.nextLogKey()},
                new NoteSigner[] {TestLog.firstLogKey(), TestLog.nextLogKey()})) {
            assertEquals(List.of(), verify(log, List.of(OLD, NEW), signers));
        }
    }

    @Test
    void a_log_key_that_the_log_names_and_the_auditor_does_not_trust_is_found() {
        assertEquals(
                List.of("tile/entries/000.p/2, entry 1: names a log key that is not among the trusted keys"),
                verify(overlapping(), List.of(OLD), TestLog.firstLogKey(), TestLog.nextLogKey()));
    }

    @Test
    void a_log_key_that_the_log_has_retired_signs_nothing_any_more() {
        List<String> findings = verify(TestLog.rotated(), List.of(OLD, NEW), TestLog.firstLogKey());

        assertEquals(
                List.of("checkpoint: is signed by log key " + OLD.label()
                        + ", which the log itself does not have in force at its end"),
                findings);
    }

    @Test
    void a_log_key_that_the_log_never_named_signs_nothing() {
        VerifierKey stranger = TestLog.foreignLogKey().verifierKey();

        List<String> findings = verify(TestLog.started(), List.of(OLD, stranger), TestLog.foreignLogKey());

        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith("checkpoint: is signed by log key " + stranger.label()));
    }

    @Test
    void a_key_that_nobody_in_force_has_signed_for_is_not_in_force() {
        TestLog log = TestLog.started();
        Event added = new Event.KeyAdded(TestLog.nextRecordKey());
        log.addRaw(log.envelope(Envelope.LOG), added, TestLog.nextWriter());
        log.addRaw(log.envelope("later"), blocked(), TestLog.nextWriter());

        assertEquals(
                List.of("tile/entries/000.p/3, entry 1: " + UNSIGNED, "tile/entries/000.p/3, entry 2: " + UNSIGNED),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
    }

    @Test
    void replay_tells_that_a_new_key_has_signed_its_own_addition() {
        TestLog log = TestLog.started();
        log.addRaw(log.envelope(Envelope.LOG), new Event.KeyAdded(TestLog.nextRecordKey()), TestLog.nextWriter());

        assertEquals(List.of(1L), disagreements(log));
    }

    @Test
    void a_forged_signature_under_the_id_of_a_key_in_force_adds_no_key() {
        TestLog right = TestLog.started();
        right.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        String text = right.leaf(1).text();
        TestLog log = TestLog.started();
        log.addLeaf(Leaf.of(text.substring(0, text.length() - 4) + (text.endsWith("AAAA") ? "BBBB" : "AAAA")));
        Envelope next = log.envelope("later");
        log.addRaw(with(next, 2), blocked(), TestLog.nextWriter());

        List<String> findings = verify(log, List.of(OLD), TestLog.firstLogKey());

        assertEquals(
                List.of("tile/entries/000.p/3, entry 1: " + UNSIGNED, "tile/entries/000.p/3, entry 2: " + UNSIGNED),
                findings);
    }

    @Test
    void a_retired_record_key_that_signs_later_is_found() {
        TestLog log = TestLog.rotated();
        long index = log.addRaw(log.envelope("later"), blocked(), TestLog.firstWriter());

        assertEquals(
                List.of("tile/entries/000.p/10, entry 9: " + UNSIGNED),
                verify(log, List.of(NEW), TestLog.nextLogKey()));
        assertEquals(List.of(index), disagreements(log));
    }

    @Test
    void a_record_key_is_not_in_force_before_the_entry_that_adds_it() {
        TestLog log = TestLog.started();
        log.addRaw(log.envelope("too-soon"), blocked(), TestLog.nextWriter());
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        log.add("in-time", blocked());

        assertEquals(
                List.of("tile/entries/000.p/4, entry 1: " + UNSIGNED),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
        assertEquals(List.of(1L), disagreements(log));
    }

    @Test
    void a_key_that_is_added_twice_is_found() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));

        assertEquals(
                List.of("tile/entries/000.p/3, entry 2: adds a key that an earlier entry has named"),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
        assertEquals(List.of(2L), disagreements(log));
    }

    @Test
    void a_retired_key_that_is_added_again_is_found_and_stays_retired() {
        TestLog log = TestLog.rotated();
        NamedKey old = log.standing().keys().spans().get(0).key();
        log.add(Envelope.LOG, new Event.KeyAdded(old));
        log.addRaw(log.envelope("later"), blocked(), TestLog.firstWriter());

        assertEquals(
                List.of(
                        "tile/entries/000.p/11, entry 9: adds a key that an earlier entry has named",
                        "tile/entries/000.p/11, entry 10: " + UNSIGNED),
                verify(log, List.of(NEW), TestLog.nextLogKey()));
    }

    @Test
    void a_key_that_is_retired_without_being_in_force_is_found() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, TestLog.retirement(TestLog.nextRecordKey()));

        assertEquals(
                List.of("tile/entries/000.p/2, entry 1: retires a key that is not in force"),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
        assertEquals(List.of(1L), disagreements(log));
    }

    @Test
    void the_only_key_of_a_purpose_stays_in_force_whoever_retires_it() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, TestLog.retirement(new NamedKey.OfLog(OLD)));
        log.add("later", blocked());

        assertEquals(
                List.of("tile/entries/000.p/3, entry 1: retires the only key of its purpose"),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
        assertEquals(List.of(1L), disagreements(log));
    }

    @Test
    void key_entries_count_as_control_entries() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        log.addRaw(with(log.envelope("later"), 1), blocked(), TestLog.nextWriter());

        assertEquals(
                List.of("tile/entries/000.p/3, entry 2: epoch is 1, and there are 2 control entries before it"),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
    }

    @Test
    void a_rotation_across_bundles_is_followed() {
        TestLog log = TestLog.started();
        while (log.entries().size() < 300) {
            log.add("filler", blocked());
        }
        log.add(Envelope.LOG, new Event.KeyAdded(TestLog.nextRecordKey()));
        while (log.entries().size() < 520) {
            log.add("filler", blocked());
        }
        assertEquals(List.of(), verify(log, List.of(OLD), TestLog.firstLogKey()));
        assertEquals(
                log.standing().keys().inForce(KeyPurpose.RECORD).get(1).id(),
                log.entries().get(519).entry().keyId());

        log.addRaw(log.envelope("later"), blocked(), TestLog.foreignWriter());

        assertEquals(
                List.of("tile/entries/002.p/9, entry 520: " + UNSIGNED),
                verify(log, List.of(OLD), TestLog.firstLogKey()));
    }

    @Test
    void every_changed_byte_of_a_rotated_log_is_found_in_its_file() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("RotatedKeysTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        MemorySource whole = TestLog.rotated().files(TestLog.nextLogKey());
        for (Map.Entry<String, byte[]> file : whole.files.entrySet()) {
            for (int i = 0; i < 60; i++) {
                int position = random.nextInt(file.getValue().length);
                MemorySource damaged = whole.copy();
                damaged.files.get(file.getKey())[position] ^= (byte) (1 + random.nextInt(255));
                List<Finding> findings = LogVerifier.verify(
                                damaged,
                                Anchors.ofKeys(List.of(NEW), Optional.of(TestLog.ORIGIN)),
                                Scrutiny.full(TestLog.START),
                                Progress.NONE)
                        .findings();
                assertTrue(
                        findings.stream().anyMatch(finding -> finding.place().contains(file.getKey())),
                        () -> file.getKey() + " at " + position + " found as " + findings);
            }
        }
    }

    private static TestLog overlapping() {
        TestLog log = TestLog.started();
        log.add(Envelope.LOG, new Event.KeyAdded(new NamedKey.OfLog(NEW)));
        return log;
    }

    private static Event blocked() {
        return new Event.PseudonymLookUpBlocked(Identifier.Type.OFFICER, Event.Blocked.NOT_PERMITTED);
    }

    private static Envelope with(Envelope right, long epoch) {
        return new Envelope(
                right.issuer(),
                right.at(),
                right.id(),
                right.subject(),
                epoch,
                TestLog.rulebookDigest(),
                OptionalLong.empty());
    }

    private static List<Long> disagreements(TestLog log) {
        return Replay.run(log.files(), Progress.NONE).disagreements().stream()
                .map(Disagreement::index)
                .toList();
    }

    private static List<String> verify(TestLog log, List<VerifierKey> trusted, NoteSigner... signers) {
        return LogVerifier.verify(
                        log.files(signers),
                        Anchors.ofKeys(trusted, Optional.of(TestLog.ORIGIN)),
                        Scrutiny.full(TestLog.START),
                        Progress.NONE)
                .findings()
                .stream()
                .map(Finding::toString)
                .toList();
    }
}
