package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An auditor comes back with the checkpoint of the last visit. */
class LogVerifierSinceTest {

    /** Where bundles end, and beside it; the log has 300 entries. */
    private static final List<Integer> SIZES = List.of(1, 2, 15, 255, 256, 257, 299, 300);

    private static final TestLog LOG = grown();

    @Test
    void a_log_that_grew_holds_and_says_which_signatures_were_not_checked_again() {
        for (int size : SIZES) {
            Verification verification = verify(LOG.files(), LOG.checkpointAt(size));
            assertEquals(List.of(), verification.findings(), "since " + size);
            assertEquals(
                    "the first " + size
                            + " entries are those of the earlier checkpoint: their signatures were not checked again",
                    verification.remarks().get(0));
        }
    }

    @Test
    void signatures_are_checked_from_the_earlier_checkpoint_on() {
        TestLog log = TestLog.started();
        Event event = TestLog.honest().entries().get(1).entry().event();
        log.addRaw(log.envelope("held"), event, TestLog.foreignWriter());
        SignedNote kept = SignedNote.parse(log.files().files.get("checkpoint"));
        log.addRaw(log.envelope("held"), event, TestLog.foreignWriter());
        assertEquals(
                List.of("tile/entries/000.p/3, entry 2: is not signed by a record key that is in force at its place"),
                sentences(verify(log.files(), kept)));
    }

    @Test
    void a_record_before_the_earlier_checkpoint_that_was_changed_is_found() {
        for (int index : new int[] {0, 7, 255, 260}) {
            MemorySource log = LOG.files();
            String bundle = index < 256 ? "tile/entries/000" : "tile/entries/001.p/44";
            byte[] bytes = log.files.get(bundle);
            int at = bundle.endsWith("44") ? 1_000 : index * bytes.length / 256 + 100;
            bytes[at] ^= 1;
            assertTrue(
                    sentences(verify(log, LOG.checkpointAt(299))).stream().anyMatch(it -> it.startsWith(bundle)),
                    "entry " + index);
        }
    }

    @Test
    void another_past_is_found_whoever_signed_it() {
        TestLog other = TestLog.started();
        while (other.standing().last().isBefore(TestLog.START.plusSeconds(299))) {
            other.decide("other", SomeFacts.fromChina());
        }
        for (int size : SIZES.subList(1, SIZES.size())) {
            List<String> found = sentences(verify(other.files(), LOG.checkpointAt(size)));
            assertEquals(1, found.size(), found::toString);
            assertTrue(
                    found.get(0).startsWith("earlier checkpoint: its root is ")
                            && found.get(0)
                                    .endsWith("the log has another past than the one that was kept;"
                                            + " keep both as evidence"),
                    found::toString);
        }
    }

    @Test
    void a_log_that_became_shorter_is_found() {
        TestLog shorter = TestLog.honest();
        assertEquals(
                List.of("earlier checkpoint: has 300 entries, and the log now shows 15: it was cut back, or this is an"
                        + " older copy; keep both as evidence"),
                sentences(verify(shorter.files(), LOG.checkpointAt(300))));
    }

    @Test
    void an_earlier_checkpoint_that_the_auditor_has_no_key_for_helps_nobody() {
        NoteSigner foreign = TestLog.foreignLogKey();
        SignedNote kept = new Checkpoint(TestLog.ORIGIN, 1, Hash.ofNothing()).sign(foreign);
        Verification verification = verify(TestLog.honest().files(), kept);
        assertTrue(sentences(verification).get(0).startsWith("earlier checkpoint: checkpoint is signed by "));
        assertEquals(1, verification.remarks().size(), "all signatures were checked");
    }

    private static final String FORMER = "former.example/log";
    private static final NoteSigner FORMER_KEY = new NoteSigner(FORMER, Ed25519Key.generate());
    private static final Hash FORMER_ROOT = Hash.leaf(new byte[] {1});

    /** A log that says it continues another one of 10 entries. */
    private static TestLog continuing() {
        TestLog log = TestLog.empty();
        Event.Genesis plain = log.genesis();
        log.add(
                Envelope.LOG,
                new Event.Genesis(
                        plain.logKey(),
                        plain.recordKey(),
                        plain.otherKeys(),
                        plain.holds(),
                        Optional.of(new FormerLog(FORMER, 10, FORMER_ROOT))));
        return log;
    }

    private static Verification verifyAfter(TestLog log, Checkpoint former) {
        List<VerifierKey> keys = List.of(TestLog.verifierKey(), FORMER_KEY.verifierKey());
        return LogVerifier.verify(
                log.files(),
                Anchors.ofKeys(keys, Optional.empty()),
                Scrutiny.full(TestLog.START).since(former.sign(FORMER_KEY)),
                Progress.NONE);
    }

    @Test
    void a_log_that_continues_another_says_so() {
        Verification verification = LogVerifier.verify(
                continuing().files(), TestLog.anchors(), Scrutiny.full(TestLog.START), Progress.NONE);

        assertEquals(List.of(), sentences(verification));
        assertTrue(
                verification
                        .remarks()
                        .contains("it continues the log former.example/log, of which 10 entries were signed, root "
                                + FORMER_ROOT.base64() + "; verify that one too"),
                verification.remarks()::toString);
    }

    @Test
    void what_the_log_that_it_continues_has_signed_must_be_within_what_it_names() {
        for (Checkpoint kept : List.of(
                new Checkpoint(FORMER, 3, Hash.leaf(new byte[] {2})), new Checkpoint(FORMER, 10, FORMER_ROOT))) {
            assertEquals(List.of(), sentences(verifyAfter(continuing(), kept)));
        }
        assertEquals(
                List.of(
                        "earlier checkpoint: has 12 entries, and the log that continues it says that 10 were signed: the"
                                + " others were left out; keep both as evidence"),
                sentences(verifyAfter(continuing(), new Checkpoint(FORMER, 12, FORMER_ROOT))));
        assertEquals(
                List.of("earlier checkpoint: has another root of 10 entries than the log that continues it says: one of"
                        + " them is not what was signed; keep both as evidence"),
                sentences(verifyAfter(continuing(), new Checkpoint(FORMER, 10, Hash.leaf(new byte[] {3})))));
    }

    @Test
    void a_checkpoint_of_a_log_that_it_does_not_continue_is_the_wrong_file() {
        assertEquals(
                List.of("earlier checkpoint: is of another log; is it the right file?"),
                sentences(verifyAfter(TestLog.started(), new Checkpoint(FORMER, 10, FORMER_ROOT))));
    }

    private static TestLog grown() {
        TestLog log = TestLog.started();
        for (int i = 1; i < 300; i++) {
            log.decide("request-" + i, i % 2 == 0 ? SomeFacts.hongKongWarrant() : SomeFacts.usWarrant());
        }
        return log;
    }

    private static List<String> sentences(Verification verification) {
        return verification.findings().stream().map(Finding::toString).toList();
    }

    private static Verification verify(LogSource log, SignedNote kept) {
        return LogVerifier.verify(
                log, TestLog.anchors(), Scrutiny.full(TestLog.START).since(kept), Progress.NONE);
    }
}
