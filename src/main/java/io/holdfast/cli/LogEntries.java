package io.holdfast.cli;

import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.LogLayout;
import io.holdfast.audit.LogSource;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Single entries of a log, without reading all of it. Nobody has checked who signed it. */
final class LogEntries {

    private final LogSource log;
    private final byte[] note;
    private final Checkpoint checkpoint;

    LogEntries(LogSource log) {
        this.log = log;
        this.note = read(LogLayout.CHECKPOINT);
        this.checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
    }

    /** The signed note. */
    byte[] note() {
        return note.clone();
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    Leaf leaf(long index) {
        if (index < 0 || index >= checkpoint.size()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "there is no entry " + index + "; the log has " + checkpoint.size() + ", counted from 0");
        }
        return Leaf.of(bundle(index / Tile.FULL_WIDTH).get((int) (index % Tile.FULL_WIDTH)));
    }

    Entry entry(long index) {
        return Entry.parse(leaf(index));
    }

    /** @return every entry of one bundle */
    List<byte[]> bundle(long number) {
        Tile.Entries tile = Tile.Entries.at(number, checkpoint.size());
        return Bundle.decode(tile, read(tile.path()));
    }

    /** The proof of an entry, with the entry in it. */
    ProofFile proof(long index) {
        Leaf leaf = leaf(index);
        long size = checkpoint.size();
        List<Hash> hashes = Proofs.inclusion(index, size, new TiledHashes(size, tile -> read(tile.path())));
        if (!ProofCheck.includes(leaf.hash(), index, size, hashes, checkpoint.root())) {
            throw new CommandFailure(
                    ExitCode.CHECK_FAILED,
                    "the hashes of the log do not lead from entry " + index
                            + " to the root of its checkpoint; do not rely on this log");
        }
        return new ProofFile(index, hashes, new String(note, StandardCharsets.UTF_8)).withExtra(leaf.bytes());
    }

    private byte[] read(String path) {
        return log.read(path)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE,
                        path + " is missing; is this a whole log? `holdfast log verify` says more"));
    }
}
