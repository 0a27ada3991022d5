package io.holdfast.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the files of a directory into memory, within limits. Symbolic links are followed, because that is how
 * configuration is mounted in clusters; loops are refused. Names that begin with a dot are passed over, as those of
 * editors and mounts.
 */
final class Directory {

    private static final int DEEPEST = 4;
    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private Directory() {}

    static SortedMap<String, byte[]> read(Path dir, Predicate<String> wanted) throws PolicyException {
        Problems problems = new Problems();
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(dir, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> entries = walk.limit(MOST_ENTRIES + 1L).toList();
            if (entries.size() > MOST_ENTRIES) {
                problems.add(dir.toString(), 1, 1, "holds more than " + MOST_ENTRIES + " files; is it the right one?");
                problems.throwIfAny();
            }
            long bytes = 0;
            for (Path entry : entries) {
                String path = slashed(dir.relativize(entry));
                if (isHidden(path)) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    if (path.split("/").length == DEEPEST) {
                        problems.add(path, 1, 1, "is a directory too deep down for anything in it to be read");
                    }
                    continue;
                }
                if (!wanted.test(path)) {
                    continue;
                }
                byte[] content = content(entry);
                bytes += content.length;
                files.put(path, content);
                if (bytes > MOST_BYTES) {
                    problems.add(path, 1, 1, "brings the set above " + MOST_BYTES / 1024 / 1024 + " MiB");
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            problems.add(dir.toString(), 1, 1, cannotRead(e.getCause()));
        } catch (IOException e) {
            problems.add(dir.toString(), 1, 1, cannotRead(e));
        }
        problems.throwIfAny();
        return files;
    }

    /** One byte beyond the limit at most: enough for the reader to refuse the file, whatever its size. */
    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(StrictText.MOST_BYTES + 1);
        }
    }

    private static String cannotRead(IOException e) {
        if (e instanceof FileSystemLoopException) {
            return "has a symbolic link that leads back to itself: " + e.getMessage();
        }
        return e instanceof NoSuchFileException
                ? "cannot be read: " + e.getMessage() + " does not exist"
                : "cannot be read: " + e.getMessage();
    }

    private static boolean isHidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
