package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Builds the tree again from the entries, and compares every tile and the root with it. Fed bundle by bundle, in order; it
 * keeps one row of hashes for each level, at most 256 long.
 */
final class TreeCheck {

    private static final int LEVELS = 8;

    private final long size;
    private final Optional<Checkpoint> earlier;
    private final CheckedFiles files;
    private final Noted<Finding> findings;
    private final List<List<Hash>> rows = Stream.generate(() -> (List<Hash>) new ArrayList<Hash>())
            .limit(LEVELS)
            .toList();
    private Frontier frontier = Frontier.empty();
    private boolean isWhole = true;

    /** @param earlier a checkpoint that the tree must have passed through; it has at most {@code size} entries */
    TreeCheck(long size, Optional<Checkpoint> earlier, CheckedFiles files, Noted<Finding> findings) {
        this.size = size;
        this.earlier = earlier;
        this.files = files;
        this.findings = findings;
    }

    /** @return false if there is neither bundle nor tile */
    boolean next(CheckedBundle checked) {
        Tile.Entries bundle = checked.bundle();
        Optional<List<Hash>> entries = checked.leaves()
                .map(leaves -> leaves.stream().map(CheckedLeaf::hash).toList());
        if (entries.isPresent() && checked.hashes().isPresent()) {
            Tile.Hashes tile = new Tile.Hashes(0, bundle.index(), bundle.width());
            compare(bundle, entries.get(), tile, checked.hashes().get());
        }
        // Where entries are missing the hashes of the tile stand in, so that the rest of the tree can still be checked.
        Optional<List<Hash>> leaves = entries.or(checked::hashes);
        isWhole &= leaves.isPresent();
        if (isWhole) {
            leaves.get().forEach(this::append);
        }
        return leaves.isPresent();
    }

    private void append(Hash leaf) {
        frontier = frontier.append(leaf, this::becomesFull);
        if (earlier.isPresent() && earlier.get().size() == frontier.size()) {
            compare(earlier.get());
        }
    }

    private void compare(Checkpoint before) {
        if (!frontier.root().equals(before.root())) {
            findings.add(Finding.in(
                    LogLayout.EARLIER,
                    "its root is " + before.root().base64() + ", and the first " + before.size()
                            + " entries here give " + frontier.root().base64()
                            + ": the log has another past than the one that was kept; keep both as evidence"));
        }
    }

    private void compare(Tile.Entries bundle, List<Hash> entries, Tile.Hashes tile, List<Hash> hashes) {
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).equals(hashes.get(i))) {
                findings.add(new Finding(
                        List.of(bundle.path(), tile.path()),
                        OptionalLong.of(bundle.first() + i),
                        "the entry does not have the hash that the tile gives"));
            }
        }
    }

    private void becomesFull(int height, long index, Hash hash) {
        int level = height / 8;
        if (level > 0 && height % 8 == 0) {
            rows.get(level).add(hash);
            if (rows.get(level).size() == Tile.FULL_WIDTH) {
                check(level, index / Tile.FULL_WIDTH);
            }
        }
    }

    private void check(int level, long index) {
        List<Hash> computed = List.copyOf(rows.get(level));
        rows.get(level).clear();
        Tile.Hashes tile = new Tile.Hashes(level, index, computed.size());
        read(tile).filter(hashes -> !hashes.equals(computed)).ifPresent(hashes -> {
            int first = 0;
            while (hashes.get(first).equals(computed.get(first))) {
                first++;
            }
            findings.add(Finding.in(tile.path(), "hash " + first + " is not the one that the entries below it give"));
        });
    }

    private Optional<List<Hash>> read(Tile.Hashes tile) {
        return files.read(tile.path()).flatMap(bytes -> hashes(tile, bytes, findings));
    }

    static Optional<List<Hash>> hashes(Tile.Hashes tile, byte[] bytes, Noted<Finding> findings) {
        if (bytes.length != tile.width() * Hash.BYTES) {
            findings.add(Finding.in(
                    tile.path(), "must be " + tile.width() * Hash.BYTES + " bytes long, found " + bytes.length));
            return Optional.empty();
        }
        return Optional.of(Hash.split(bytes));
    }

    void finish(Checkpoint claimed) {
        if (!isWhole) {
            findings.add(Finding.in(
                    LogLayout.CHECKPOINT, "its root cannot be compared, for entries and their hashes are missing"));
            return;
        }
        for (int level = 1; level < LEVELS; level++) {
            if (!rows.get(level).isEmpty()) {
                check(level, (size >> (8 * level)) / Tile.FULL_WIDTH);
            }
        }
        if (!frontier.root().equals(claimed.root())) {
            findings.add(Finding.in(
                    LogLayout.CHECKPOINT,
                    "its root is " + claimed.root().base64() + ", and the entries give "
                            + frontier.root().base64()));
        }
    }
}
