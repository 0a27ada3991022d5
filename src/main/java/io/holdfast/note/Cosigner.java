package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.time.Instant;

/**
 * Cosigns checkpoints under a name, with an Ed25519 or an ML-DSA-44 key (c2sp.org/tlog-cosignature). Safe for many
 * threads.
 *
 * <p>A cosignature says that, as of its time, the checkpoint is the largest view of its log that the cosigner knows and
 * is consistent with all earlier ones. Whether that is so is for the caller to know: a witness checks it first, and a
 * log knows it of its own tree.
 */
public final class Cosigner {
    private final VerifierKey verifierKey;
    private final Statement statement;

    private Cosigner(VerifierKey verifierKey, Statement statement) {
        this.verifierKey = verifierKey;
        this.statement = statement;
    }

    /** What this cosigner's key signs about a checkpoint. */
    @FunctionalInterface
    private interface Statement {
        byte[] sign(Checkpoint checkpoint, long time);
    }

    /** A key of its own: an Ed25519 cosignature does not commit to the name, so one key must not go under two. */
    public static Cosigner of(String name, Ed25519Key key) {
        return new Cosigner(
                VerifierKey.cosigner(name, key.publicKey()),
                (checkpoint, time) -> key.sign(CosignedMessage.lines(checkpoint, time)));
    }

    public static Cosigner of(String name, MlDsa44Key key) {
        return new Cosigner(
                VerifierKey.of(name, key.publicKey()),
                (checkpoint, time) -> key.sign(CosignedMessage.subtree(name, checkpoint, time)));
    }

    /** The line to put under the checkpoint. The time is kept in whole seconds and lies after 1970. */
    public NoteSignature sign(Checkpoint checkpoint, Instant at) {
        long time = at.getEpochSecond();
        if (time <= 0) {
            throw new MalformedException("cosignature time", "must be after 1970; is the clock right?", time);
        }
        return new NoteSignature(verifierKey.label(), Timestamped.bytes(time, statement.sign(checkpoint, time)));
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public String toString() {
        return "cosigner " + verifierKey.label();
    }
}
