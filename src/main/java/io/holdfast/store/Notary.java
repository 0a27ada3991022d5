package io.holdfast.store;

import io.holdfast.audit.Leaf;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.SignedNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Signs where the log ends, once that is durable, and remembers outside the database what it has signed: first the control
 * entries, then the mark, then the signature. A signature that is not remembered could be contradicted.
 */
final class Notary implements AutoCloseable {

    private final String origin;
    private final CheckpointSigner signer;
    private final ControlCopy controlCopy;
    private final HighWater highWater;
    private final Freeze freeze;

    Notary(String origin, CheckpointSigner signer, DataFolder folder, HighWater.Opener opener) {
        this.origin = origin;
        this.signer = signer;
        this.controlCopy = new ControlCopy(folder.controlCopy());
        this.highWater = new HighWater(folder.highWater(), opener);
        this.freeze = new Freeze(folder.freeze());
    }

    String origin() {
        return origin;
    }

    /** What has been signed before, and must stand in every tree that is signed from now on. */
    Optional<HighWater.Mark> mark() {
        return highWater.mark();
    }

    /** @param control all control entries, where the log was loaded anew */
    Published signAnew(RightEdge edge, List<Leaf> control) {
        controlCopy.set(control);
        return mark(edge);
    }

    /** @param control the control entries since the last signature */
    Published sign(RightEdge edge, List<Leaf> control) {
        controlCopy.add(control);
        return mark(edge);
    }

    private Published mark(RightEdge edge) {
        Checkpoint checkpoint =
                new Checkpoint(origin, edge.frontier().size(), edge.frontier().root());
        highWater.raise(checkpoint.size(), checkpoint.root());
        return new Published(
                edge.standing(),
                checkpoint,
                signer.sign(checkpoint, edge.standing().keys()).print());
    }

    /** What was published in here, as everybody outside is to see it: also with the log keys that sign once more. */
    SignedNote inFull(Published published, Instant at) {
        SignedNote note = SignedNote.parse(published.note());
        for (NoteSignature more :
                signer.cosign(published.checkpoint(), published.standing().keys(), at)) {
            note = note.with(more);
        }
        return note;
    }

    /** @throws FrozenException if the log was frozen before */
    void refuseFrozen() {
        freeze.refuse();
    }

    FrozenException freeze(FrozenException found) {
        return freeze.keep(found);
    }

    @Override
    public void close() {
        highWater.close();
    }
}
