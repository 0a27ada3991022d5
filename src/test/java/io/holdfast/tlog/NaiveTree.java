package io.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions of RFC 6962 section 2.1, written down as they stand there: recursive, slow, and nothing else. */
final class NaiveTree {
    private final List<Hash> leaves;
    private final Map<List<Integer>, Hash> roots = new HashMap<>();

    NaiveTree(List<Hash> leaves) {
        this.leaves = leaves;
    }

    /** Leaves that are all different: the hashes of "entry 0", "entry 1" and so on. */
    static NaiveTree ofSize(int size) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Hash.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return new NaiveTree(leaves);
    }

    Hash leaf(int index) {
        return leaves.get(index);
    }

    Hash root(int size) {
        return size == 0 ? Hash.ofNothing() : root(0, size);
    }

    Hash root(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        Hash known = roots.get(List.of(from, to));
        if (known == null) {
            int middle = from + split(to - from);
            known = Hash.node(root(from, middle), root(middle, to));
            roots.put(List.of(from, to), known);
        }
        return known;
    }

    List<Hash> inclusion(int index, int size) {
        return path(index, 0, size);
    }

    List<Hash> consistency(int oldSize, int newSize) {
        return oldSize == 0 ? List.of() : subproof(oldSize, 0, newSize, true);
    }

    /** The same tree as a source for {@link Proofs}; refuses what a tree of this size does not have in full. */
    HashSource upTo(int size) {
        return (level, index) -> {
            long from = index << level;
            long to = (index + 1) << level;
            if (to > size) {
                throw new AssertionError("asked for leaves " + from + " to " + to + " of a tree of " + size);
            }
            return root((int) from, (int) to);
        };
    }

    private List<Hash> path(int index, int from, int to) {
        if (to - from == 1) {
            return List.of();
        }
        int middle = from + split(to - from);
        return index < middle
                ? with(path(index, from, middle), root(middle, to))
                : with(path(index, middle, to), root(from, middle));
    }

    private List<Hash> subproof(int oldSize, int from, int to, boolean known) {
        if (oldSize == to - from) {
            return known ? List.of() : List.of(root(from, to));
        }
        int split = split(to - from);
        int middle = from + split;
        return oldSize <= split
                ? with(subproof(oldSize, from, middle, known), root(middle, to))
                : with(subproof(oldSize - split, middle, to, false), root(from, middle));
    }

    private static int split(int leaves) {
        int split = 1;
        while (split * 2 < leaves) {
            split *= 2;
        }
        return split;
    }

    private static List<Hash> with(List<Hash> hashes, Hash last) {
        List<Hash> all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }
}
