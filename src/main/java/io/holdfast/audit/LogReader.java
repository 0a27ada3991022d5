package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads the entries of a log in order, a bundle at a time. It believes what it reads: {@link LogVerifier} comes first. */
public final class LogReader {

    private final LogSource log;
    private final Checkpoint checkpoint;

    private LogReader(LogSource log, Checkpoint checkpoint) {
        this.log = log;
        this.checkpoint = checkpoint;
    }

    /** @throws UnreadableException if there is no checkpoint that can be read */
    public static LogReader of(LogSource log) {
        return new LogReader(log, checkpoint(read(log, LogLayout.CHECKPOINT)));
    }

    /** What a signed checkpoint says, whoever signed it. */
    static Checkpoint checkpoint(byte[] note) {
        try {
            return checkpoint(SignedNote.parse(note));
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    static Checkpoint checkpoint(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    /** Up to where the log is read. Nobody has checked who signed it. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Every entry, oldest first. Reading throws {@link UnreadableException} at the first that is missing or no entry. */
    public Stream<Stored> entries() {
        long size = checkpoint.size();
        long bundles = (size + Tile.FULL_WIDTH - 1) / Tile.FULL_WIDTH;
        return LongStream.range(0, bundles).boxed().flatMap(index -> entries(Tile.Entries.at(index, size)).stream());
    }

    private List<Stored> entries(Tile.Entries bundle) {
        List<byte[]> leaves;
        try {
            leaves = Bundle.decode(bundle, read(log, bundle.path()));
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
        return IntStream.range(0, leaves.size())
                .parallel()
                .mapToObj(i -> new Stored(bundle.first() + i, Entry.parse(Leaf.of(leaves.get(i)))))
                .toList();
    }

    private static byte[] read(LogSource log, String path) {
        return log.read(path)
                .orElseThrow(() -> new UnreadableException(path + " is missing; verify the log before you read it"));
    }
}
