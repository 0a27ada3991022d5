package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final int SIZES = 1100;
    private static final NaiveTree TREE = NaiveTree.ofSize(SIZES);

    @Test
    void known_trees_have_their_known_roots() {
        Frontier frontier = Frontier.empty();
        assertEquals(KnownTree.ROOTS.get(0), frontier.root().hex());
        for (int size = 1; size <= KnownTree.LEAVES.size(); size++) {
            frontier = frontier.append(KnownTree.LEAVES.get(size - 1));
            assertEquals(KnownTree.ROOTS.get(size), frontier.root().hex());
        }
    }

    @Test
    void its_root_is_the_root_by_definition_at_every_size() {
        Frontier frontier = Frontier.empty();
        for (int size = 0; size < SIZES; size++) {
            assertEquals(size, frontier.size());
            assertEquals(TREE.root(size), frontier.root(), "size " + size);
            frontier = frontier.append(TREE.leaf(size));
        }
    }

    @Test
    void going_on_from_stored_bytes_is_going_on() {
        Frontier frontier = Frontier.empty();
        for (int size = 0; size < SIZES; size++) {
            Frontier stored = Frontier.decode(frontier.encode());
            assertEquals(frontier, stored);
            assertEquals(Long.BYTES + Hash.BYTES * Integer.bitCount(size), frontier.encode().length);
            frontier = stored.append(TREE.leaf(size));
        }
        assertEquals(TREE.root(SIZES), frontier.root());
    }

    @Test
    void appending_leaves_the_frontier_before_it_as_it_was() {
        Frontier three = grown(3);
        Frontier four = three.append(TREE.leaf(3));
        three.append(TREE.leaf(9));
        assertEquals(TREE.root(3), three.root());
        assertEquals(TREE.root(4), four.root());
    }

    @Test
    void hands_on_every_subtree_once_and_in_order_when_it_becomes_full() {
        Frontier frontier = Frontier.empty();
        int[] full = new int[12];
        for (int i = 0; i < SIZES; i++) {
            List<Integer> levels = new ArrayList<>();
            frontier = frontier.append(TREE.leaf(i), (level, index, hash) -> {
                levels.add(level);
                assertEquals(full[level]++, index);
                assertEquals(TREE.root((int) (index << level), (int) ((index + 1) << level)), hash);
            });
            for (int level = 0; level < levels.size(); level++) {
                assertEquals(level, levels.get(level));
            }
        }
        for (int level = 0; level < full.length; level++) {
            assertEquals(SIZES >> level, full[level]);
        }
    }

    @Test
    void rejects_bytes_with_a_hash_too_few_or_too_many() {
        byte[] bytes = grown(7).encode();
        assertThrows(MalformedException.class, () -> Frontier.decode(new byte[0]));
        assertThrows(MalformedException.class, () -> Frontier.decode(new byte[7]));
        for (int length : new int[] {8, 40, 72, 103, 105, 136}) {
            byte[] other = Arrays.copyOf(bytes, length);
            assertThrows(MalformedException.class, () -> Frontier.decode(other));
        }
    }

    @Test
    void rejects_a_size_beyond_63_bits() {
        byte[] bytes = ByteBuffer.allocate(40).putLong(Long.MIN_VALUE).array();
        assertThrows(MalformedException.class, () -> Frontier.decode(bytes));
    }

    @Test
    void refuses_to_grow_beyond_63_bits() {
        byte[] bytes = ByteBuffer.allocate(8 + 63 * 32).putLong(Long.MAX_VALUE).array();
        Frontier full = Frontier.decode(bytes);
        assertThrows(MalformedException.class, () -> full.append(TREE.leaf(0)));
    }

    @Test
    void any_flipped_bit_is_refused_or_changes_size_or_root() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 2000; round++) {
            Frontier frontier = grown(1 + random.nextInt(300));
            byte[] bytes = frontier.encode();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Frontier other = Frontier.decode(bytes);
                assertNotEquals(frontier.size() + " " + frontier.root(), other.size() + " " + other.root());
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    private static Frontier grown(int size) {
        Frontier frontier = Frontier.empty();
        for (int i = 0; i < size; i++) {
            frontier = frontier.append(TREE.leaf(i));
        }
        return frontier;
    }
}
