package io.holdfast.tlog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Builds roots and proofs from the hashes of a tree, as RFC 6962 section 2.1 defines them. A builder throws when it is
 * asked for what a tree of that size does not have. Whether a proof holds is asked of {@link ProofCheck}.
 */
public final class Proofs {
    private Proofs() {}

    /** The root of the tree's first {@code size} leaves. */
    public static Hash root(long size, HashSource hashes) {
        checkSize(size);
        return size == 0 ? Hash.ofNothing() : root(0, size, hashes);
    }

    /** That the leaf at this index is in the tree: the siblings on the way from the leaf to the root, lowest first. */
    public static List<Hash> inclusion(long index, long size, HashSource hashes) {
        checkSize(size);
        if (index < 0 || index >= size) {
            throw new MalformedException("leaf index", "must be below the tree size " + size, index);
        }
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + leftPart(to - from);
            if (index < middle) {
                proof.add(root(middle, to, hashes));
                to = middle;
            } else {
                proof.add(root(from, middle, hashes));
                from = middle;
            }
        }
        Collections.reverse(proof);
        return List.copyOf(proof);
    }

    /** That the tree of the new size begins with the tree of the old size. From the empty tree, the proof is empty. */
    public static List<Hash> consistency(long oldSize, long newSize, HashSource hashes) {
        checkSize(newSize);
        if (oldSize < 0 || oldSize > newSize) {
            throw new MalformedException("old tree size", "must be at most the new tree size " + newSize, oldSize);
        }
        if (oldSize == 0) {
            return List.of();
        }
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = newSize;
        while (to != oldSize) {
            long middle = from + leftPart(to - from);
            if (oldSize <= middle) {
                proof.add(root(middle, to, hashes));
                to = middle;
            } else {
                proof.add(root(from, middle, hashes));
                from = middle;
            }
        }
        // When the old tree is itself the subtree that was reached, its root is known to whoever checks the proof.
        if (from > 0) {
            proof.add(root(from, to, hashes));
        }
        Collections.reverse(proof);
        return List.copyOf(proof);
    }

    /**
     * The root over the leaves from (included) to (excluded), at least one. These are always the ends of the splits
     * above, so the full subtrees they fall into are the 1s of their number, and each is the last of its level before
     * its end.
     */
    private static Hash root(long from, long to, HashSource hashes) {
        long leaves = to - from;
        int level = Long.numberOfTrailingZeros(leaves);
        Hash root = hashes.subtree(level, (to >> level) - 1);
        for (level++; leaves >> level > 0; level++) {
            if ((leaves >> level & 1) == 1) {
                root = Hash.node(hashes.subtree(level, (to >> level) - 1), root);
            }
        }
        return root;
    }

    /** Where a tree of n leaves splits: the largest power of two below n. */
    private static long leftPart(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    private static void checkSize(long size) {
        if (size < 0) {
            throw new MalformedException("tree size", "must not be negative", size);
        }
    }
}
