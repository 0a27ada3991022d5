package io.holdfast.cli;

import io.holdfast.audit.LogLayout;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A log that is read more than once, and must be the same each time: or it could show one thing to the check, and another
 * to what comes after it. The checkpoint is read once, so that all is read of one size while the log grows.
 *
 * <p>What cannot be read ends the command: that a disk failed or a permission is missing says nothing about the log.
 */
final class SteadyLog implements LogSource {

    private final LogSource log;
    private final boolean isReadOnce;
    private final Map<String, Hash> seen = new HashMap<>();
    private Optional<byte[]> checkpoint;

    private SteadyLog(LogSource log, boolean isReadOnce) {
        this.log = log;
        this.isReadOnce = isReadOnce;
    }

    static SteadyLog of(LogSource log) {
        return new SteadyLog(log, false);
    }

    /** For whoever reads each file once, and need not pay for remembering what was in it. */
    static SteadyLog readOnce(LogSource log) {
        return new SteadyLog(log, true);
    }

    /** The signed note; it has been read already. */
    byte[] checkpoint() {
        return read(LogLayout.CHECKPOINT).orElseThrow();
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (!path.equals(LogLayout.CHECKPOINT)) {
            return isReadOnce ? readable(path) : same(path, readable(path));
        }
        if (checkpoint == null) {
            checkpoint = readable(path);
        }
        return checkpoint.map(byte[]::clone);
    }

    private Optional<byte[]> readable(String path) {
        try {
            return log.read(path);
        } catch (UncheckedIOException e) {
            throw cannotRead(path, e.getCause());
        }
    }

    private Optional<byte[]> same(String path, Optional<byte[]> bytes) {
        Hash hash = Hash.leaf(bytes.orElseGet(() -> new byte[0]));
        Hash before = seen.putIfAbsent(path, hash);
        if (before != null && !before.equals(hash)) {
            throw new CommandFailure(
                    ExitCode.CHECK_FAILED, path + " was another file when it was read before; do not rely on this log");
        }
        return bytes;
    }

    @Override
    public Optional<List<String>> list() {
        try {
            return log.list();
        } catch (UncheckedIOException e) {
            throw cannotRead("the list of files", e.getCause());
        } catch (UnreadableException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage());
        }
    }

    private static CommandFailure cannotRead(String what, IOException cause) {
        return new CommandFailure(ExitCode.UNREACHABLE, "cannot read " + what + ": " + LocalFile.why(cause));
    }
}
