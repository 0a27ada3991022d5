package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks one entry and its {@code .tlog-proof} without the log: that the log's key signed a tree that has exactly this entry
 * at exactly this place. The entry's own signature adds nothing to that, and its key is not in a proof.
 */
public final class ProofVerifier {

    private static final String PROOF = "proof";
    private static final String RECORD = "record";

    private ProofVerifier() {}

    /**
     * @param proof the bytes of the proof file
     * @param record the entry; if it is left out, the proof's {@code extra} must be it
     * @param anchors from the auditor, and never from the proof
     * @param now what the auditor's clock says
     */
    public static ProofVerification verify(byte[] proof, Optional<byte[]> record, Anchors anchors, Instant now) {
        Noted<Finding> findings = new Noted<>();
        try {
            ProofFile file = ProofFile.parse(proof);
            byte[] note = file.checkpoint().getBytes(StandardCharsets.UTF_8);
            SignedNote signed = SignedNote.parse(note);
            Checkpoint claimed = Checkpoint.parse(signed.text());
            try {
                anchors.objections(anchors.judge(signed, now))
                        .forEach(sentence -> findings.add(Finding.in(PROOF, sentence)));
            } catch (UntrustedException e) {
                findings.add(Finding.in(PROOF, e.getMessage()));
            }
            Optional<byte[]> leaf = record.or(file::extra);
            if (leaf.isEmpty()) {
                findings.add(Finding.in(RECORD, "is missing; give the record that came with the proof"));
            }
            Optional<Entry> entry = leaf.flatMap(bytes -> check(bytes, file, claimed, findings));
            return new ProofVerification(
                    claimed.origin(), claimed.size(), claimed.root(), file.index(), entry, findings.kept());
        } catch (MalformedException e) {
            findings.add(Finding.in(PROOF, e.getMessage()));
            return new ProofVerification("", 0, Hash.ofNothing(), 0, Optional.empty(), findings.kept());
        }
    }

    private static Optional<Entry> check(byte[] leaf, ProofFile file, Checkpoint claimed, Noted<Finding> findings) {
        if (!ProofCheck.includes(Hash.leaf(leaf), file.index(), claimed.size(), file.hashes(), claimed.root())) {
            findings.add(Finding.in(
                    PROOF, "does not lead from this record to the checkpoint's root; do the two belong together?"));
        }
        try {
            Entry entry = Entry.parse(Leaf.of(leaf));
            if (!entry.envelope().issuer().equals(claimed.origin())) {
                findings.add(Finding.in(RECORD, "iss is not the origin of the proof's checkpoint"));
            }
            return Optional.of(entry);
        } catch (UnreadableException e) {
            findings.add(Finding.in(RECORD, e.getMessage()));
            return Optional.empty();
        }
    }
}
