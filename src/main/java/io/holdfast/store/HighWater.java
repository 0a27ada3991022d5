package io.holdfast.store;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
 */
final class HighWater implements AutoCloseable {

    /** A size of at most 19 digits, a space, 44 characters of base64, spaces, a newline. */
    private static final int LINE_BYTES = 80;

    private final Path file;
    private final FileChannel channel;

    private HighWater(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static HighWater open(Path file) {
        try {
            return new HighWater(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    record Mark(long size, Hash root) {}

    /** @throws MalformedException if the file holds anything but a mark */
    Optional<Mark> read() {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String[] words = text.strip().split(" ");
            if (words.length != 2 || text.length() != LINE_BYTES) {
                throw new MalformedException("high-water mark", "must be a size and a root", text.strip());
            }
            return Optional.of(new Mark(Canonical.decimal("high-water size", words[0]), Hash.parseBase64(words[1])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** When this returns, the mark survives power loss. */
    void raise(long size, Hash root) {
        String line = size + " " + root.base64();
        byte[] padded = (line + " ".repeat(LINE_BYTES - 1 - line.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(padded);
            for (long at = 0; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }
}
