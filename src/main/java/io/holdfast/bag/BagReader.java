package io.holdfast.bag;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Unpacks the ZIP of a package while it is read, and gives out nothing that does not belong in it: no name but those of the
 * format, nothing twice, no more bytes than the manifest says. So no ZIP can write elsewhere or fill a disk. What it does not look
 * at is the log: {@link PackageVerifier} does.
 */
public final class BagReader {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Of what lies beside the manifest and its files. */
    private static final int MOST_TAG_BYTES = 1 << 20;

    private final Target target;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Set<String> seen = new HashSet<>();
    private final Map<String, PackageFile> files = new HashMap<>();
    private Optional<String> folder = Optional.empty();
    private Optional<Manifest> manifest = Optional.empty();

    private BagReader(Target target) {
        this.target = target;
    }

    /** Where the files go. */
    @FunctionalInterface
    public interface Target {
        /**
         * @param name below the bag's folder, {@code /} between: one that the format knows, and asked for once
         * @return what the reader writes to and closes
         */
        OutputStream create(String name) throws IOException;
    }

    /**
     * @return the manifest, each of whose files went to the target whole
     * @throws PackageException if it is not a whole package and nothing else; what went to the target is worth nothing then
     */
    public static Manifest read(InputStream zip, Target target) throws IOException {
        return new BagReader(target).read(new ZipInputStream(zip));
    }

    private Manifest read(ZipInputStream zip) throws IOException {
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                file(name(entry.getName()), zip);
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new PackageException("the ZIP is damaged, or is none", e);
        }
        Manifest whole = manifest.orElseThrow(() -> new PackageException("it is no ZIP of a package"));
        if (seen.size() != BagLayout.NAMES.size() + files.size() + 1) {
            throw new PackageException("the ZIP lacks files of the package");
        }
        return whole;
    }

    /** What is below the one folder. */
    private String name(String path) {
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        if (slash < 0 || folder.filter(name -> !name.equals(first)).isPresent()) {
            throw new PackageException("the ZIP has something beside its one folder");
        }
        folder = Optional.of(first);
        return path.substring(slash + 1);
    }

    private void file(String name, InputStream in) throws IOException {
        if (!seen.add(name)) {
            throw new PackageException("the ZIP has a file twice");
        }
        if (name.equals(BagLayout.MANIFEST)) {
            manifest(bounded(name, in, Manifest.MOST_BYTES));
        } else if (name.equals(PackageFile.DATA)) {
            bounded(name, in, 0);
        } else if (BagLayout.isList(name)) {
            write(name, bounded(name, in, Manifest.MOST_BYTES));
        } else if (BagLayout.NAMES.contains(name)) {
            write(name, bounded(name, in, MOST_TAG_BYTES));
        } else if (files.containsKey(name)) {
            copy(files.get(name), in);
        } else {
            throw new PackageException(
                    "the ZIP has a file that its manifest does not name, or has it before the manifest");
        }
    }

    private void manifest(byte[] bytes) throws IOException {
        Manifest read = Manifest.parse(bytes);
        if (!folder.equals(Optional.of(read.folder()))) {
            throw new PackageException("the ZIP's folder is not that of its manifest");
        }
        read.files().forEach(file -> files.put(file.name(), file));
        manifest = Optional.of(read);
        write(BagLayout.MANIFEST, bytes);
    }

    private static byte[] bounded(String name, InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most);
        if (in.read() >= 0) {
            throw new PackageException(name + " in the ZIP is too large");
        }
        return bytes;
    }

    private void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = target.create(name)) {
            out.write(bytes);
        }
    }

    private void copy(PackageFile file, InputStream in) throws IOException {
        try (OutputStream out = target.create(file.name())) {
            CheckedCopy.copy(file, in, out, buffer);
        }
    }
}
