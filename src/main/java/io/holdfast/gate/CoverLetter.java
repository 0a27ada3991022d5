package io.holdfast.gate;

/** What lies on top of a package, in plain words. */
@FunctionalInterface
public interface CoverLetter {

    /** @return text in UTF-8 that names nobody */
    byte[] write(Case found);
}
