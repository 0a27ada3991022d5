package io.holdfast.audit;

import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads the files that a log must have. One that is not there, or cannot be read, is a finding and not the end. */
final class CheckedFiles {

    private final LogSource log;
    private final Noted<Finding> findings;

    CheckedFiles(LogSource log, Noted<Finding> findings) {
        this.log = log;
        this.findings = findings;
    }

    Optional<byte[]> read(String path) {
        try {
            Optional<byte[]> bytes = log.read(path);
            if (bytes.isEmpty()) {
                findings.add(Finding.in(path, "is missing"));
            }
            return bytes;
        } catch (UnreadableException e) {
            findings.add(Finding.in(path, e.getMessage()));
        } catch (UncheckedIOException e) {
            findings.add(Finding.in(path, "cannot be read: " + e.getCause().getMessage()));
        }
        return Optional.empty();
    }
}
