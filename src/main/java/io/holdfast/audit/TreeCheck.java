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
    private final CheckedFiles files;
    private final Noted<Finding> findings;
    private final List<List<Hash>> rows = Stream.generate(() -> (List<Hash>) new ArrayList<Hash>())
            .limit(LEVELS)
            .toList();
    private Frontier frontier = Frontier.empty();
    private boolean isWhole = true;

    TreeCheck(long size, CheckedFiles files, Noted<Finding> findings) {
        this.size = size;
        this.files = files;
        this.findings = findings;
    }

    /**
     * @param entries the hashes of a bundle's entries; nothing if the bundle is missing or unreadable, and then those of the
     *     tile stand in, so that the rest of the tree can still be checked
     * @return false if there is neither bundle nor tile
     */
    boolean next(Tile.Entries bundle, Optional<List<Hash>> entries) {
        Tile.Hashes tile = new Tile.Hashes(0, bundle.index(), bundle.width());
        Optional<List<Hash>> hashes = read(tile);
        if (entries.isPresent() && hashes.isPresent()) {
            compare(bundle, entries.get(), tile, hashes.get());
        }
        Optional<List<Hash>> leaves = entries.or(() -> hashes);
        isWhole &= leaves.isPresent();
        if (isWhole) {
            leaves.get().forEach(leaf -> frontier = frontier.append(leaf, this::becomesFull));
        }
        return leaves.isPresent();
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
        Optional<byte[]> bytes = files.read(tile.path());
        if (bytes.isPresent() && bytes.get().length != tile.width() * Hash.BYTES) {
            findings.add(Finding.in(
                    tile.path(), "must be " + tile.width() * Hash.BYTES + " bytes long, found " + bytes.get().length));
            return Optional.empty();
        }
        return bytes.map(Hash::split);
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
