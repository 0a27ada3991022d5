package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is kept of a request that waits for people: where its decision stands, and what has come of it since. */
final class WaitingCase {

    private final String request;
    private final long first;
    private final Instant since;
    private final CaseClocks clocks;
    private Jurisdiction issuer;
    private long decided;
    private Hash version;
    private Set<String> approvedBy = Set.of();
    private ReviewPlace place;

    /** The leaf hash that was found to be signed by this log: looking at it again costs nothing. */
    private volatile Hash own = Hash.ofNothing();

    /** @param entries on it, up to the decision that made it wait */
    WaitingCase(List<Stored> entries) {
        Stored last = entries.get(entries.size() - 1);
        this.request = last.entry().envelope().subject();
        this.first = entries.get(0).index();
        this.since = last.entry().envelope().at();
        this.clocks = CaseClocks.of(entries);
        decided(last);
        this.place = placeNow();
    }

    /** Takes over the next entry on it. It goes on waiting. */
    void next(Stored stored) {
        clocks.next(stored);
        if (stored.entry().event() instanceof Event.RequestDecided) {
            decided(stored);
        } else if (stored.entry().event() instanceof Event.ApprovalGiven given
                && given.version().equals(version)) {
            Set<String> more = new HashSet<>(approvedBy);
            more.add(given.by());
            approvedBy = Set.copyOf(more);
        }
        place = placeNow();
    }

    private void decided(Stored stored) {
        issuer = ((Event.RequestDecided) stored.entry().event()).facts().issuer();
        decided = stored.index();
        version = stored.entry().leaf().hash();
        approvedBy = Set.of(); // of another version
    }

    private ReviewPlace placeNow() {
        Optional<Instant> due = clocks.running().stream()
                .filter(clock -> clock.stopped().isEmpty())
                .map(CaseClock::due)
                .min(Instant::compareTo);
        return new ReviewPlace(due, since, first);
    }

    ReviewPlace place() {
        return place;
    }

    Jurisdiction issuer() {
        return issuer;
    }

    /** @throws IllegalStateException if this is no entry on it that the log has signed */
    private void check(Stored entry, KeyHistory keys) {
        Hash leaf = entry.entry().leaf().hash();
        if (!leaf.equals(own)) {
            OwnEntries.check(request, List.of(entry), keys);
            own = leaf;
        }
    }

    /** As it is now. */
    Seen seen() {
        return new Seen(this, place, decided, approvedBy, clocks.running());
    }

    /**
     * As it was when somebody looked.
     *
     * @param decided the index of the decision that people have to look at
     * @param approvedBy the tags of those who have approved it
     */
    record Seen(WaitingCase of, ReviewPlace place, long decided, Set<String> approvedBy, List<CaseClock> clocks) {

        /** @throws IllegalStateException like {@link WaitingCase#check} */
        void check(Stored entry, KeyHistory keys) {
            of.check(entry, keys);
        }
    }
}
