package io.holdfast.tlog;

/** Fetches the bytes of a tile of hashes, from a table, a folder or a server. */
@FunctionalInterface
public interface TileReader {

    /** The tile's hashes one after another, 32 * width bytes. Throws when it has none, and never answers null. */
    byte[] read(Tile.Hashes tile);
}
