package io.holdfast.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an archive, read from any place. */
final class ArchiveFile implements AutoCloseable {

    private final FileChannel channel;

    private ArchiveFile(FileChannel channel) {
        this.channel = channel;
    }

    static ArchiveFile open(Path path) {
        try {
            return new ArchiveFile(FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exactly so many bytes. */
    byte[] read(long at, int length) {
        if (at + length > length()) {
            throw ArchiveIndex.notOurs("it ends too early");
        }
        byte[] bytes = new byte[length];
        if (readSome(at, bytes) < length) {
            throw new UncheckedIOException(new EOFException("it became shorter while it was read"));
        }
        return bytes;
    }

    /** As many bytes as there are, up to the length of the buffer. */
    int readSome(long at, byte[] into) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(into);
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, at + buffer.position());
            }
            return buffer.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
