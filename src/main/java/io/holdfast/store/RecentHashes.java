package io.holdfast.store;

import io.holdfast.tlog.Hash;
import io.holdfast.tlog.HashSink;
import io.holdfast.tlog.HashSource;

/**
 * The newest hashes of each level of the tree, so that the proof of an entry just appended needs no read. Older ones come
 * from the tables. For the writer's thread only.
 */
final class RecentHashes implements HashSink, HashSource {

    private static final int KEPT = 2048;
    private static final int LEVELS = 62;

    private final Hash[][] ring = new Hash[LEVELS][];
    private final long[][] number = new long[LEVELS][];
    private final HashSource older;

    RecentHashes(HashSource older) {
        this.older = older;
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
        if (ring[level] != null) {
            int slot = (int) (index % KEPT);
            if (ring[level][slot] != null && number[level][slot] == index) {
                return ring[level][slot];
            }
        }
        return older.subtree(level, index);
    }
}
