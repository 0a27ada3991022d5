package io.holdfast.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a bag into a ZIP while it is read: it holds one buffer of a file at a time, whatever the size of the package. The same
 * manifest and proof give the same bytes on one Java. Safe for many threads.
 *
 * <p>What the files hold is checked against the manifest on its way. If it is not that, or cannot be read, the ZIP is left without
 * its directory, and no reader takes it for a whole one.
 */
public final class BagWriter {

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * When a package was made is in the log. Not the earliest that a ZIP can say, 1980-01-01: to that Java adds the time in its
     * own zone.
     */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private BagWriter() {}

    /** Where the bytes of the manifest's files come from; asked once for each, in the order of the manifest. */
    @FunctionalInterface
    public interface Source {
        /** @return what the writer reads to its end and closes */
        InputStream open(PackageFile file) throws IOException;
    }

    /**
     * @param out is flushed, and left open
     * @throws PackageException before the first byte if the proof is of another manifest; in the midst of it if a file is not what
     *     the manifest says
     */
    public static void write(Manifest manifest, PackageProof proof, Source source, OutputStream out)
            throws IOException {
        proof.check(manifest);
        UnfinishedZip zip = new UnfinishedZip(out);
        try {
            write(manifest, proof, source, zip);
            zip.finish();
            zip.flush();
        } finally {
            zip.release();
        }
    }

    private static void write(Manifest manifest, PackageProof proof, Source source, ZipOutputStream zip)
            throws IOException {
        String folder = manifest.folder() + "/";
        for (Map.Entry<String, byte[]> file : BagLayout.tagFiles(manifest).entrySet()) {
            add(zip, folder + file.getKey(), file.getValue());
        }
        add(zip, folder + BagLayout.ENTRY, proof.entry().bytes());
        add(zip, folder + BagLayout.PROOF, proof.proof().print());
        // A bag has this folder, also if there is nothing in it (RFC 8493 section 2.1.2).
        add(zip, folder + PackageFile.DATA, new byte[0]);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (PackageFile file : manifest.files()) {
            zip.putNextEntry(entry(folder + file.name()));
            try (InputStream in = source.open(file)) {
                CheckedCopy.copy(file, in, zip, buffer);
            }
            zip.closeEntry();
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
    }

    /** Closing a ZIP ends it well, so it is never closed: only {@link #finish} does that, after the last file. */
    private static final class UnfinishedZip extends ZipOutputStream {
        UnfinishedZip(OutputStream out) {
            super(out, StandardCharsets.US_ASCII);
        }

        /** Gives back the memory that Java does not count. */
        void release() {
            def.end();
        }
    }
}
