package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;

/** A checkpoint as it is shown to everybody, and whether its cosignatures are a quorum. */
record Publication(SignedNote note, Checkpoint checkpoint, boolean quorum) {

    boolean covers(long index) {
        return quorum && index < checkpoint.size();
    }

    /** Of one head, a quorum is never given up for more recent but fewer cosignatures. */
    boolean replaces(Publication earlier) {
        return checkpoint.size() > earlier.checkpoint.size()
                || checkpoint.equals(earlier.checkpoint) && (quorum || !earlier.quorum);
    }
}
