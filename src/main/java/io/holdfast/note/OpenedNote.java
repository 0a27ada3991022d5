package io.holdfast.note;

import java.util.List;

/** A text, and the keys that are proven to have signed it: at least one, each once, in the order of the note. */
public record OpenedNote(String text, List<VerifierKey> signedBy) {
    public OpenedNote {
        signedBy = List.copyOf(signedBy);
    }
}
