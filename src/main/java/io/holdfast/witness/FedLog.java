package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.SignedNote;
import io.holdfast.tlog.TileReader;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A log whose checkpoints are to be published.
 *
 * @param head the newest signed checkpoint; what it signs is durable
 * @param tiles for the proofs that it grew
 * @param second the log's ML-DSA-44 key, if it has one: it signs what is published, after the log's first signature
 */
public record FedLog(Supplier<byte[]> head, TileReader tiles, Optional<Cosigner> second) {

    /** The newest checkpoint with all of the log's own signatures. */
    SignedNote newest(Clock clock) {
        SignedNote note = SignedNote.parse(head.get());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return second.map(cosigner -> note.with(cosigner.sign(checkpoint, clock.instant())))
                .orElse(note);
    }
}
