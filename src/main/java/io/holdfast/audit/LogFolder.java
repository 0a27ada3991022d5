package io.holdfast.audit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exported log. Whoever made the folder may be hostile: links in it are not followed, and no file is read beyond the
 * size that a file of a log can have.
 */
public final class LogFolder implements LogSource {

    private final Path root;

    private LogFolder(Path root) {
        this.root = root;
    }

    /** @throws UnreadableException if that is not a folder */
    public static LogFolder of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableException(folder + " is not a folder; give the folder that the log was exported to");
        }
        try {
            return new LogFolder(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (!LogLayout.isPath(path)) {
            throw new UnreadableException("is not a path inside an export");
        }
        Path file = root.resolve(path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file) || !file.toRealPath().equals(file)) {
                throw new UnreadableException("is no file of its own but a link or a folder; export the log again");
            }
            try (SeekableByteChannel in =
                    Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(SeekableByteChannel in) throws IOException {
        if (in.size() > MOST_BYTES) {
            throw new UnreadableException("is larger than " + MOST_BYTES + " bytes, as no file of a log is");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
        while (bytes.hasRemaining()) {
            if (in.read(bytes) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return bytes.array();
    }

    /** Links are among them, and so are found to be what they are. */
    @Override
    public Optional<List<String>> list() {
        try (Stream<Path> walk = Files.walk(root)) {
            return Optional.of(walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
