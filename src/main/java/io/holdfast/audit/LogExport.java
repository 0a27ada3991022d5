package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Writes a log out as files that can be checked without it: checkpoint, tiles, and what its entries name. Two exports of one
 * log at one size are the same bytes.
 *
 * <p>It copies and does not judge: what is wrong with a log is evidence, and belongs into the export.
 */
public final class LogExport {

    /** As many as an archive may hold, and a tile for each bundle. */
    private static final long MOST_IN_AN_ARCHIVE = 1_900_000L * Tile.FULL_WIDTH;

    private final ExportTarget to;
    private final SizedTiles tiles;
    private final Checkpoint checkpoint;
    private final NamedFiles named;

    private LogExport(LogSource from, ExportTarget to, SizedTiles tiles, Checkpoint checkpoint) {
        this.to = to;
        this.tiles = tiles;
        this.checkpoint = checkpoint;
        this.named = new NamedFiles(from);
    }

    /**
     * What came of it.
     *
     * @param checkpoint of what was exported; nobody has checked who signed it
     * @param missing files that entries name and the log does not have: a rulebook, or the texts of a hold that were erased
     */
    public record Exported(Checkpoint checkpoint, SortedSet<String> missing) {}

    /** The log as it is. */
    public static Exported write(LogSource from, ExportTarget to, Progress progress) {
        return write(from, LogExport::newest, to, progress);
    }

    /**
     * The log as it was at an earlier size.
     *
     * @throws UnreadableException also if the log has kept no checkpoint of that size
     */
    public static Exported write(LogSource from, long size, ExportTarget to, Progress progress) {
        return write(from, log -> kept(log, size), to, progress);
    }

    /**
     * The log as it was when it showed this checkpoint.
     *
     * @throws UnreadableException also if the log is not a continuation of it
     */
    public static Exported write(LogSource from, SignedNote asOf, ExportTarget to, Progress progress) {
        return write(from, log -> asOf, to, progress);
    }

    @FunctionalInterface
    private interface Choice {
        SignedNote of(LogSource log);
    }

    /**
     * @throws UnreadableException if the log lacks a file, or the target cannot take it; says what to do
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    private static Exported write(LogSource from, Choice choice, ExportTarget to, Progress progress) {
        to.begin();
        // Read once: the log may grow meanwhile, and still has every tile of this size.
        SignedNote newest = newest(from);
        SignedNote note = choice.of(from);
        Checkpoint checkpoint = LogReader.checkpoint(note);
        SizedTiles tiles = new SizedTiles(from, LogReader.checkpoint(newest).size(), checkpoint.size());
        if (!note.equals(newest)) {
            refuseUnlessOf(checkpoint, tiles);
        }
        LogExport export = new LogExport(from, to, tiles, checkpoint);
        export.tiles(progress);
        export.named.copy(to);
        // Last: an export without a checkpoint was interrupted, and nobody can take it for a whole one.
        to.file(LogLayout.CHECKPOINT, note.print());
        to.end();
        return new Exported(checkpoint, export.named.missing());
    }

    private static SignedNote newest(LogSource log) {
        return note(read(log, LogLayout.CHECKPOINT));
    }

    private static SignedNote kept(LogSource log, long size) {
        SignedNote newest = newest(log);
        if (LogReader.checkpoint(newest).size() == size) {
            return newest;
        }
        return note(log.read(LogLayout.checkpointOf(size))
                .orElseThrow(() -> new UnreadableException("the log has kept no checkpoint of " + size
                        + " entries; give one that you have kept, or one that it has")));
    }

    private static SignedNote note(byte[] bytes) {
        try {
            return SignedNote.parse(bytes);
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    /** Only here it judges: with tiles of one log and the checkpoint of another, the export would be evidence of nothing. */
    private static void refuseUnlessOf(Checkpoint checkpoint, SizedTiles tiles) {
        Hash root = Proofs.root(checkpoint.size(), new TiledHashes(checkpoint.size(), tiles::read));
        if (!root.equals(checkpoint.root())) {
            throw new UnreadableException("the first " + checkpoint.size() + " entries of the log have the root "
                    + root.base64() + ", and the checkpoint has "
                    + checkpoint.root().base64()
                    + "; is it one of this log? If it is, `holdfast log gossip` makes evidence of it");
        }
    }

    private void tiles(Progress progress) {
        long size = checkpoint.size();
        Stream<Tile> all = LogLayout.tiles(size);
        if (to.isOrdered()) {
            if (size > MOST_IN_AN_ARCHIVE) {
                throw new UnreadableException(
                        "a log of " + size + " entries is too large for an archive; export into a" + " folder");
            }
            all = all.sorted(Comparator.comparing(Tile::path, LogLayout.ORDER));
        }
        all.forEachOrdered(tile -> {
            byte[] bytes = tiles.read(tile);
            to.file(tile.path(), bytes);
            if (tile instanceof Tile.Entries bundle) {
                named.note(bundle, bytes);
                progress.at(tile.first() + tile.width(), size);
            }
        });
    }

    private static byte[] read(LogSource log, String path) {
        return log.read(path).orElseThrow(() -> missing(path));
    }

    static UnreadableException missing(String path) {
        return new UnreadableException("the log has no file " + path + "; is it the right log?");
    }
}
