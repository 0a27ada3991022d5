package io.holdfast.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Small files that are there whole or not at all, for their owner only, and that survive power loss. */
public final class SecretFile {

    static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /** Replaces what is there. Written and synced under another name first: a crash leaves the old file or the new one. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file);
    }

    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        sync(file);
    }

    /** The name of a file is in its folder, and is durable when that is. */
    private static void sync(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * For files that somebody else has made, and that nothing is written to: an owner may deny himself the right to write.
     *
     * @throws IllegalStateException if others than its owner may use it
     */
    public static void refuseIfOthersMayRead(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw exposed(file);
        }
    }

    /** @throws IllegalStateException if others than its owner may use it */
    static void refuseIfOthersMayUse(Path file) throws IOException {
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            throw exposed(file);
        }
    }

    private static IllegalStateException exposed(Path file) {
        return new IllegalStateException(
                file + " may be read by others than its owner; run chmod 600 on it, and replace what is in it if "
                        + "anybody else had access");
    }
}
