package io.holdfast.store;

import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.SignedNote;
import io.holdfast.note.VerifierKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Signs checkpoints with every log key that this gateway holds and that the log has in force at that size, oldest first.
 * So a new key signs from the checkpoint on that covers the entry which names it, and both sign until the old one is
 * retired. Safe for many threads.
 */
public final class CheckpointSigner {

    private final List<NoteSigner> signers;
    private final List<Cosigner> cosigners;

    /**
     * @param signers the log keys of this gateway; of an empty log, the first of them signs alone
     * @param cosigners those that sign once more what is published
     */
    public CheckpointSigner(List<NoteSigner> signers, List<Cosigner> cosigners) {
        this.signers = List.copyOf(signers);
        this.cosigners = List.copyOf(cosigners);
    }

    public static CheckpointSigner of(NoteSigner only) {
        return new CheckpointSigner(List.of(only), List.of());
    }

    /** @throws IllegalStateException if none of the keys is in force: what it signed would be another log's */
    SignedNote sign(Checkpoint checkpoint, KeyHistory keys) {
        List<NoteSigner> inForce = keys.equals(KeyHistory.NONE)
                ? signers.subList(0, 1)
                : inForce(keys, KeyPurpose.LOG, signers, NoteSigner::verifierKey);
        if (inForce.isEmpty()) {
            throw strange(checkpoint, keys);
        }
        return checkpoint.sign(inForce.toArray(NoteSigner[]::new));
    }

    /** The lines that a checkpoint gets beside these when it is published; none if no such key is in force. */
    public List<NoteSignature> cosign(Checkpoint checkpoint, KeyHistory keys, Instant at) {
        return inForce(keys, KeyPurpose.LOG_ML_DSA_44, cosigners, Cosigner::verifierKey).stream()
                .map(cosigner -> cosigner.sign(checkpoint, at))
                .toList();
    }

    private static <T> List<T> inForce(
            KeyHistory keys, KeyPurpose purpose, List<T> held, Function<T, VerifierKey> verifierKey) {
        return keys.inForce(purpose).stream()
                .flatMap(key -> held.stream().filter(one -> new NamedKey.OfLog(verifierKey.apply(one)).equals(key)))
                .toList();
    }

    private static IllegalStateException strange(Checkpoint checkpoint, KeyHistory keys) {
        NamedKey.OfLog key = (NamedKey.OfLog) keys.inForce(KeyPurpose.LOG).get(0);
        String name = key.key().label().name();
        return new IllegalStateException(
                name.equals(checkpoint.origin())
                        ? "none of the log keys here is one that the log has in force; restore the right ones from their "
                                + "backup"
                        : "the log here is " + name + ", and holdfast.origin is " + checkpoint.origin());
    }
}
