package io.holdfast.witness;

import io.holdfast.note.SignedNote;
import io.holdfast.tlog.TileReader;
import java.util.function.Supplier;

/**
 * A log whose checkpoints are to be published.
 *
 * @param head the newest signed checkpoint; what it signs is durable. Asked often, so it must be at hand
 * @param inFull the newest checkpoint as it is published: with all of the log's own signatures, the ML-DSA-44 ones made for
 *     this call
 * @param tiles for the proofs that it grew
 */
public record FedLog(Supplier<byte[]> head, Supplier<byte[]> inFull, TileReader tiles) {

    SignedNote newest() {
        return SignedNote.parse(inFull.get());
    }
}
