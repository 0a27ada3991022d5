package io.holdfast.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is made before the work and filled after it: some work is done once, and a full disk or a wrong name must show
 * before. Only its owner can read it. Closed without having been written, it is gone again.
 */
final class NewFile implements AutoCloseable {

    private final Path path;
    private boolean isWritten;

    private NewFile(Path path) {
        this.path = path;
    }

    /** Never replaces a file. */
    static NewFile reserve(Path path) {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(path);
            }
            return new NewFile(path);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "cannot make " + path + ": " + LocalFile.why(e) + "; nothing was done");
        }
    }

    /** What fills it. */
    @FunctionalInterface
    interface Filling<T> {
        T into(OutputStream out) throws IOException;
    }

    /** Fills it while it comes. A file that is not filled to its end is gone again. */
    <T> T write(Filling<T> filling) {
        try (OutputStream out = Files.newOutputStream(path)) {
            T came = filling.into(out);
            out.flush();
            isWritten = true;
            return came;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot write " + path + ": " + LocalFile.why(e));
        }
    }

    void write(byte[] bytes) {
        isWritten = true; // also if it fails: half of it may be all there is
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot write " + path + ": " + LocalFile.why(e));
        }
    }

    @Override
    public void close() {
        if (!isWritten) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.UNREACHABLE, "cannot remove the empty file " + path);
            }
        }
    }
}
