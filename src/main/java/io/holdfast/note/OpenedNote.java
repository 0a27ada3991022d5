package io.holdfast.note;

import java.util.List;

/**
 * A text, and the keys that are proven to have signed it: at least one, each once, in the order of the note. The
 * cosignatures are those of the keys whose signatures say when they were made; of several by one key, the latest.
 */
public record OpenedNote(String text, List<VerifierKey> signedBy, List<Cosignature> cosignatures) {
    public OpenedNote {
        signedBy = List.copyOf(signedBy);
        cosignatures = List.copyOf(cosignatures);
    }
}
