package io.holdfast.audit;

import io.holdfast.note.Cosignature;
import io.holdfast.note.JudgedCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How old what was shown is. A witness says when a checkpoint was the newest that it knew. Without one there is only the
 * time of the last entry, which is the log's own word: a log that records nothing looks like one that withholds.
 */
final class Freshness {

    private final Anchors anchors;
    private final Scrutiny scrutiny;

    Freshness(Anchors anchors, Scrutiny scrutiny) {
        this.anchors = anchors;
        this.scrutiny = scrutiny;
    }

    /** @param lastEntry when the last entry was made, as the log says */
    void judge(Optional<JudgedCheckpoint> judged, Instant lastEntry, Noted<Finding> findings, List<String> remarks) {
        Optional<Instant> witnessed = judged.stream()
                .flatMap(checkpoint -> checkpoint.cosignatures().stream())
                .map(Cosignature::at)
                .max(Instant::compareTo);
        if (!anchors.policy().needsWitnesses()) {
            remarks.add("no witness was asked for: whether the log shows everybody the same is not known");
        }
        if (scrutiny.newestWithin().isEmpty()) {
            return;
        }
        String what = witnessed.isPresent() ? "newest cosignature" : "last entry";
        Instant newest = witnessed.orElse(lastEntry);
        if (witnessed.isEmpty()) {
            remarks.add(
                    "how new it is rests on the time of the last entry, which is the log's own word; that nothing was"
                            + " recorded since, or that something is withheld, cannot be told apart without a witness");
        }
        late(what, newest, scrutiny.newestWithin().get())
                .ifPresent(sentence -> findings.add(Finding.in(LogLayout.CHECKPOINT, sentence)));
    }

    private Optional<String> late(String what, Instant newest, Duration within) {
        if (newest.isAfter(scrutiny.now().plus(Cosignature.CLOCK_SKEW))) {
            return Optional.of("its " + what + " is of " + newest + ", and it is " + scrutiny.now()
                    + " now; one of the clocks is wrong");
        }
        return newest.isBefore(scrutiny.now().minus(within))
                ? Optional.of("its " + what + " is of " + newest + ", more than " + within + " before " + scrutiny.now()
                        + ", which is now")
                : Optional.empty();
    }
}
