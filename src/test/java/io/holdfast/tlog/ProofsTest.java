package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final int SIZES = 300;
    private static final NaiveTree TREE = NaiveTree.ofSize(SIZES);

    @Test
    void known_trees_have_their_known_roots() {
        NaiveTree known = new NaiveTree(KnownTree.LEAVES);
        for (int size = 0; size <= 8; size++) {
            assertEquals(
                    KnownTree.ROOTS.get(size),
                    Proofs.root(size, known.upTo(size)).hex());
        }
    }

    @Test
    void every_root_of_a_tree_up_to_300_leaves_is_that_of_the_definition() {
        for (int size = 0; size <= SIZES; size++) {
            assertEquals(TREE.root(size), Proofs.root(size, TREE.upTo(size)));
        }
    }

    @Test
    void every_inclusion_proof_of_a_tree_up_to_300_leaves_is_that_of_the_definition_and_holds() {
        for (int size = 1; size <= SIZES; size++) {
            HashSource hashes = TREE.upTo(size);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = Proofs.inclusion(index, size, hashes);
                assertEquals(TREE.inclusion(index, size), proof);
                assertTrue(ProofCheck.includes(TREE.leaf(index), index, size, proof, TREE.root(size)));
            }
        }
    }

    @Test
    void every_consistency_proof_of_a_tree_up_to_300_leaves_is_that_of_the_definition_and_holds() {
        for (int size = 0; size <= SIZES; size++) {
            HashSource hashes = TREE.upTo(size);
            for (int oldSize = 0; oldSize <= size; oldSize++) {
                List<Hash> proof = Proofs.consistency(oldSize, size, hashes);
                assertEquals(TREE.consistency(oldSize, size), proof);
                assertTrue(ProofCheck.consistent(oldSize, TREE.root(oldSize), size, TREE.root(size), proof));
            }
        }
    }

    @Test
    void the_example_in_the_package_comment_is_right() {
        Hash a = TREE.root(0, 2);
        assertEquals(List.of(TREE.leaf(3), a, TREE.leaf(4)), Proofs.inclusion(2, 5, TREE.upTo(5)));
        assertEquals(List.of(TREE.leaf(2), TREE.leaf(3), a, TREE.leaf(4)), Proofs.consistency(3, 5, TREE.upTo(5)));
    }

    @Test
    void refuses_what_the_tree_does_not_have() {
        HashSource none = (level, index) -> {
            throw new AssertionError("must be refused before anything is read");
        };
        assertThrows(MalformedException.class, () -> Proofs.root(-1, none));
        assertThrows(MalformedException.class, () -> Proofs.inclusion(0, 0, none));
        assertThrows(MalformedException.class, () -> Proofs.inclusion(5, 5, none));
        assertThrows(MalformedException.class, () -> Proofs.inclusion(-1, 5, none));
        assertThrows(MalformedException.class, () -> Proofs.consistency(6, 5, none));
        assertThrows(MalformedException.class, () -> Proofs.consistency(-1, 5, none));
        assertEquals(List.of(), Proofs.consistency(0, 5, none));
        assertEquals(Hash.ofNothing(), Proofs.root(0, none));
    }

    @Test
    void trees_of_up_to_2_to_the_63_leaves_prove_themselves() {
        // All leaves are alike, so a subtree's root depends on its level alone and no tree need be built.
        List<Hash> byLevel = new ArrayList<>();
        byLevel.add(Hash.leaf(new byte[0]));
        for (int level = 1; level < 63; level++) {
            byLevel.add(Hash.node(byLevel.get(level - 1), byLevel.get(level - 1)));
        }
        HashSource hashes = (level, index) -> byLevel.get(level);
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 2000; round++) {
            long size = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
            checkLargeTree(size > 0 ? size : Long.MAX_VALUE, random, hashes);
        }
        for (long size : new long[] {1L << 62, (1L << 62) - 1, (1L << 62) + 1, Long.MAX_VALUE}) {
            checkLargeTree(size, random, hashes);
        }
    }

    private static void checkLargeTree(long size, Random random, HashSource hashes) {
        Hash root = Proofs.root(size, hashes);
        for (long index : new long[] {0, size - 1, (random.nextLong() >>> 1) % size}) {
            List<Hash> proof = Proofs.inclusion(index, size, hashes);
            assertTrue(ProofCheck.includes(hashes.subtree(0, index), index, size, proof, root));
            Hash oldRoot = Proofs.root(index, hashes);
            List<Hash> growth = Proofs.consistency(index, size, hashes);
            assertTrue(ProofCheck.consistent(index, oldRoot, size, root, growth));
        }
    }
}
