package io.holdfast.audit;

import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tiles of a log as it was at an earlier size. A log need not have those any more: its own are wider at the edge, and
 * begin with the same bytes.
 */
final class SizedTiles {

    private final LogSource log;
    private final long sizeNow;
    private final long size;

    SizedTiles(LogSource log, long sizeNow, long size) {
        if (size > sizeNow) {
            throw new UnreadableException("the log has " + sizeNow + " entries, and not yet " + size);
        }
        this.log = log;
        this.sizeNow = sizeNow;
        this.size = size;
    }

    /** @throws UnreadableException if the log has neither this tile nor a wider one */
    byte[] read(Tile tile) {
        Optional<byte[]> exact = log.read(tile.path());
        if (exact.isPresent() || size == sizeNow) {
            return exact.orElseThrow(() -> LogExport.missing(tile.path()));
        }
        return tile instanceof Tile.Hashes hashes ? cut(hashes) : cut((Tile.Entries) tile);
    }

    private byte[] cut(Tile.Hashes tile) {
        Tile.Hashes wider = Tile.Hashes.at(tile.level(), tile.index(), sizeNow);
        byte[] bytes = wider(wider.path());
        if (bytes.length < tile.width() * Hash.BYTES) {
            throw new UnreadableException(wider.path() + " is too short for a tile; verify the log before you cut it");
        }
        return Arrays.copyOf(bytes, tile.width() * Hash.BYTES);
    }

    private byte[] cut(Tile.Entries bundle) {
        Tile.Entries wider = Tile.Entries.at(bundle.index(), sizeNow);
        try {
            return Bundle.encode(Bundle.decode(wider, wider(wider.path())).subList(0, bundle.width()));
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage() + "; verify the log before you cut it");
        }
    }

    private byte[] wider(String path) {
        return log.read(path).orElseThrow(() -> LogExport.missing(path));
    }
}
