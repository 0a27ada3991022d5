package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.note.VerifierKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofVerifierTest {

    private static final TestLog LOG = TestLog.honest();
    private static final byte[] PROOF = LOG.proof(5).print();
    private static final byte[] RECORD = LOG.leaf(5).bytes();

    @Test
    void a_record_and_its_proof_hold() {
        ProofVerification verification = verify(PROOF, Optional.of(RECORD));
        assertEquals(List.of(), verification.findings());
        assertEquals(5, verification.index());
        assertEquals(15, verification.size());
        assertEquals(
                EntryKind.REQUEST_DECIDED, verification.entry().orElseThrow().kind());
    }

    @Test
    void every_entry_of_a_log_can_be_proven() {
        for (int i = 0; i < 15; i++) {
            assertTrue(verify(LOG.proof(i).print(), Optional.of(LOG.leaf(i).bytes()))
                    .holds());
        }
    }

    @Test
    void a_proof_can_carry_its_record() {
        assertTrue(
                verify(LOG.proof(5).withExtra(RECORD).print(), Optional.empty()).holds());
    }

    @Test
    void without_the_record_nothing_is_proven() {
        assertEquals(
                "record: is missing; give the record that came with the proof", only(verify(PROOF, Optional.empty())));
    }

    @Test
    void another_record_of_the_same_log_is_not_proven() {
        assertEquals(
                "proof: does not lead from this record to the checkpoint's root; do the two belong together?",
                only(verify(PROOF, Optional.of(LOG.leaf(6).bytes()))));
    }

    @Test
    void a_checkpoint_of_a_foreign_key_is_not_believed() {
        VerifierKey other = TestLog.foreignLogKey().verifierKey();
        ProofVerification verification =
                verify(PROOF, Optional.of(RECORD), Anchors.ofKeys(List.of(other), Optional.empty()));
        assertTrue(only(verification).startsWith("proof: checkpoint is signed by"));
    }

    @Test
    void a_proof_of_another_log_is_not_believed() {
        ProofVerification verification = verify(
                PROOF,
                Optional.of(RECORD),
                Anchors.ofKeys(List.of(TestLog.verifierKey()), Optional.of("other.example/log")));
        assertTrue(only(verification).contains("is it the right log?"));
    }

    @Test
    void every_changed_byte_of_proof_or_record_is_found() {
        for (int i = 0; i < PROOF.length; i++) {
            byte[] changed = PROOF.clone();
            changed[i] ^= 1;
            assertFalse(verify(changed, Optional.of(RECORD)).holds(), "proof, byte " + i);
        }
        for (int i = 0; i < RECORD.length; i++) {
            byte[] changed = RECORD.clone();
            changed[i] ^= 1;
            assertFalse(verify(PROOF, Optional.of(changed)).holds(), "record, byte " + i);
        }
    }

    private static String only(ProofVerification verification) {
        assertEquals(1, verification.findings().size(), verification::toString);
        return verification.findings().get(0).toString();
    }

    private static ProofVerification verify(byte[] proof, Optional<byte[]> record) {
        return verify(proof, record, TestLog.anchors());
    }

    private static ProofVerification verify(byte[] proof, Optional<byte[]> record, Anchors anchors) {
        return ProofVerifier.verify(proof, record, anchors, TestLog.START);
    }
}
