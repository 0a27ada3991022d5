package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.TileReader;
import io.holdfast.tlog.TiledHashes;

/** A checkpoint on its way to the witnesses, and the tree that it is of. */
record Head(SignedNote note, Checkpoint checkpoint, TileReader tiles) {

    static Head of(SignedNote note, TileReader tiles) {
        return new Head(note, Checkpoint.parse(note.text()), tiles);
    }

    long size() {
        return checkpoint.size();
    }

    /** The request to a witness that cosigned this size last. */
    byte[] requestFrom(long oldSize) {
        // Of its own for each call: hashes that are read from tiles are for one thread.
        TiledHashes hashes = new TiledHashes(size(), tiles);
        return new AddCheckpoint(oldSize, Proofs.consistency(oldSize, size(), hashes), note).print();
    }
}
