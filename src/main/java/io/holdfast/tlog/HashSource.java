package io.holdfast.tlog;

/** Where {@link Proofs} looks up the hashes of a tree. */
@FunctionalInterface
public interface HashSource {

    /**
     * The root of the full subtree over the 2^level leaves that begin at leaf index * 2^level. Level 0 is the leaf
     * hashes. Asked only for subtrees that the tree has in full; throws when it cannot answer, and never answers null.
     */
    Hash subtree(int level, long index);
}
