package io.holdfast.cli;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A checkpoint that an auditor keeps from one check to the next. */
final class KeptCheckpoint {

    private KeptCheckpoint() {}

    /** Who signed it is checked later, with the auditor's keys. */
    static SignedNote read(String file) {
        try {
            SignedNote note = SignedNote.parse(LocalFile.read(file, SignedNote.MOST_BYTES));
            Checkpoint.parse(note.text());
            return note;
        } catch (MalformedException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, file + " is no checkpoint: " + e.getMessage());
        }
    }

    /** Whole or not at all: a crash leaves the earlier one, which is as good as before. */
    static void write(Path file, byte[] note) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path written = Files.createTempFile(folder, ".checkpoint", null);
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(note);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "cannot keep the checkpoint in " + file + ": " + LocalFile.why(e));
        }
    }
}
