package io.holdfast.audit;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

    /** How many entries there are. */
    public long size() {
        return checkpoint.size();
    }

    /** Every entry, oldest first. Reading throws {@link UnreadableException} at the first that is missing or no entry. */
    public Stream<Stored> entries() {
        return entries(0);
    }

    /** The same, from this index on. */
    public Stream<Stored> entries(long from) {
        Iterator<List<Stored>> bundles = new Iterator<>() {
            private final InOrder<List<Stored>> ahead = new InOrder<>();
            private long read = from / Tile.FULL_WIDTH;
            private long next = read;

            @Override
            public boolean hasNext() {
                return next * Tile.FULL_WIDTH < checkpoint.size();
            }

            @Override
            public List<Stored> next() {
                while (read * Tile.FULL_WIDTH < checkpoint.size() && ahead.hasRoom()) {
                    Tile.Entries bundle = Tile.Entries.at(read++, checkpoint.size());
                    byte[] bytes = LogReader.read(log, bundle.path());
                    ahead.add(bytes.length, () -> entries(bundle, bytes, from));
                }
                next++;
                return ahead.next();
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(bundles, Spliterator.ORDERED), false)
                .flatMap(List::stream);
    }

    /** Those of a bundle from this index on; what stands before it is not read as entries. */
    private static List<Stored> entries(Tile.Entries bundle, byte[] bytes, long from) {
        try {
            List<byte[]> leaves = Bundle.decode(bundle, bytes);
            return IntStream.range((int) Math.max(0, from - bundle.first()), leaves.size())
                    .mapToObj(i -> new Stored(bundle.first() + i, Entry.parse(Leaf.of(leaves.get(i)))))
                    .toList();
        } catch (MalformedException e) {
            throw new UnreadableException(e.getMessage());
        }
    }

    private static byte[] read(LogSource log, String path) {
        return log.read(path)
                .orElseThrow(() -> new UnreadableException(path + " is missing; verify the log before you read it"));
    }
}
