package io.holdfast.cli;

import io.holdfast.audit.ForkEvidence;
import io.holdfast.audit.LogArchive;
import io.holdfast.audit.LogLayout;
import io.holdfast.audit.Sighting;
import io.holdfast.audit.UnreadableException;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every checkpoint in a folder, wherever it is: a file of its own, the one of an export or an archive, the one that a proof
 * leads to, the two of an evidence. What is none of these is counted and passed over; links are not followed.
 */
final class CheckpointPile {

    private static final int MOST_FILES = 1_000_000;
    private static final int MOST_BYTES = Math.max(ProofFile.MOST_BYTES, ForkEvidence.MOST_BYTES);

    private final Path folder;
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long others;

    private CheckpointPile(Path folder) {
        this.folder = folder;
    }

    static CheckpointPile read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, folder + " is not a folder; give the one with the checkpoints");
        }
        CheckpointPile pile = new CheckpointPile(folder);
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES)
                    .sorted()
                    .forEachOrdered(pile::file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot read " + folder + ": " + LocalFile.why(e));
        }
        return pile;
    }

    List<Sighting> sightings() {
        return sightings;
    }

    /** Archives that cannot be read, and why; safe to print. */
    List<String> unreadable() {
        return unreadable;
    }

    /** How many files hold no checkpoint. */
    long others() {
        return others;
    }

    private void file(Path path) {
        String place = folder.relativize(path).toString();
        if (LogArchive.isOne(path)) {
            archive(path, place);
            return;
        }
        try {
            if (Files.size(path) <= MOST_BYTES) {
                List<SignedNote> notes = notes(Files.readAllBytes(path));
                notes.forEach(note -> sightings.add(new Sighting(place, note)));
                others += notes.isEmpty() ? 1 : 0;
            } else {
                others++;
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "cannot read " + path + ": " + LocalFile.why(e));
        }
    }

    private void archive(Path path, String place) {
        try {
            LogArchive.open(path)
                    .read(LogLayout.CHECKPOINT)
                    .map(CheckpointPile::notes)
                    .orElse(List.of())
                    .forEach(note -> sightings.add(new Sighting(place, note)));
        } catch (UnreadableException e) {
            unreadable.add(Terminal.safe(e.getMessage()));
        }
    }

    private static List<SignedNote> notes(byte[] bytes) {
        try {
            return List.of(checkpoint(bytes));
        } catch (MalformedException e) {
            // Something else, then.
        }
        try {
            return List.of(checkpoint(ProofFile.parse(bytes).checkpoint().getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedException e) {
            // Something else, then.
        }
        try {
            ForkEvidence evidence = ForkEvidence.parse(bytes);
            return List.of(evidence.smaller(), evidence.larger());
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private static SignedNote checkpoint(byte[] bytes) {
        SignedNote note = SignedNote.parse(bytes);
        Checkpoint.parse(note.text());
        return note;
    }
}
