package io.holdfast.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says that this log must not be signed any more, and why. Kept in a file, so that a restart does not forget. Only a person
 * takes the file away; whether the database is the right one by then, the high-water mark still says.
 */
final class Freeze {

    private final Path file;

    Freeze(Path file) {
        this.file = file;
    }

    /** @throws FrozenException if the log was frozen before */
    void refuse() {
        if (Files.exists(file)) {
            throw new FrozenException(read());
        }
    }

    private String read() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the log is frozen, and why cannot be read from " + file, e);
        }
    }

    /** The evidence, what to do about it, and where it is kept from now on. */
    FrozenException keep(FrozenException found) {
        String evidence =
                found.getMessage() + "\nThe log is frozen: nothing is signed and every request is refused. If the "
                        + "newest database can be restored, restore it, then delete " + file
                        + " and start again. If its newest "
                        + "entries are lost, start a new log with 'serve --continues " + file.getParent()
                        + "', a new data folder and a new holdfast.origin. See docs/how-to/after-a-freeze.md.";
        FrozenException frozen = new FrozenException(evidence);
        try {
            DurableFile.replace(file, (evidence + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            frozen.addSuppressed(e); // frozen all the same; after a restart the mark finds it again
        }
        return frozen;
    }
}
