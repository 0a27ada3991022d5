package io.holdfast.tlog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes of a tree of one size, read from its tiles. At the right edge it asks for partial tiles of exactly the
 * width that this size has, since a log need not keep any other.
 *
 * <p>It checks how long a tile is, not what is in it: whoever does not trust the tiles must compare what comes out, a
 * root or a proof, with a signed root. Keeps the 64 tiles used last (512 KiB). For one thread.
 */
public final class TiledHashes implements HashSource {
    private static final int KEPT_TILES = 64;
    private static final int TILE_HEIGHT = 8;

    private final long size;
    private final TileReader reader;
    private final Map<Tile.Hashes, List<Hash>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile.Hashes, List<Hash>> eldest) {
            return size() > KEPT_TILES;
        }
    };

    public TiledHashes(long size, TileReader reader) {
        if (size < 0) {
            throw new MalformedException("tree size", "must not be negative", size);
        }
        this.size = size;
        this.reader = reader;
    }

    @Override
    public Hash subtree(int level, long index) {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0 || index >= size >> level) {
            String rule = "must be full in a tree of " + size;
            throw new MalformedException("subtree", rule, "level " + level + ", index " + index);
        }
        int height = level % TILE_HEIGHT;
        long first = index << height;
        Tile.Hashes tile = Tile.Hashes.at(level / TILE_HEIGHT, first / Tile.FULL_WIDTH, size);
        int from = (int) (first % Tile.FULL_WIDTH);
        return rootOf(hashesOf(tile).subList(from, from + (1 << height)));
    }

    private List<Hash> hashesOf(Tile.Hashes tile) {
        List<Hash> hashes = kept.get(tile);
        if (hashes == null) {
            hashes = read(tile);
            kept.put(tile, hashes);
        }
        return hashes;
    }

    private List<Hash> read(Tile.Hashes tile) {
        byte[] bytes = reader.read(tile);
        if (bytes.length != tile.width() * Hash.BYTES) {
            String rule = "must be " + tile.width() * Hash.BYTES + " bytes";
            throw new MalformedException(tile.path(), rule, bytes.length);
        }
        return Hash.split(bytes);
    }

    /** The root over 1, 2, 4 ... 128 hashes of a tile; the call depth is at most 8. */
    private static Hash rootOf(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.get(0);
        }
        int half = hashes.size() / 2;
        return Hash.node(rootOf(hashes.subList(0, half)), rootOf(hashes.subList(half, hashes.size())));
    }
}
