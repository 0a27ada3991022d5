package io.holdfast.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a small file whole or not at all, for its owner only. */
final class DurableFile {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    static final String UNFINISHED = ".new";

    private DurableFile() {}

    /**
     * When this returns, the file survives power loss. When it throws, the file is the old one or the new one, and
     * which of them only the next start can tell.
     */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path unfinished = write(file, bytes);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.toAbsolutePath().getParent());
    }

    /** The same for a file that must not be there yet. */
    static void create(Path file, byte[] bytes) throws IOException {
        Path unfinished = write(file, bytes);
        try {
            // A link, and not a move: a move would replace what somebody made meanwhile.
            Files.createLink(file, unfinished);
        } finally {
            Files.delete(unfinished);
        }
        sync(file.toAbsolutePath().getParent());
    }

    private static Path write(Path file, byte[] bytes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        return unfinished;
    }

    /** The name of a file is kept by its folder. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
