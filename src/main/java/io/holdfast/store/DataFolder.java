package io.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of one gateway: database, keys, high-water mark. One process at a time; the lock file is opened here and
 * nowhere else, because closing it anywhere in the process would give the lock away.
 */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes the folder if there is none, for its owner only. */
    public static void create(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                if (path.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(path.toAbsolutePath().getParent());
                }
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder " + path, e);
        }
    }

    /** @throws IllegalStateException if another process works in it */
    public static DataFolder lock(Path path) {
        create(path);
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve("holdfast.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new IllegalStateException(
                        path + " is in use by another gateway; stop it, or choose another folder");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock the data folder " + path, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path database() {
        return path.resolve("holdfast.db");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    Path highWater() {
        return path.resolve("high-water");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + path, e);
        }
    }
}
