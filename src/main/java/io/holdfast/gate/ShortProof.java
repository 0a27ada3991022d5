package io.holdfast.gate;

import io.holdfast.note.NoteSignature;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.ProofFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A proof that fits into a header of HTTP: under its checkpoint only the short signatures, Ed25519. Those of ML-DSA-44 have 2,420
 * bytes each, and a proxy takes 8 kB of a header at most; the checkpoint with all of them is at {@code /log/checkpoint}.
 */
final class ShortProof {

    /** A time and a signature. */
    private static final int LONGEST = 8 + 64;

    private ShortProof() {}

    static String of(ProofFile proof) {
        SignedNote note = SignedNote.parse(proof.checkpoint().getBytes(StandardCharsets.UTF_8));
        List<NoteSignature> shorter = note.signatures().stream()
                .filter(signature -> signature.bytes().length <= LONGEST)
                .toList();
        SignedNote shown = new SignedNote(note.text(), shorter);
        return new String(
                new ProofFile(proof.index(), proof.hashes(), new String(shown.print(), StandardCharsets.UTF_8)).print(),
                StandardCharsets.UTF_8);
    }
}
