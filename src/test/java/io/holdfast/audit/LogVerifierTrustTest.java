package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an auditor's policy asks of the witnesses, and how new a log must be. */
class LogVerifierTrustTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:30:00Z");
    private static final Cosigner ONE = witness("one.example", 11);
    private static final Cosigner TWO = witness("two.example", 12);
    private static final Cosigner STRANGER = witness("stranger.example", 13);

    private static final Anchors BOTH = policy("log " + TestLog.verifierKey() + "\nwitness one " + ONE.verifierKey()
            + "\nwitness two " + TWO.verifierKey() + "\ngroup both all one two\nquorum both\n");

    private static final String NO_WITNESS =
            "no witness was asked for: whether the log shows everybody the same is not known";

    @Test
    void a_log_that_the_quorum_has_witnessed_has_no_finding() {
        MemorySource log = witnessed(NOW, ONE, TWO, STRANGER);
        Verification verification = verify(log, BOTH, Scrutiny.full(NOW));
        assertEquals(List.of(), verification.findings());
        assertEquals(List.of(), verification.remarks());
    }

    @Test
    void too_few_witnesses_are_a_finding_that_names_those_who_signed() {
        assertEquals(
                List.of("checkpoint: is cosigned by " + ONE.verifierKey().label() + ", and the quorum is both"),
                sentences(witnessed(NOW, ONE, STRANGER)));
        assertEquals(
                List.of("checkpoint: is cosigned by no witness of the policy, and the quorum is both"),
                sentences(witnessed(NOW)));
    }

    @Test
    void a_witness_whose_time_is_yet_to_come_does_not_count() {
        List<String> found = sentences(witnessed(NOW.plus(Duration.ofMinutes(6)), ONE, TWO));
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).contains("named no time, or one that is yet to come"), found::toString);
    }

    @Test
    void a_cosignature_of_another_checkpoint_is_a_finding() {
        MemorySource log = TestLog.honest().files();
        SignedNote note = SignedNote.parse(log.files.get("checkpoint"));
        Checkpoint other =
                new Checkpoint(TestLog.ORIGIN, 13, Checkpoint.parse(note.text()).root());
        log.files.put("checkpoint", note.with(ONE.sign(other, NOW)).print());
        assertTrue(sentences(log).get(0).contains("does not fit its text"));
    }

    @Test
    void a_log_of_the_policy_does_not_speak_for_another() {
        Anchors other = policy("log " + TestLog.foreignLogKey().verifierKey() + "\nquorum none\n");
        List<String> found = verify(TestLog.honest().files(), other, Scrutiny.full(NOW)).findings().stream()
                .map(Finding::toString)
                .toList();
        assertTrue(found.get(0).startsWith("checkpoint: checkpoint is signed by"), found::toString);
    }

    @Test
    void without_witnesses_it_is_said_that_the_view_may_be_split() {
        Verification verification = verify(TestLog.honest().files(), TestLog.anchors(), Scrutiny.full(NOW));
        assertEquals(List.of(NO_WITNESS), verification.remarks());
    }

    @Test
    void an_old_cosignature_is_a_finding_when_the_log_must_be_new() {
        MemorySource log = witnessed(NOW.minus(Duration.ofMinutes(11)), ONE, TWO);
        Scrutiny tenMinutes = Scrutiny.full(NOW).newestWithin(Duration.ofMinutes(10));
        assertEquals(
                "checkpoint: its newest cosignature is of 2026-11-23T12:19:00Z, more than PT10M before"
                        + " 2026-11-23T12:30:00Z, which is now",
                verify(log, BOTH, tenMinutes).findings().get(0).toString());
        assertTrue(verify(log, BOTH, tenMinutes.newestWithin(Duration.ofMinutes(12)))
                .holds());
    }

    @Test
    void without_witnesses_the_last_entry_says_how_new_it_is_and_that_this_is_its_own_word() {
        Scrutiny tenMinutes = Scrutiny.full(NOW).newestWithin(Duration.ofMinutes(10));
        Verification old = verify(TestLog.honest().files(), TestLog.anchors(), tenMinutes);
        assertEquals(
                "checkpoint: its last entry is of 2026-11-23T12:00:14Z, more than PT10M before 2026-11-23T12:30:00Z,"
                        + " which is now",
                old.findings().get(0).toString());
        assertTrue(old.remarks().get(1).contains("the log's own word"), old::toString);
        assertTrue(verify(
                        TestLog.honest().files(),
                        TestLog.anchors(),
                        Scrutiny.full(TestLog.START.plusSeconds(60)).newestWithin(Duration.ofMinutes(10)))
                .holds());
    }

    @Test
    void a_last_entry_from_the_future_is_a_finding_when_the_log_must_be_new() {
        Scrutiny before =
                Scrutiny.full(TestLog.START.minus(Duration.ofHours(1))).newestWithin(Duration.ofMinutes(10));
        String found = verify(TestLog.honest().files(), TestLog.anchors(), before)
                .findings()
                .get(0)
                .toString();
        assertTrue(found.endsWith("one of the clocks is wrong"), found);
    }

    @Test
    void record_signatures_can_be_left_out_and_that_is_said() {
        TestLog log = TestLog.started();
        log.addRaw(
                log.envelope("held"), TestLog.honest().entries().get(1).entry().event(), TestLog.foreignWriter());
        Scrutiny full = Scrutiny.full(NOW);
        assertEquals(1, verify(log.files(), TestLog.anchors(), full).findings().size());
        Verification without = verify(log.files(), TestLog.anchors(), full.withoutRecordSignatures());
        assertTrue(without.holds());
        assertEquals(
                "NO RECORD SIGNATURE WAS CHECKED: who wrote the records is not known",
                without.remarks().get(0));
    }

    private static MemorySource witnessed(Instant at, Cosigner... witnesses) {
        MemorySource log = TestLog.honest().files();
        SignedNote note = SignedNote.parse(log.files.get("checkpoint"));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        for (Cosigner witness : witnesses) {
            note = note.with(witness.sign(checkpoint, at));
        }
        log.files.put("checkpoint", note.print());
        return log;
    }

    private static List<String> sentences(LogSource log) {
        return verify(log, BOTH, Scrutiny.full(NOW)).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private static Verification verify(LogSource log, Anchors anchors, Scrutiny scrutiny) {
        return LogVerifier.verify(log, anchors, scrutiny, Progress.NONE);
    }

    private static Anchors policy(String text) {
        return new Anchors(TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8)), Optional.of(TestLog.ORIGIN));
    }

    private static Cosigner witness(String name, int number) {
        byte[] seed = new byte[Ed25519Key.SEED_BYTES];
        seed[0] = (byte) number;
        return Cosigner.of(name, Ed25519Key.ofSeed(seed));
    }
}
