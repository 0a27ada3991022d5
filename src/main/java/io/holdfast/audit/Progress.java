package io.holdfast.audit;

/** Told now and then how far a long reading is. */
@FunctionalInterface
public interface Progress {

    Progress NONE = (done, all) -> {};

    /** So many entries of so many are done. */
    void at(long done, long all);
}
