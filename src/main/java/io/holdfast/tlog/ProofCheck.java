package io.holdfast.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks proofs without the tree, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say. True means proven, provided that the
 * roots given are trusted. Everything else is false, also numbers and proofs that fit no tree: nothing here throws for
 * what a stranger sent.
 */
public final class ProofCheck {
    private ProofCheck() {}

    /** Whether the tree with this size and root has this leaf at this index. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hash hash = leaf;
        Position at = new Position(index, size - 1);
        for (Hash sibling : proof) {
            if (at.isRoot()) {
                return false;
            }
            hash = at.isRightChild() ? Hash.node(sibling, hash) : Hash.node(hash, sibling);
            at = at.parent();
        }
        return at.isRoot() && hash.equals(root);
    }

    /** Whether the tree with the new size and root begins with the whole tree of the old size and root. */
    public static boolean consistent(long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == 0 && !oldRoot.equals(Hash.ofNothing())) {
            return false;
        }
        if (oldSize == 0 || oldSize == newSize) {
            return proof.isEmpty() && (oldSize < newSize || oldRoot.equals(newRoot));
        }
        List<Hash> path = new ArrayList<>(proof);
        Position at = new Position(oldSize - 1, newSize - 1).topOfFullSubtree();
        if (at.isLeftmost()) {
            // The old tree is one full subtree, so the proof leaves out its root: the checker has it already.
            path.add(0, oldRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        Hash before = path.get(0);
        Hash after = path.get(0);
        for (Hash sibling : path.subList(1, path.size())) {
            if (at.isRoot()) {
                return false;
            }
            if (at.isRightChild()) {
                before = Hash.node(sibling, before);
                after = Hash.node(sibling, after);
            } else {
                after = Hash.node(after, sibling);
            }
            at = at.parent();
        }
        return at.isRoot() && before.equals(oldRoot) && after.equals(newRoot);
    }

    /** A node on the way up: its place along its level, and the place of that level's last node. */
    private record Position(long index, long last) {

        boolean isRoot() {
            return last == 0;
        }

        boolean isLeftmost() {
            return index == 0;
        }

        /** A left child without a right neighbour stands for its own parent, so its next sibling is on the left too. */
        boolean isRightChild() {
            return isOdd() || index == last;
        }

        /** One level up; and from a node without neighbour, up to the level where it has one. */
        Position parent() {
            Position up = this;
            if (index == last) {
                while (!up.isOdd() && up.index != 0) {
                    up = up.halved();
                }
            }
            return up.halved();
        }

        /** The largest full subtree that ends where this one does. */
        Position topOfFullSubtree() {
            Position up = this;
            while (up.isOdd()) {
                up = up.halved();
            }
            return up;
        }

        private boolean isOdd() {
            return (index & 1) == 1;
        }

        private Position halved() {
            return new Position(index >> 1, last >> 1);
        }
    }
}
