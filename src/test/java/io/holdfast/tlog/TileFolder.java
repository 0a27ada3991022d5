package io.holdfast.tlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A folder that has exactly the tiles of one tree size, by path, as a log might after deleting all others. */
final class TileFolder implements TileReader {
    final Map<String, byte[]> files = new HashMap<>();
    final Hash root;
    int reads;

    private TileFolder(Hash root) {
        this.root = root;
    }

    static TileFolder of(int size, IntFunction<Hash> leaf) {
        GrowingTiles rows = new GrowingTiles();
        for (int i = 0; i < size; i++) {
            rows.append(leaf.apply(i));
        }
        TileFolder folder = new TileFolder(rows.root());
        rows.tiles().forEach(tile -> folder.files.put(tile.path(), rows.read(tile)));
        return folder;
    }

    @Override
    public byte[] read(Tile.Hashes tile) {
        reads++;
        byte[] bytes = files.get(tile.path());
        if (bytes == null) {
            throw new AssertionError("asked for " + tile.path() + ", which this tree does not have");
        }
        return bytes;
    }

    /** The rows that tiles are cut from, filled by a frontier, as a log that keeps every partial tile has them. */
    static final class GrowingTiles implements TileReader {
        private final Map<Integer, List<Hash>> rows = new HashMap<>();
        private Frontier frontier = Frontier.empty();

        void append(Hash leaf) {
            frontier = frontier.append(leaf, (level, index, hash) -> {
                if (level % 8 == 0) {
                    rows.computeIfAbsent(level / 8, row -> new ArrayList<>()).add(hash);
                }
            });
        }

        Hash root() {
            return frontier.root();
        }

        List<Tile.Hashes> tiles() {
            List<Tile.Hashes> tiles = new ArrayList<>();
            rows.forEach((level, row) -> {
                for (int index = 0; index * Tile.FULL_WIDTH < row.size(); index++) {
                    tiles.add(Tile.Hashes.at(level, index, frontier.size()));
                }
            });
            return tiles;
        }

        @Override
        public byte[] read(Tile.Hashes tile) {
            int from = (int) tile.first();
            return Hash.join(rows.get(tile.level()).subList(from, from + tile.width()));
        }
    }
}
