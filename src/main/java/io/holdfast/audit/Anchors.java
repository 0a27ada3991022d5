package io.holdfast.audit;

import io.holdfast.note.Cosignature;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the auditor brings and believes: keys of logs and witnesses, and the log's name. Never taken from what is checked.
 *
 * @param origin the log's name, where another log of the policy must not pass
 */
public record Anchors(TrustPolicy policy, Optional<String> origin) {

    /** Trust in these keys of the log, and no demand for witnesses. */
    public static Anchors ofKeys(Collection<VerifierKey> keys, Optional<String> origin) {
        return new Anchors(TrustPolicy.ofKeys(keys), origin);
    }

    /** @throws UntrustedException if no log of the policy signed it, or a signature by a key of the policy is wrong */
    JudgedCheckpoint judge(SignedNote note, Instant now) {
        return policy.judge(note, now);
    }

    /** What there is against a checkpoint that a log of the policy has signed. */
    List<String> objections(JudgedCheckpoint judged) {
        List<String> objections = new ArrayList<>();
        String found = judged.checkpoint().origin();
        origin.filter(expected -> !expected.equals(found))
                .ifPresent(expected -> objections.add("is of the log " + MalformedException.printable(found)
                        + ", expected " + MalformedException.printable(expected) + "; is it the right log?"));
        if (!judged.quorum()) {
            objections.add("is cosigned by " + named(judged.cosignatures()) + ", and the quorum is " + policy.quorum()
                    + (judged.passedOver().isEmpty()
                            ? ""
                            : "; " + named(judged.passedOver()) + " named no time, or one that is yet to come"));
        }
        return objections;
    }

    private static String named(List<Cosignature> cosignatures) {
        return cosignatures.isEmpty()
                ? "no witness of the policy"
                : cosignatures.stream()
                        .map(cosignature -> cosignature.key().label().toString())
                        .collect(Collectors.joining(" and "));
    }

    List<VerifierKey> logKeys() {
        return policy.logs().stream().map(TrustPolicy.Log::key).toList();
    }
}
