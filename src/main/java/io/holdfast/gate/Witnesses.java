package io.holdfast.gate;

/**
 * Those outside who have seen the log. What they have cosigned cannot be taken back or shown differently to somebody else,
 * so nothing is handed over on the strength of an entry that too few of them have seen. Safe for many threads.
 */
@FunctionalInterface
public interface Witnesses {

    /** A log that nobody is asked to watch: nothing waits. */
    Witnesses NONE = index -> true;

    /**
     * Waits until a checkpoint is published that a quorum has cosigned and whose tree has the entry of this index; not longer
     * than a time limit of its own.
     *
     * @return false if the limit has passed, or anything else went wrong: then nothing is released
     */
    boolean vouchFor(long index);
}
