package io.holdfast.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a tree: just enough hashes to go on appending and to know the root. Immutable, so a writer can
 * extend it by a batch and throw the result away when the batch does not commit.
 *
 * <p>It holds one hash for each 1 in the binary form of the size: the roots of the full subtrees that the tree falls
 * into, largest first. Appending one leaf costs two hashes on average, whatever the size.
 */
public final class Frontier {
    private static final Frontier EMPTY = new Frontier(0, new Hash[0]);

    private final long size;
    private final Hash[] peaks;

    private Frontier(long size, Hash[] peaks) {
        this.size = size;
        this.peaks = peaks;
    }

    public static Frontier empty() {
        return EMPTY;
    }

    public Frontier append(Hash leaf) {
        return append(leaf, (level, index, hash) -> {});
    }

    /**
     * Appends, and hands on every subtree that this leaf makes full: the leaf itself at level 0 first, then upwards.
     */
    public Frontier append(Hash leaf, HashSink becomesFull) {
        if (size == Long.MAX_VALUE) {
            throw new MalformedException("tree size", "must stay below 2^63", size);
        }
        // The 1s at the low end of the size are the full subtrees that the leaf joins, one carry after another.
        int carries = Long.numberOfTrailingZeros(~size);
        Hash joined = leaf;
        becomesFull.subtree(0, size, joined);
        for (int level = 1; level <= carries; level++) {
            joined = Hash.node(peaks[peaks.length - level], joined);
            becomesFull.subtree(level, size >>> level, joined);
        }
        Hash[] next = Arrays.copyOf(peaks, peaks.length - carries + 1);
        next[next.length - 1] = joined;
        return new Frontier(size + 1, next);
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    public Hash root() {
        if (size == 0) {
            return Hash.ofNothing();
        }
        Hash root = peaks[peaks.length - 1];
        for (int i = peaks.length - 2; i >= 0; i--) {
            root = Hash.node(peaks[i], root);
        }
        return root;
    }

    /** The bytes to store: size as 8 bytes big-endian, then the hashes, largest subtree first. */
    public byte[] encode() {
        byte[] hashes = Hash.join(Arrays.asList(peaks));
        return ByteBuffer.allocate(Long.BYTES + hashes.length)
                .putLong(size)
                .put(hashes)
                .array();
    }

    /** The inverse of {@link #encode}. Whether the hashes are the right ones only a comparison of the root can tell. */
    public static Frontier decode(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new MalformedException("frontier", "must begin with a tree size of 8 bytes", bytes.length);
        }
        long size = ByteBuffer.wrap(bytes).getLong();
        if (size < 0) {
            throw new MalformedException("frontier tree size", "must be below 2^63", Long.toUnsignedString(size));
        }
        List<Hash> peaks = Hash.split(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
        if (peaks.size() != Long.bitCount(size)) {
            String rule = "must hold " + Long.bitCount(size) + " hashes for a tree of " + size;
            throw new MalformedException("frontier", rule, peaks.size());
        }
        return new Frontier(size, peaks.toArray(Hash[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frontier that && size == that.size && Arrays.equals(peaks, that.peaks);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(size) + Arrays.hashCode(peaks);
    }

    @Override
    public String toString() {
        return "tree of " + size + " with root " + root();
    }
}
