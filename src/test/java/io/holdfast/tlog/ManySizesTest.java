package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Roots and proofs by two routes: as a log makes them, by a frontier and from its tiles; and by the definition.
 *
 * <p>Of each size a sample of the proofs is made; {@code -Dholdfast.every-proof} makes them all, which takes minutes.
 */
class ManySizesTest {
    private static final boolean EVERY_PROOF = System.getProperty("holdfast.every-proof") != null;
    private static final int SAMPLE = 3;

    @Test
    void every_size_from_0_to_1100_proves_itself_by_both_routes() {
        checkSizes(IntStream.rangeClosed(0, 1100).toArray());
    }

    /** A second level of tiles becomes full at 65,536, and a third begins. */
    @Test
    void sizes_around_65536_prove_themselves_by_both_routes() {
        checkSizes(65_279, 65_280, 65_281, 65_534, 65_535, 65_536, 65_537, 65_538, 65_791, 65_792, 65_793);
    }

    private static void checkSizes(int... sizes) {
        Random random = Seeded.random(ManySizesTest.class);
        NaiveTree tree = NaiveTree.ofSize(Arrays.stream(sizes).max().orElseThrow());
        TileFolder.GrowingTiles tiles = new TileFolder.GrowingTiles();
        int grown = 0;
        for (int size : sizes) {
            for (; grown < size; grown++) {
                tiles.append(tree.leaf(grown));
            }
            assertEquals(tree.root(size), tiles.root(), "size " + size);
            HashSource hashes = new TiledHashes(size, tiles);
            assertEquals(tree.root(size), Proofs.root(size, hashes), "size " + size);
            for (int index : indexes(size, random)) {
                checkInclusion(tree, hashes, index, size);
                checkConsistency(tree, hashes, index, size);
            }
            checkConsistency(tree, hashes, size, size);
        }
    }

    private static int[] indexes(int size, Random random) {
        if (EVERY_PROOF) {
            return IntStream.range(0, size).toArray();
        }
        // The ends, and both sides of the largest full subtree, besides the sample.
        int half = Integer.highestOneBit(Math.max(1, size - 1));
        IntStream edges = IntStream.of(0, half - 1, half, size - 1).filter(index -> index >= 0 && index < size);
        IntStream sample = random.ints(size == 0 ? 0 : SAMPLE, 0, Math.max(1, size));
        return IntStream.concat(edges, sample).distinct().toArray();
    }

    private static void checkInclusion(NaiveTree tree, HashSource hashes, int index, int size) {
        List<Hash> proof = Proofs.inclusion(index, size, hashes);
        assertEquals(tree.inclusion(index, size), proof);
        assertTrue(ProofCheck.includes(tree.leaf(index), index, size, proof, tree.root(size)));
        assertFalse(ProofCheck.includes(Hash.ofNothing(), index, size, proof, tree.root(size)));
        assertFalse(ProofCheck.includes(tree.leaf(index), index ^ 1, size, proof, tree.root(size)));
    }

    private static void checkConsistency(NaiveTree tree, HashSource hashes, int oldSize, int size) {
        List<Hash> proof = Proofs.consistency(oldSize, size, hashes);
        Hash oldRoot = tree.root(oldSize);
        assertEquals(tree.consistency(oldSize, size), proof);
        assertTrue(ProofCheck.consistent(oldSize, oldRoot, size, tree.root(size), proof));
        if (oldSize > 0) {
            assertFalse(ProofCheck.consistent(oldSize, Hash.leaf(new byte[9]), size, tree.root(size), proof));
        }
    }
}
