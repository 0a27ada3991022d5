package io.holdfast.store;

import io.holdfast.audit.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A copy of the control entries outside the database, one compact JWS a line. When a database has lost its newest entries, the
 * holds among them are still here, so that a new log can begin with them. Written before the mark that covers them: it holds
 * every control entry below the mark, and perhaps some that nobody has signed a checkpoint over yet.
 */
final class ControlCopy {

    private final Path file;
    private final List<Leaf> entries = new ArrayList<>();

    ControlCopy(Path file) {
        this.file = file;
    }

    /** Makes the file say this and nothing else. */
    void set(List<Leaf> all) {
        entries.clear();
        entries.addAll(all);
        try {
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), lines())) {
                write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** When this returns, these too survive power loss. Whole files are written: holds change rarely, and there are few. */
    void add(List<Leaf> more) {
        if (!more.isEmpty()) {
            entries.addAll(more);
            write();
        }
    }

    private void write() {
        DurableFile.replace(file, lines());
    }

    private byte[] lines() {
        StringBuilder lines = new StringBuilder();
        entries.forEach(leaf -> lines.append(leaf.text()).append('\n'));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The entries in this file, oldest first. */
    static List<Leaf> read(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .map(line -> Leaf.of(line.getBytes(StandardCharsets.US_ASCII)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
