package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a witness cosigned last, for each log: a folder of its own with one file for each, the signed checkpoint itself.
 * One process at a time.
 *
 * <p>A witness is worth as much as this memory. Without it, it would cosign a log's second past as readily as its first:
 * a folder that is lost or restored from a backup makes a new witness, which needs a new key.
 */
public final class WitnessState implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String LOCK = "witness.lock";

    private final Path folder;
    private final FileChannel lock;
    private final Map<String, SignedNote> last = new ConcurrentHashMap<>();

    private WitnessState(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder if there is none, takes it for this process, and reads all of it.
     *
     * @throws IllegalStateException if it is in use, or a file in it is not as it was written
     */
    public static WitnessState open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            WitnessState state = new WitnessState(folder, lock(folder));
            try {
                state.load();
            } catch (RuntimeException | IOException e) {
                state.close();
                throw e;
            }
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the state of the witness in " + folder, e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        // Opened here and nowhere else: closing it anywhere in the process would give the lock away.
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process; said below, in the same words as for another.
        }
        if (!locked) {
            channel.close();
            throw new IllegalStateException(
                    folder + " is in use by another witness; stop it, or choose another folder");
        }
        return channel;
    }

    private void load() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(DurableFile.UNFINISHED)) {
                // A crash while writing: no cosignature had left yet, and the file beside it is whole.
                Files.delete(file);
            } else if (NAME.matcher(name).matches()) {
                last.put(name, read(file, name));
            }
        }
    }

    private static SignedNote read(Path file, String name) throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            if (nameOf(Checkpoint.parse(note.text()).origin()).equals(name)) {
                return note;
            }
        } catch (MalformedException e) {
            // Said below.
        }
        throw new IllegalStateException(file + " is not the checkpoint that the witness wrote there; find out what "
                + "happened to it. Without it this witness must not go on under its key: make a new one");
    }

    /** What was cosigned last of the log with this origin. */
    Optional<SignedNote> last(String origin) {
        return lastNamed(nameOf(origin));
    }

    /** The same by the name of the file. */
    Optional<SignedNote> lastNamed(String name) {
        return Optional.ofNullable(last.get(name));
    }

    /** When this returns, the checkpoint survives power loss. When it throws, what counts is what was there before. */
    void replace(String origin, SignedNote note) throws IOException {
        String name = nameOf(origin);
        DurableFile.replace(folder.resolve(name), note.print());
        last.put(name, note);
    }

    /** The SHA-256 of the origin, in hex: the name of its file, and of its folder on the web. */
    static String nameOf(String origin) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(Canonical.utf8("origin", origin)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + folder, e);
        }
    }
}
