package io.holdfast.audit;

import io.holdfast.legal.Hold;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out again what a proposal said that it would do: people approved it for that. Takes seconds of a processor for each
 * proposal, and reads the entries of its period again.
 */
final class PreviewReplay {

    private final RequestCount count;
    private final Function<String, Optional<Rulebook>> rulebooks;
    private boolean areTold;

    /** @param rulebooks those of the log, by their digests; nothing where one cannot be used, which has been told then */
    PreviewReplay(LogSource log, Function<String, Optional<Rulebook>> rulebooks) {
        this.count = RequestCount.of(log, () -> {});
        this.rulebooks = rulebooks;
    }

    /** What the proposal should have told. */
    Optional<String> objection(Stored stored, Event.HoldChangeProposed proposed, Standing standing) {
        if (proposed.preview().isEmpty()) {
            return missing();
        }
        areTold = true;
        HoldPreview told = proposed.preview().get();
        return untimely(stored, told.recorded())
                .or(() -> rulebooks
                        .apply(standing.rulebook())
                        .map(rulebook -> HoldPreview.of(
                                count,
                                told.recorded().entries(),
                                told.recorded().at(),
                                proposed.changes(),
                                proposed.effective(),
                                standing,
                                rulebook))
                        .filter(again -> !again.tellsAs(told))
                        .map(again -> "one that tells of " + again.underHolds() + " over all requests, and of "
                                + text(again.recorded()) + " over recorded ones"));
    }

    /** The same of a rulebook, as far as it can be told without its files. */
    Optional<String> objection(Stored stored, Event.RulebookProposed proposed) {
        if (proposed.recorded().isEmpty()) {
            return missing();
        }
        areTold = true;
        return untimely(stored, proposed.recorded().get());
    }

    /** The same once its files are there. */
    Optional<String> objection(Event.RulebookProposed proposed, Rulebook from, Rulebook to, List<Hold> holds) {
        return proposed.recorded().flatMap(told -> {
            Tally tally = new Tally(from, holds, to, holds, told.at());
            PastRequests again = count.count(told.entries(), told.at(), tally);
            return again.equals(told)
                    ? Optional.empty()
                    : Optional.of("proposed as a change of " + text(again) + " over recorded requests");
        });
    }

    /** A gateway that has told what proposals would do does so for every one. */
    private Optional<String> missing() {
        return areTold ? Optional.of("one that tells what it would do, as those before it") : Optional.empty();
    }

    private Optional<String> untimely(Stored stored, PastRequests told) {
        Instant at = stored.entry().envelope().at();
        boolean isUntimely = !told.isFresh(at)
                || told.entries() > stored.index()
                || told.entries() < stored.index()
                        && at.isAfter(count.time(told.entries()).plus(PastRequests.FRESH));
        return isUntimely
                ? Optional.of("one that tells of every entry but those of the last " + PastRequests.FRESH.toMinutes()
                        + " minutes")
                : Optional.empty();
    }

    private static String text(PastRequests recorded) {
        return recorded.rows() + (recorded.all() ? "" : " for the latest " + recorded.requests());
    }
}
