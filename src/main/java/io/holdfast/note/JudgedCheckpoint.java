package io.holdfast.note;

import java.util.List;

/**
 * A checkpoint that a {@link TrustPolicy} believes the log to have signed.
 *
 * @param logKeys the log's keys that signed it: at least one
 * @param cosignatures of the witnesses in the policy, each once
 * @param passedOver true cosignatures that do not count: they lie in the future or name no time
 * @param quorum whether the cosignatures suffice
 */
public record JudgedCheckpoint(
        Checkpoint checkpoint,
        List<VerifierKey> logKeys,
        List<Cosignature> cosignatures,
        List<Cosignature> passedOver,
        boolean quorum) {
    public JudgedCheckpoint {
        logKeys = List.copyOf(logKeys);
        cosignatures = List.copyOf(cosignatures);
        passedOver = List.copyOf(passedOver);
    }
}
