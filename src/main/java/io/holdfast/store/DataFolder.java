package io.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one gateway: database, keys, high-water mark. One process at a time; the lock file is opened here and
 * nowhere else, because closing it anywhere in the process would give the lock away.
 */
public final class DataFolder implements AutoCloseable {

    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path realPath;
    private final FileChannel lockFile;

    private DataFolder(Path path, Path realPath, FileChannel lockFile) {
        this.path = path;
        this.realPath = realPath;
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

    /** Another process works in the folder. */
    public static final class InUseException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private InUseException(Path path) {
            super(path + " is in use by another gateway; stop it, or choose another folder");
        }
    }

    /** @throws InUseException if another process works in it */
    public static DataFolder lock(Path path) {
        create(path);
        try {
            // Not even opened twice: closing it anywhere in this process would give the first lock away.
            Path folder = path.toRealPath();
            if (!LOCKED_HERE.add(folder)) {
                throw inUse(path);
            }
            return lock(folder, path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock the data folder " + path, e);
        }
    }

    private static DataFolder lock(Path folder, Path path) throws IOException {
        boolean locked = false;
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve("holdfast.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                channel.close();
                throw inUse(path);
            }
            return new DataFolder(path, folder, channel);
        } finally {
            if (!locked) {
                LOCKED_HERE.remove(folder);
            }
        }
    }

    private static InUseException inUse(Path path) {
        return new InUseException(path);
    }

    public Path database() {
        return path.resolve("holdfast.db");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    Path highWater() {
        return highWater(path);
    }

    static Path highWater(Path folder) {
        return folder.resolve("high-water");
    }

    Path controlCopy() {
        return controlCopy(path);
    }

    static Path controlCopy(Path folder) {
        return folder.resolve("control-entries");
    }

    Path freeze() {
        return freeze(path);
    }

    static Path freeze(Path folder) {
        return folder.resolve("frozen");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            LOCKED_HERE.remove(realPath);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + path, e);
        }
    }
}
