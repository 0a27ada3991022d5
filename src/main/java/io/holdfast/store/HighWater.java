package io.holdfast.store;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The largest tree that this signer has signed, kept outside the database: a database that comes back smaller, or with
 * another past, went back in time. One line, {@code size root}, padded to a fixed length and rewritten in place, so that
 * one sector is all that a crash can hit.
 *
 * <p>After a write or a sync that failed, nobody knows what the disk holds; the file is then opened anew and written again in
 * full, and until that succeeds nothing is signed.
 */
final class HighWater implements AutoCloseable {

    /** A size of at most 19 digits, a space, 44 characters of base64, spaces, a newline. */
    private static final int LINE_BYTES = 80;

    /** How the file is opened for writing; a test may open one that fails. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;

        Opener PLAIN = file -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private final Path file;
    private final Opener opener;
    private Optional<FileChannel> channel = Optional.empty();
    private Optional<Mark> mark = Optional.empty();
    private boolean hasRead;

    HighWater(Path file, Opener opener) {
        this.file = file;
        this.opener = opener;
    }

    record Mark(long size, Hash root) {

        private String line() {
            String words = size + " " + root.base64();
            return words + " ".repeat(LINE_BYTES - 1 - words.length()) + "\n";
        }

        /** @throws MalformedException if this is not the line of a mark, to the byte */
        static Mark parse(String line) {
            String[] words = line.strip().split(" ");
            if (words.length == 2 && line.length() == LINE_BYTES) {
                Mark mark = new Mark(Canonical.decimal("high-water size", words[0]), Hash.parseBase64(words[1]));
                if (mark.line().equals(line)) {
                    return mark;
                }
            }
            throw new MalformedException("high-water mark", "must be a size and a root", line.strip());
        }
    }

    /**
     * What was signed last. The file is read once: nobody else writes it, and after a write that failed only this process knows.
     *
     * @throws MalformedException if the file holds anything but a mark
     */
    Optional<Mark> mark() {
        if (!hasRead) {
            mark = read(file);
            hasRead = true;
        }
        return mark;
    }

    /** @return nothing if there is no file, or an empty one, which a crash at the first start leaves */
    static Optional<Mark> read(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Optional.empty();
            }
            if (Files.size(file) != LINE_BYTES) {
                throw new MalformedException("high-water mark", "must be " + LINE_BYTES + " bytes", Files.size(file));
            }
            return Optional.of(Mark.parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** When this returns, the mark survives power loss. */
    void raise(long size, Hash root) {
        Mark next = new Mark(size, root);
        try {
            boolean opened = channel.isEmpty();
            if (opened) {
                channel = Optional.of(opener.open(file));
            }
            DurableFile.writeAll(channel.get(), next.line().getBytes(StandardCharsets.US_ASCII), 0);
            channel.get().force(false);
            if (opened) {
                DurableFile.syncFolderOf(file);
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot write " + file, e);
        }
        mark = Optional.of(next);
        hasRead = true;
    }

    @Override
    public void close() {
        Optional<FileChannel> open = channel;
        channel = Optional.empty();
        if (open.isPresent()) {
            try {
                open.get().close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file, e);
            }
        }
    }
}
