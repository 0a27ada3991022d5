package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The transparency reports that were proposed and published: the fold of the entries about them. The desk asks it before it
 * writes, and replay asks it again. It needs no key: the tags of two people differ in the open.
 */
public final class ReportBook {

    /** For so long a second person can agree to a proposal. */
    public static final Duration STANDS = Duration.ofDays(30);

    /**
     * From its end on a period waits for so long before it is counted, so that no entry of it comes late: replicas whose
     * clocks differ write into one log.
     */
    public static final Duration SETTLES = Duration.ofHours(1);

    private final SortedMap<Long, Stored> proposals = new TreeMap<>();
    private final SortedMap<Long, Stored> published = new TreeMap<>();

    /** Takes over the next entry; those about other things change nothing. */
    public void next(Stored stored) {
        Event event = stored.entry().event();
        if (event instanceof Event.ReportProposed) {
            proposals.put(stored.index(), stored);
        } else if (event instanceof Event.ReportPublished) {
            stored.entry().envelope().previous().ifPresent(proposals::remove);
            published.put(stored.index(), stored);
        }
    }

    /** The newest proposal of this report that nobody has agreed to. */
    public Optional<Stored> proposal(Hash digest) {
        return proposals.values().stream()
                .filter(stored -> proposed(stored).report().digest().equals(digest))
                .max(Comparator.comparingLong(Stored::index));
    }

    /** The entries that published a report, oldest first. */
    public Collection<Stored> published() {
        return published.values();
    }

    /** Whether this very report was published. */
    public boolean isPublished(Hash digest) {
        return published.values().stream()
                .anyMatch(stored -> ((Event.ReportPublished) stored.entry().event())
                        .report()
                        .digest()
                        .equals(digest));
    }

    /** Why nobody may propose this now. */
    public static Optional<Event.Blocked> objection(Event.ReportProposed proposed, Instant at) {
        return at.isBefore(proposed.report().to().plus(SETTLES))
                ? Optional.of(Event.Blocked.PERIOD_NOT_OVER)
                : Optional.empty();
    }

    /**
     * Why this may not be published now.
     *
     * @param proposal the index of the entry that it answers
     */
    public Optional<Event.Blocked> objection(Event.ReportPublished event, long proposal, Instant at) {
        Stored first = proposals.get(proposal);
        if (first == null || !stands(first, at) || !proposed(first).report().equals(event.report())) {
            return Optional.of(Event.Blocked.OTHER_PROPOSAL);
        }
        return proposed(first).by().equals(event.by())
                ? Optional.of(Event.Blocked.SAME_PERSON_TWICE)
                : Optional.empty();
    }

    private static Event.ReportProposed proposed(Stored stored) {
        return (Event.ReportProposed) stored.entry().event();
    }

    private static boolean stands(Stored proposal, Instant at) {
        return !at.isAfter(proposal.entry().envelope().at().plus(STANDS));
    }
}
