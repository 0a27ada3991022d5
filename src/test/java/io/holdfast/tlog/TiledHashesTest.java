package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TiledHashesTest {

    @Test
    void roots_and_proofs_from_tiles_are_those_of_the_definition() {
        NaiveTree tree = NaiveTree.ofSize(1100);
        for (int size : new int[] {0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1023, 1024, 1100}) {
            TileFolder folder = TileFolder.of(size, tree::leaf);
            TiledHashes hashes = new TiledHashes(size, folder);
            assertEquals(tree.root(size), Proofs.root(size, hashes));
            for (int index = 0; index < size; index++) {
                assertEquals(tree.inclusion(index, size), Proofs.inclusion(index, size, hashes));
                assertEquals(tree.consistency(index, size), Proofs.consistency(index, size, hashes));
            }
        }
    }

    @Test
    void a_tree_of_70000_proves_itself_from_the_277_tiles_of_the_specification() {
        int size = 70_000;
        TileFolder folder = TileFolder.of(
                size, i -> Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()));
        assertEquals(273 + 1 + 1 + 1 + 1, folder.files.size());
        assertTrue(folder.files.containsKey("tile/0/273.p/112"));
        assertTrue(folder.files.containsKey("tile/1/001.p/17"));
        assertTrue(folder.files.containsKey("tile/2/000.p/1"));

        TiledHashes hashes = new TiledHashes(size, folder);
        assertEquals(folder.root, Proofs.root(size, hashes));
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 500; round++) {
            int index = random.nextInt(size);
            List<Hash> proof = Proofs.inclusion(index, size, hashes);
            assertTrue(ProofCheck.includes(hashes.subtree(0, index), index, size, proof, folder.root));
            int oldSize = random.nextInt(size);
            Hash oldRoot = Proofs.root(oldSize, hashes);
            List<Hash> growth = Proofs.consistency(oldSize, size, hashes);
            assertTrue(ProofCheck.consistent(oldSize, oldRoot, size, folder.root, growth));
        }
    }

    @Test
    void reads_a_tile_once_while_it_is_kept() {
        TileFolder folder = TileFolder.of(600, NaiveTree.ofSize(600)::leaf);
        TiledHashes hashes = new TiledHashes(600, folder);
        for (int index = 0; index < 600; index++) {
            Proofs.inclusion(index, 600, hashes);
        }
        assertEquals(folder.files.size(), folder.reads);
    }

    @Test
    void keeps_a_bounded_number_of_tiles() {
        int[] reads = new int[1];
        TiledHashes hashes = new TiledHashes(100 * 256, tile -> {
            reads[0]++;
            return new byte[8192];
        });
        for (int round = 0; round < 2; round++) {
            for (int tile = 0; tile < 100; tile++) {
                hashes.subtree(0, tile * 256L);
            }
        }
        assertEquals(200, reads[0]);
    }

    @Test
    void rejects_a_tile_of_the_wrong_length_by_its_path() {
        TiledHashes hashes = new TiledHashes(3, tile -> new byte[64]);
        MalformedException e = assertThrows(MalformedException.class, () -> hashes.subtree(0, 0));
        assertEquals("tile/0/000.p/3: must be 96 bytes, found 64", e.getMessage());
    }

    @Test
    void refuses_subtrees_that_the_tree_does_not_have_in_full() {
        TiledHashes hashes = new TiledHashes(5, TileFolder.of(5, NaiveTree.ofSize(5)::leaf));
        assertThrows(MalformedException.class, () -> hashes.subtree(0, 5));
        assertThrows(MalformedException.class, () -> hashes.subtree(2, 1));
        assertThrows(MalformedException.class, () -> hashes.subtree(3, 0));
        assertThrows(MalformedException.class, () -> hashes.subtree(-1, 0));
        assertThrows(MalformedException.class, () -> hashes.subtree(0, -1));
        assertThrows(MalformedException.class, () -> hashes.subtree(64, 0));
        assertThrows(MalformedException.class, () -> new TiledHashes(-1, tile -> new byte[0]));
    }
}
