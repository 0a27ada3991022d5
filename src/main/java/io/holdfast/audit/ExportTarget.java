package io.holdfast.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Where an export is written to. */
public abstract class ExportTarget implements AutoCloseable {

    private final Path path;

    private ExportTarget(Path path) {
        this.path = path;
    }

    /** A folder that is empty or not there yet. */
    public static ExportTarget folder(Path folder) {
        return new Folder(folder);
    }

    /**
     * A file that is not there yet. It has its name only once it is whole.
     *
     * @throws UnreadableException if its name says none of the forms that there are
     */
    public static ExportTarget archive(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            return new Archive(file, new TarGzForm());
        }
        if (name.endsWith(".tar")) {
            return new Archive(file, new TarForm());
        }
        if (name.endsWith(".zip")) {
            return new Archive(file, new ZipForm());
        }
        throw new UnreadableException(file + " must end in .tar.gz, .tar or .zip, which says what is written");
    }

    Path path() {
        return path;
    }

    /** Whether files must come in {@link LogLayout#ORDER}. */
    abstract boolean isOrdered();

    abstract void begin();

    abstract void write(String path, byte[] bytes) throws IOException;

    abstract void end();

    /** Closed without having been ended, an archive is gone again. */
    @Override
    public abstract void close();

    final void file(String file, byte[] bytes) {
        if (!LogLayout.isPath(file)) {
            throw new UnreadableException(Printable.of(file)
                    + " cannot be exported; name files with letters, digits, dots, hyphens and underscores only");
        }
        try {
            write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + "; is there room, and may we write there?", e);
        }
    }

    private static final class Folder extends ExportTarget {

        Folder(Path path) {
            super(path);
        }

        @Override
        boolean isOrdered() {
            return false;
        }

        @Override
        void begin() {
            if (!Files.exists(path())) {
                return;
            }
            try (Stream<Path> inside = Files.list(path())) {
                if (inside.findAny().isPresent()) {
                    throw new UnreadableException(path() + " is not empty; export into a new folder");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        void write(String file, byte[] bytes) throws IOException {
            Path to = path().resolve(file);
            Files.createDirectories(to.getParent());
            Files.write(to, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        void end() {
            // The checkpoint was the last file.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Archive extends ExportTarget {

        private final ArchiveForm form;
        private final Path unfinished;
        private OutputStream out;
        private ArchiveForm.Writer writer;

        Archive(Path path, ArchiveForm form) {
            super(path);
            this.form = form;
            this.unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        }

        @Override
        boolean isOrdered() {
            return true;
        }

        @Override
        void begin() {
            if (Files.exists(path())) {
                throw new UnreadableException(path() + " exists already; export into a new file");
            }
            try {
                out = new BufferedOutputStream(
                        Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                writer = form.writer(out);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make " + unfinished, e);
            }
        }

        @Override
        void write(String file, byte[] bytes) throws IOException {
            writer.file(file, bytes);
        }

        @Override
        void end() {
            try {
                writer.end();
                out.close();
                try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(unfinished, path());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot write " + path() + "; is there room, and may we write there?", e);
            }
        }

        @Override
        public void close() {
            try {
                if (out != null) {
                    out.close();
                    Files.deleteIfExists(unfinished);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + unfinished, e);
            }
        }
    }
}
