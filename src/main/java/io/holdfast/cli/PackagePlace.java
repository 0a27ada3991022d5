package io.holdfast.cli;

import io.holdfast.bag.PackageVerifier;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An opened package on this machine: a folder, or the ZIP that it was in. */
interface PackagePlace extends PackageVerifier.Contents, AutoCloseable {

    /** More files than any package has; a directory with more is not looked at. */
    int MOST_FILES = 1_000_000;

    @Override
    void close() throws IOException;

    static PackagePlace open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new InFolder(path);
        }
        if (!Files.exists(path)) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot read " + path + ": it does not exist");
        }
        try {
            return new InZip(new ZipFile(path.toFile()));
        } catch (ZipException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    path
                            + " is no folder and no ZIP; if it is an encrypted package, open it first: holdfast package open");
        }
    }

    /** Follows no link: what a package holds lies in it. */
    record InFolder(Path folder) implements PackagePlace {
        @Override
        public SortedMap<String, Long> sizes() throws IOException {
            SortedMap<String, Long> sizes = new TreeMap<>();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all.limit(MOST_FILES)::iterator) {
                    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        boolean isFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                        sizes.put(
                                folder.relativize(path).toString().replace(File.separatorChar, '/'),
                                isFile ? Files.size(path) : -1L);
                    }
                }
            }
            return sizes;
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** The names are below the first folder; what is beside it keeps its whole name, which no package has. */
    final class InZip implements PackagePlace {
        private final ZipFile zip;
        private final String folder;

        private InZip(ZipFile zip) {
            this.zip = zip;
            Enumeration<? extends ZipEntry> all = zip.entries();
            String first = all.hasMoreElements() ? all.nextElement().getName() : "";
            this.folder = first.substring(0, first.indexOf('/') + 1);
        }

        @Override
        public SortedMap<String, Long> sizes() {
            SortedMap<String, Long> sizes = new TreeMap<>();
            if (zip.size() > MOST_FILES) {
                return sizes;
            }
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!entry.isDirectory()) {
                    String name = entry.getName();
                    boolean isInside = name.startsWith(folder);
                    // Twice in the ZIP: which of them a reader takes nobody knows.
                    sizes.merge(
                            isInside ? name.substring(folder.length()) : "/" + name,
                            entry.getSize(),
                            (one, two) -> -1L);
                }
            }
            return sizes;
        }

        @Override
        public InputStream open(String name) throws IOException {
            return zip.getInputStream(zip.getEntry(folder + name));
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
