package io.holdfast.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder that is there whole or not at all: it is filled under another name beside it, for its owner only, and gets its own name
 * when it is kept. Closed without, nothing of it is left.
 */
final class NewFolder implements AutoCloseable {

    private final Path folder;
    private final Path unfinished;

    private NewFolder(Path folder, Path unfinished) {
        this.folder = folder;
        this.unfinished = unfinished;
    }

    /** Never goes into a folder that is there. */
    static NewFolder reserve(Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new CommandFailure(ExitCode.UNREACHABLE, folder + " is there already; nothing was done");
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "cannot make " + folder + ": the folder around it does not exist");
        }
        boolean isPosix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Path unfinished = Files.createTempDirectory(parent, folder.getFileName() + ".unfinished-", ownerOnly);
        Files.createDirectory(unfinished.resolve("kept"), ownerOnly);
        return new NewFolder(folder, unfinished);
    }

    /** A file beside what is kept, gone in the end. */
    Path scratch(String name) {
        return unfinished.resolve(name);
    }

    /** @param name of a file below it, {@code /} between folders; one that the caller has looked at */
    OutputStream create(String name) throws IOException {
        Path file = unfinished.resolve("kept").resolve(name);
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    }

    void keep() throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Files.move(unfinished.resolve("kept"), folder, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(unfinished, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
