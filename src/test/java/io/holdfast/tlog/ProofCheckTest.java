package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofCheckTest {
    private static final int SIZES = 40;
    private static final NaiveTree TREE = NaiveTree.ofSize(SIZES);
    private static final Hash STRANGER = Hash.leaf(new byte[] {1});

    @Test
    void agrees_with_another_implementation_on_98_inclusion_cases() {
        List<String[]> cases = cases("inclusion-cases.txt");
        assertEquals(98, cases.size());
        for (String[] c : cases) {
            boolean holds = isSha256(c[3], c[4], c[5])
                    && ProofCheck.includes(hash(c[4]), number(c[1]), number(c[2]), proof(c[5]), hash(c[3]));
            assertEquals(c[0].equals("accepted"), holds, c[6]);
        }
    }

    @Test
    void agrees_with_another_implementation_on_97_consistency_cases() {
        List<String[]> cases = cases("consistency-cases.txt");
        assertEquals(97, cases.size());
        for (String[] c : cases) {
            boolean holds = isSha256(c[3], c[4], c[5])
                    && ProofCheck.consistent(number(c[1]), hash(c[3]), number(c[2]), hash(c[4]), proof(c[5]));
            assertEquals(c[0].equals("accepted"), holds, c[6]);
        }
    }

    @Test
    void an_inclusion_proof_holds_for_no_other_leaf_index_root_or_hash() {
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                List<Hash> proof = TREE.inclusion(index, size);
                Hash leaf = TREE.leaf(index);
                Hash root = TREE.root(size);
                assertFalse(ProofCheck.includes(STRANGER, index, size, proof, root));
                assertFalse(ProofCheck.includes(leaf, index, size, proof, STRANGER));
                for (int other = -1; other <= size; other++) {
                    assertEquals(other == index, ProofCheck.includes(leaf, other, size, proof, root));
                }
                for (List<Hash> damaged : damaged(proof)) {
                    assertFalse(ProofCheck.includes(leaf, index, size, damaged, root));
                }
            }
        }
    }

    @Test
    void a_consistency_proof_holds_for_no_other_root_or_hash() {
        for (int size = 1; size <= SIZES; size++) {
            for (int oldSize = 0; oldSize <= size; oldSize++) {
                List<Hash> proof = TREE.consistency(oldSize, size);
                Hash oldRoot = TREE.root(oldSize);
                Hash root = TREE.root(size);
                assertFalse(ProofCheck.consistent(oldSize, STRANGER, size, root, proof));
                if (oldSize > 0) {
                    assertFalse(ProofCheck.consistent(oldSize, oldRoot, size, STRANGER, proof));
                }
                for (List<Hash> damaged : damaged(proof)) {
                    assertFalse(ProofCheck.consistent(oldSize, oldRoot, size, root, damaged));
                }
            }
        }
    }

    @Test
    void a_log_that_changed_an_old_entry_cannot_show_consistency() {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < SIZES; i++) {
            leaves.add(i == 3 ? STRANGER : TREE.leaf(i));
        }
        NaiveTree rewritten = new NaiveTree(leaves);
        for (int oldSize = 4; oldSize < SIZES; oldSize++) {
            List<Hash> proof = rewritten.consistency(oldSize, SIZES);
            assertFalse(ProofCheck.consistent(oldSize, TREE.root(oldSize), SIZES, rewritten.root(SIZES), proof));
        }
    }

    @Test
    void a_proof_that_goes_on_above_the_root_proves_nothing() {
        // The roots are made to fit, so that only the proof's length can be what is wrong.
        Hash leaf = TREE.leaf(0);
        assertFalse(ProofCheck.includes(leaf, 0, 1, List.of(STRANGER), Hash.node(STRANGER, leaf)));

        List<Hash> proof = new ArrayList<>(TREE.consistency(3, 4));
        proof.add(STRANGER);
        Hash oldRoot = Hash.node(STRANGER, TREE.root(3));
        Hash newRoot = Hash.node(STRANGER, TREE.root(4));
        assertFalse(ProofCheck.consistent(3, oldRoot, 4, newRoot, proof));
    }

    @Test
    void numbers_that_fit_no_tree_prove_nothing_and_throw_nothing() {
        List<Hash> none = List.of();
        assertFalse(ProofCheck.includes(STRANGER, 0, 0, none, STRANGER));
        assertFalse(ProofCheck.includes(STRANGER, 0, -1, none, STRANGER));
        assertFalse(ProofCheck.includes(STRANGER, -1, 1, none, STRANGER));
        assertFalse(ProofCheck.includes(STRANGER, 1, 1, none, STRANGER));
        assertFalse(ProofCheck.includes(STRANGER, Long.MAX_VALUE - 1, Long.MAX_VALUE, none, STRANGER));
        assertFalse(ProofCheck.consistent(-1, STRANGER, 1, STRANGER, none));
        assertFalse(ProofCheck.consistent(2, STRANGER, 1, STRANGER, none));
        assertFalse(ProofCheck.consistent(1, STRANGER, Long.MAX_VALUE, STRANGER, none));
        assertFalse(ProofCheck.consistent(3, STRANGER, Long.MAX_VALUE, STRANGER, none));
    }

    @Test
    void every_tree_begins_with_the_empty_tree_and_with_itself() {
        Hash nothing = Hash.ofNothing();
        assertTrue(ProofCheck.consistent(0, nothing, 0, nothing, List.of()));
        assertTrue(ProofCheck.consistent(0, nothing, 9, TREE.root(9), List.of()));
        assertTrue(ProofCheck.consistent(9, TREE.root(9), 9, TREE.root(9), List.of()));
        assertFalse(ProofCheck.consistent(0, nothing, 9, TREE.root(9), List.of(STRANGER)));
        assertFalse(ProofCheck.consistent(9, TREE.root(9), 9, TREE.root(9), List.of(STRANGER)));
        assertFalse(ProofCheck.consistent(9, TREE.root(9), 9, TREE.root(8), List.of()));
        assertFalse(ProofCheck.consistent(0, STRANGER, 0, STRANGER, List.of()));
    }

    /** One hash replaced, left out or doubled, at every place; one more at either end. */
    private static List<List<Hash>> damaged(List<Hash> proof) {
        List<List<Hash>> all = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> replaced = new ArrayList<>(proof);
            replaced.set(i, STRANGER);
            List<Hash> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            List<Hash> doubled = new ArrayList<>(proof);
            doubled.add(i, proof.get(i));
            all.addAll(List.of(replaced, shorter, doubled));
        }
        all.add(Stream.concat(Stream.of(STRANGER), proof.stream()).toList());
        all.add(Stream.concat(proof.stream(), Stream.of(STRANGER)).toList());
        return all;
    }

    private static List<String[]> cases(String file) {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/tlog", file))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some cases have things in the place of hashes that are none; here no such thing can reach the check. */
    private static boolean isSha256(String first, String second, String proof) {
        return Stream.concat(Stream.of(first, second), proofWords(proof)).allMatch(word -> word.length() == 44);
    }

    /** The other implementation counts in unsigned 64 bits. */
    private static long number(String text) {
        return Long.parseUnsignedLong(text);
    }

    private static Hash hash(String text) {
        return Hash.of(Base64.getDecoder().decode(text));
    }

    private static List<Hash> proof(String text) {
        return proofWords(text).map(ProofCheckTest::hash).toList();
    }

    private static Stream<String> proofWords(String text) {
        return text.equals("none") ? Stream.empty() : Stream.of(text.split(","));
    }
}
