package io.holdfast.store;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.HashSink;
import io.holdfast.tlog.HashSource;

/**
 * The newest hashes of each level of the tree, so that the proof of an entry just appended needs no read. It begins with the
 * peaks of the tree that was there already: what lies to the left of a new entry is one of these peaks, or newer than they.
 * For the writer's thread only.
 */
final class RecentHashes implements HashSink, HashSource {

    private static final int KEPT = 2048;
    private static final int LEVELS = 62;

    private final Hash[][] ring = new Hash[LEVELS][];
    private final long[][] number = new long[LEVELS][];

    /** @param stored the hashes of a tree of this size */
    RecentHashes(long size, HashSource stored) {
        for (int level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                long last = (size >> level) - 1;
                subtree(level, last, stored.subtree(level, last));
            }
        }
    }

    @Override
    public void subtree(int level, long index, Hash hash) {
        if (ring[level] == null) {
            ring[level] = new Hash[KEPT];
            number[level] = new long[KEPT];
        }
        int slot = (int) (index % KEPT);
        ring[level][slot] = hash;
        number[level][slot] = index;
    }

    @Override
    public Hash subtree(int level, long index) {
        int slot = (int) (index % KEPT);
        if (ring[level] == null || ring[level][slot] == null || number[level][slot] != index) {
            throw new IllegalStateException(
                    "the hash of level " + level + ", index " + index + " is no longer at hand");
        }
        return ring[level][slot];
    }
}
