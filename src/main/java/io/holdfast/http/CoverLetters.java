package io.holdfast.http;

import io.holdfast.gate.Case;
import io.holdfast.gate.CoverLetter;

/** The letters that lie on top of packages: of the same templates as those that are sent. */
public enum CoverLetters implements CoverLetter {
    INSTANCE;

    @Override
    public byte[] write(Case found) {
        return Posted.cover(found);
    }
}
