package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Tile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Writes a log out as files that can be checked without it. Two exports of one log at one size are the same bytes.
 *
 * <p>It copies and does not judge: what is wrong with a log is evidence, and belongs into the export.
 */
public final class LogExport {

    private final LogSource from;
    private final Path to;

    private LogExport(LogSource from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param rulebooks the files of each rulebook by path, {@code bundle.lock} among them, by the rulebook's digest
     * @param to a folder that is empty or not there yet
     * @return what was exported, as its checkpoint says; nobody has checked who signed it
     * @throws UnreadableException if the target is not empty, or the log has no such file; says what to do
     * @throws UncheckedIOException if a file cannot be written
     */
    public static Checkpoint write(
            LogSource from, Map<String, SortedMap<String, byte[]>> rulebooks, Path to, Progress progress) {
        LogExport export = new LogExport(from, to);
        export.refuseUnlessEmpty();
        // Read once: the log may grow meanwhile, and still has every tile of this size.
        byte[] note = export.read(LogLayout.CHECKPOINT);
        Checkpoint checkpoint = LogReader.checkpoint(note);
        rulebooks.forEach(export::rulebook);
        export.tiles(checkpoint.size(), progress);
        // The checkpoint last: a folder without one was interrupted, and nobody can take it for a whole export.
        export.write(LogLayout.CHECKPOINT, note);
        return checkpoint;
    }

    private void refuseUnlessEmpty() {
        if (!Files.exists(to)) {
            return;
        }
        try (Stream<Path> inside = Files.list(to)) {
            if (inside.findAny().isPresent()) {
                throw new UnreadableException(to + " is not empty; export into a new folder");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rulebook(String digest, SortedMap<String, byte[]> files) {
        files.forEach((path, bytes) -> write(LogLayout.rulebookFile(digest, path), bytes));
    }

    private void tiles(long size, Progress progress) {
        for (long index = 0; index * Tile.FULL_WIDTH < size; index++) {
            copy(Tile.Entries.at(index, size));
            copy(Tile.Hashes.at(0, index, size));
            progress.at(Math.min(size, (index + 1) * Tile.FULL_WIDTH), size);
        }
        for (int level = 1; level < 8 && size >> (8 * level) > 0; level++) {
            for (long index = 0; index * Tile.FULL_WIDTH < size >> (8 * level); index++) {
                copy(Tile.Hashes.at(level, index, size));
            }
        }
    }

    private void copy(Tile tile) {
        write(tile.path(), read(tile.path()));
    }

    private byte[] read(String path) {
        return from.read(path)
                .orElseThrow(() -> new UnreadableException("the log has no file " + path + "; is it the right log?"));
    }

    private void write(String path, byte[] bytes) {
        if (!LogLayout.isPath(path)) {
            throw new UnreadableException(
                    path + " cannot be exported; name files with letters, digits, dots, hyphens and underscores only");
        }
        Path file = to.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + "; is there room, and may we write there?", e);
        }
    }
}
