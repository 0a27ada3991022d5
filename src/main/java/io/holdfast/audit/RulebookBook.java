package io.holdfast.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rulebooks that were proposed and that came into force: the fold of the entries about them. The desk asks it before it
 * writes, and replay asks it again. It needs no key: the tags of two people differ in the open.
 *
 * <p>A set that opens nothing comes into force by itself. Whatever opens something takes two people, and so does going back to a
 * rulebook that was in force before: a replica whose files are late must not undo what the others have done.
 */
public final class RulebookBook {

    /** For so long a second person can agree to a proposal. */
    public static final Duration STANDS = Duration.ofDays(30);

    private final SortedMap<Long, Stored> proposals = new TreeMap<>();
    private final Set<String> former = new HashSet<>();

    /** Takes over the next entry; those about other things change nothing. */
    public void next(Stored stored) {
        Event event = stored.entry().event();
        if (event instanceof Event.RulebookProposed) {
            proposals.put(stored.index(), stored);
        } else if (event instanceof Event.RulebookActivated) {
            proposals.clear(); // each was compared with a rulebook that is in force no more
            former.add(stored.entry().envelope().rulebook());
        }
    }

    /** The newest proposal of this rulebook that a second person can agree to. */
    public Optional<Stored> proposal(String rulebook, Standing standing, Instant at) {
        return proposals.values().stream()
                .filter(stored -> proposed(stored).change().next().equals(rulebook))
                .filter(stored -> stands(stored, standing, at))
                .reduce((earlier, later) -> later);
    }

    /** What this entry proposed, if it did and nothing has come into force since. */
    Optional<Event.RulebookProposed> proposedAt(OptionalLong index) {
        return Optional.ofNullable(proposals.get(index.orElse(-1))).map(RulebookBook::proposed);
    }

    /** Whether two people have to agree. */
    public boolean takesTwo(RulebookChange change) {
        return change.opens() || former.contains(change.next());
    }

    /** Why nobody may propose this now. */
    public static Optional<Event.Blocked> objection(Event.RulebookProposed proposed, Standing standing, Instant at) {
        return objection(proposed.change(), standing, at);
    }

    private static Optional<Event.Blocked> objection(RulebookChange change, Standing standing, Instant at) {
        if (change.next().equals(standing.rulebook())) {
            return Optional.of(Event.Blocked.IN_FORCE_ALREADY);
        }
        // What lies between the time of the comparison and now would have been left out of it.
        return change.since().isAfter(at) ? Optional.of(Event.Blocked.OTHER_PROPOSAL) : Optional.empty();
    }

    /**
     * Why this may not come into force now.
     *
     * @param proposal the index of the entry that it answers, if it does
     */
    public Optional<Event.Blocked> objection(
            Event.RulebookActivated event, OptionalLong proposal, Standing standing, Instant at) {
        Optional<Event.Blocked> objection = objection(event.change(), standing, at);
        if (objection.isPresent()) {
            return objection;
        }
        if (event.by().isEmpty() && proposal.isEmpty()) {
            return takesTwo(event.change()) ? Optional.of(Event.Blocked.NEEDS_TWO_PEOPLE) : Optional.empty();
        }
        Stored first = proposals.get(proposal.orElse(-1));
        if (first == null
                || event.by().isEmpty()
                || !stands(first, standing, at)
                || !proposed(first).change().equals(event.change())) {
            return Optional.of(Event.Blocked.OTHER_PROPOSAL);
        }
        return event.by().get().equals(proposed(first).by())
                ? Optional.of(Event.Blocked.SAME_PERSON_TWICE)
                : Optional.empty();
    }

    private static Event.RulebookProposed proposed(Stored stored) {
        return (Event.RulebookProposed) stored.entry().event();
    }

    /** The comparison was made with what was in force then: once that has changed, it says nothing. */
    private static boolean stands(Stored proposal, Standing standing, Instant at) {
        Envelope envelope = proposal.entry().envelope();
        return envelope.epoch() == standing.epoch() && !at.isAfter(envelope.at().plus(STANDS));
    }
}
