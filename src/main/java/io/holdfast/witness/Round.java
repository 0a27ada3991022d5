package io.holdfast.witness;

import io.holdfast.note.Cosignature;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.OpenedNote;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;

/** One checkpoint and the cosignatures that have come for it so far. Guarded by whoever owns it. */
final class Round {
    private final Head head;
    private final List<VerifierKey> witnesses;
    private final List<NoteSignature> cosignatures = new ArrayList<>();
    private int outstanding;

    Round(Head head, List<VerifierKey> witnesses, int asked) {
        this.head = head;
        this.witnesses = witnesses;
        this.outstanding = asked;
    }

    Head head() {
        return head;
    }

    void answered(List<NoteSignature> checked) {
        outstanding--;
        cosignatures.addAll(checked);
    }

    boolean isComplete() {
        return outstanding == 0;
    }

    /** The checkpoint with all signatures: the log's first, as they were made, then the witnesses'. */
    Publication publication(TrustPolicy policy) {
        List<NoteSignature> all = new ArrayList<>(head.note().signatures());
        all.addAll(cosignatures);
        SignedNote note = new SignedNote(head.note().text(), all);
        List<Cosignature> counted =
                cosignatures.isEmpty() ? List.of() : opened(note).cosignatures();
        return new Publication(note, head.checkpoint(), policy.holds(counted));
    }

    private OpenedNote opened(SignedNote note) {
        return note.open(witnesses);
    }
}
