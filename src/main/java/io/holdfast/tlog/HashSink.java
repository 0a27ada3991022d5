package io.holdfast.tlog;

/** Takes the hashes that become final while a tree grows: the other end of {@link HashSource}. */
@FunctionalInterface
public interface HashSink {

    /** The root of a subtree of 2^level leaves that has just become full and will never change again. */
    void subtree(int level, long index, Hash hash);
}
