package io.holdfast.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An exported log in one file: a tar, a packed tar or a zip, as {@link LogExport} writes it and in no other spelling. It is
 * read where it lies, file by file, and unpacked nowhere. Whoever made it may be hostile: no path in it leads elsewhere, no
 * file is there twice, none is read beyond the size that a file of a log can have.
 *
 * <p>Of a packed tar there are spellings that unpack to the same bytes; they are not told apart.
 */
public final class LogArchive implements LogSource {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZIP = {'P', 'K'};
    private static final int USTAR_AT = 257;
    private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);

    private final Path path;
    private final ArchiveForm form;
    private final ArchiveIndex index;

    private LogArchive(Path path, ArchiveForm form, ArchiveIndex index) {
        this.path = path;
        this.form = form;
        this.index = index;
    }

    /** Whether the file begins as an archive does; what is in it nobody has looked at. */
    public static boolean isOne(Path path) {
        return Files.isRegularFile(path) && form(path).isPresent();
    }

    /**
     * Looks through the whole archive, and keeps where each file is.
     *
     * @throws UnreadableException if it is not an archive as {@link LogExport} writes them; says what to do
     */
    public static LogArchive open(Path path) {
        ArchiveForm form = form(path).orElseThrow(() -> new UnreadableException(path + " is no tar and no zip"));
        try (ArchiveFile file = ArchiveFile.open(path)) {
            return new LogArchive(path, form, form.index(file));
        } catch (UnreadableException e) {
            throw new UnreadableException(path + " " + e.getMessage());
        }
    }

    private static Optional<ArchiveForm> form(Path path) {
        byte[] start = new byte[TarFile.BLOCK];
        try (ArchiveFile file = ArchiveFile.open(path)) {
            file.readSome(0, start);
        }
        if (Arrays.equals(Arrays.copyOf(start, GZIP.length), GZIP)) {
            return Optional.of(new TarGzForm());
        }
        if (Arrays.equals(Arrays.copyOf(start, ZIP.length), ZIP)) {
            return Optional.of(new ZipForm());
        }
        boolean isTar = Arrays.equals(Arrays.copyOfRange(start, USTAR_AT, USTAR_AT + USTAR.length), USTAR);
        return isTar ? Optional.of(new TarForm()) : Optional.empty();
    }

    @Override
    public Optional<byte[]> read(String file) {
        try (ArchiveFile archive = ArchiveFile.open(path)) {
            return index.place(file).map(place -> form.read(archive, place));
        }
    }

    @Override
    public Optional<List<String>> list() {
        return Optional.of(index.paths());
    }
}
