package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.Cosigner;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.ProofCheck;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cosigns checkpoints of logs that it knows, and of each of them one past only: what it cosigns has grown from what it
 * cosigned before, as the log proves. Safe for many threads; requests for one log take turns.
 */
public final class Witness {
    private final Map<String, List<VerifierKey>> logs;
    private final Map<String, Object> turns;
    private final List<Cosigner> cosigners;
    private final WitnessState state;
    private final Clock clock;

    /**
     * @param policy its logs are those that this witness knows
     * @throws IllegalStateException if there is no log or no key, or what the state holds of a log was signed by neither
     */
    public Witness(TrustPolicy policy, List<Cosigner> cosigners, WitnessState state, Clock clock) {
        this.logs = policy.logs().stream()
                .map(TrustPolicy.Log::key)
                .collect(Collectors.groupingBy(key -> key.label().name()));
        this.turns = logs.keySet().stream().collect(Collectors.toMap(origin -> origin, origin -> new Object()));
        this.cosigners = List.copyOf(cosigners);
        this.state = state;
        this.clock = clock;
        if (logs.isEmpty() || cosigners.isEmpty()) {
            throw new IllegalStateException("a witness needs a key of its own and a log that it knows");
        }
        logs.forEach(this::refuseChangedState);
    }

    private void refuseChangedState(String origin, List<VerifierKey> keys) {
        Optional<SignedNote> last = state.last(origin);
        List<VerifierKey> either = new ArrayList<>(keys);
        cosigners.forEach(cosigner -> either.add(cosigner.verifierKey()));
        try {
            last.ifPresent(note -> note.open(either));
        } catch (UntrustedException e) {
            throw new IllegalStateException("the state of the witness for " + MalformedException.printable(origin)
                    + " was signed by no key that is known now: " + e.getMessage());
        }
    }

    /** The lines that others need to know this witness by. */
    public List<VerifierKey> verifierKeys() {
        return cosigners.stream().map(Cosigner::verifierKey).toList();
    }

    /** The checks of add-checkpoint, in the order of the protocol: the first that fails is the answer. */
    Answer add(byte[] body) throws IOException {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (MalformedException e) {
            return Answer.refused(Answer.MALFORMED, e.getMessage());
        }
        List<VerifierKey> keys = logs.get(request.origin());
        if (keys == null) {
            return Answer.refused(Answer.UNKNOWN_LOG, "this witness does not know the log");
        }
        try {
            request.checkpoint().open(keys);
        } catch (UntrustedException e) {
            return Answer.refused(Answer.NOT_SIGNED, e.getMessage());
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (MalformedException e) {
            boolean isEmptyWithRoot = request.checkpoint().text().startsWith(request.origin() + "\n0\n");
            return Answer.refused(isEmptyWithRoot ? Answer.NOT_CONSISTENT : Answer.MALFORMED, e.getMessage());
        }
        if (request.oldSize() > checkpoint.size()) {
            return Answer.refused(Answer.MALFORMED, "the old size must be at most the size of the checkpoint");
        }
        synchronized (turns.get(checkpoint.origin())) {
            return grow(request, checkpoint, keys);
        }
    }

    private Answer grow(AddCheckpoint request, Checkpoint checkpoint, List<VerifierKey> keys) throws IOException {
        Optional<Checkpoint> last = state.last(checkpoint.origin()).map(note -> Checkpoint.parse(note.text()));
        long size = last.map(Checkpoint::size).orElse(0L);
        if (request.oldSize() != size) {
            return Answer.otherSize(size);
        }
        Hash root = last.map(Checkpoint::root).orElse(Hash.ofNothing());
        if (!ProofCheck.consistent(size, root, checkpoint.size(), checkpoint.root(), request.proof())) {
            return Answer.refused(
                    Answer.NOT_CONSISTENT, "the proof does not show that the log only grew since it had " + size);
        }
        List<NoteSignature> cosignatures = cosigners.stream()
                .map(cosigner -> cosigner.sign(checkpoint, clock.instant()))
                .toList();
        // Durable before it leaves: a cosignature that is not remembered could be contradicted after a crash.
        state.replace(checkpoint.origin(), remembered(request.checkpoint(), keys, cosignatures));
        return Answer.cosigned(cosignatures);
    }

    /** The checkpoint with the signatures that were checked here and our own; whatever else stood under it is left out. */
    private static SignedNote remembered(
            SignedNote checkpoint, List<VerifierKey> keys, List<NoteSignature> cosignatures) {
        Set<Object> labels = new HashSet<>();
        keys.forEach(key -> labels.add(key.label()));
        List<NoteSignature> signatures = new ArrayList<>();
        checkpoint.signatures().stream()
                .filter(signature -> labels.contains(signature.label()))
                .forEach(signatures::add);
        signatures.addAll(cosignatures);
        return new SignedNote(checkpoint.text(), signatures);
    }

    /** The last checkpoint of the log whose origin has this SHA-256, as it was cosigned. */
    Optional<byte[]> last(String originHash) {
        return state.lastNamed(originHash).map(SignedNote::print);
    }
}
