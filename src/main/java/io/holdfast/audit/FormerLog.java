package io.holdfast.audit;

import io.holdfast.note.KeyLabel;
import io.holdfast.tlog.Hash;

/**
 * The log that another one continues, after it was frozen: its name, and the largest tree that was signed of it. A genesis names
 * it, so that whoever has seen the former log finds the next one, and sees what of it is missing.
 *
 * @param size entries that were signed
 * @param root of the tree over them
 */
public record FormerLog(String origin, long size, Hash root) {

    /** @throws IllegalArgumentException if no log can be called so, or have ended so */
    public FormerLog {
        if (size < 1) {
            throw new IllegalArgumentException("a log that is continued has at least its genesis");
        }
        new KeyLabel(origin, 0); // a log goes by the name of its keys, and that is no free text
    }
}
