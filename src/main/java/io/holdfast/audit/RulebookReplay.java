package io.holdfast.audit;

import io.holdfast.policy.Rulebook;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks how rulebooks came into force. That nobody had to agree rests on what the two rulebooks decide differently, so that is
 * found out again, for seconds of a processor at each activation.
 */
final class RulebookReplay {

    private final RulebookBook book = new RulebookBook();
    private final Function<String, Optional<Rulebook>> rulebooks;
    private final PreviewReplay previews;

    /** @param rulebooks those of the log, by their digests; nothing where one cannot be used, which has been told then */
    RulebookReplay(Function<String, Optional<Rulebook>> rulebooks, PreviewReplay previews) {
        this.rulebooks = rulebooks;
        this.previews = previews;
    }

    /** What should have been instead of this entry. */
    Optional<String> next(Stored stored, Standing standing) {
        Event event = stored.entry().event();
        Envelope envelope = stored.entry().envelope();
        Instant at = envelope.at();
        Optional<String> should = Optional.empty();
        if (event instanceof Event.RulebookProposed proposed) {
            should = RulebookBook.objection(proposed, standing, at)
                    .map(why -> "blocked as " + why)
                    .or(() -> previews.objection(stored, proposed));
        } else if (event instanceof Event.RulebookActivated activated) {
            should = book.objection(activated, envelope.previous(), standing, at)
                    .map(why -> "blocked as " + why)
                    .or(() -> recount(activated.change(), book.proposedAt(envelope.previous()), standing));
        } else if (event instanceof Event.RulebookBlocked blocked && blocked.blocked() == Event.Blocked.LOCATED_THERE) {
            should = book.proposedAt(envelope.previous())
                            .filter(proposed -> proposed.change().opens())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of("blocked for another reason, since no proposal stands that opens anything");
        }
        book.next(stored);
        return should;
    }

    private Optional<String> recount(
            RulebookChange change, Optional<Event.RulebookProposed> proposed, Standing standing) {
        Optional<Rulebook> from = rulebooks.apply(standing.rulebook());
        Optional<Rulebook> to = rulebooks.apply(change.next());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        RulebookChange again =
                RulebookChange.between(from.get(), to.get(), standing.holds().holds(), change.since());
        return again.tellsAs(change)
                ? proposed.flatMap(it -> previews.objection(
                        it, from.get(), to.get(), standing.holds().holds()))
                : Optional.of("a change of " + again.law() + ", under the holds of " + again.underHolds()
                        + ", with the statements " + again.dropped() + " dropped");
    }
}
