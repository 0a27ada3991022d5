package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.Event;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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
        return new ReviewPlace(clocks.running().stream().map(CaseClock::due).min(Instant::compareTo), since, first);
    }

    ReviewPlace place() {
        return place;
    }

    Jurisdiction issuer() {
        return issuer;
    }

    /** As it is now. */
    Seen seen() {
        return new Seen(request, place, decided, approvedBy, clocks.running());
    }

    /**
     * @param decided the index of the decision that people have to look at
     * @param approvedBy the tags of those who have approved it
     */
    record Seen(String request, ReviewPlace place, long decided, Set<String> approvedBy, List<CaseClock> clocks) {}
}
