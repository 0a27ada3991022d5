package io.holdfast.audit;

import io.holdfast.audit.Event.Ending;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One proposed change of holds, and how far it has come.
 *
 * @param stored the entry that proposed it
 * @param approvedBy the tags of those who agree, without the proposer's
 * @param objectedBy the tags of those whose objection stands
 * @param closed how it ended, if an entry says that it did
 */
public record HoldProposal(
        Stored stored,
        Event.HoldChangeProposed event,
        Set<String> approvedBy,
        Set<String> objectedBy,
        Optional<State> closed) {

    /** Where it stands. */
    public enum State {
        /** More people have to agree. */
        WAITING,
        /** At least one person objects. */
        OBJECTED,
        /** Enough have agreed, and its time has not come. */
        SCHEDULED,
        IN_EFFECT,
        WITHDRAWN,
        EXPIRED,
        SUSPENDED
    }

    public HoldProposal {
        approvedBy = Set.copyOf(approvedBy);
        objectedBy = Set.copyOf(objectedBy);
    }

    static HoldProposal of(Stored stored, Event.HoldChangeProposed event) {
        return new HoldProposal(stored, event, Set.of(), Set.of(), Optional.empty());
    }

    public long index() {
        return stored.index();
    }

    /** What everything that answers it names: this very proposal, and no other of the same words. */
    public Hash version() {
        return stored.entry().leaf().hash();
    }

    public boolean isOpen() {
        return closed.isEmpty();
    }

    /** How many more people have to agree. */
    public int missing() {
        return Math.max(0, event.people() - 1 - approvedBy.size());
    }

    /** As far as the log says: a time that has passed unnoticed is {@link #ending}. */
    public State state() {
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!objectedBy.isEmpty()) {
            return State.OBJECTED;
        }
        return missing() > 0 ? State.WAITING : State.SCHEDULED;
    }

    /** Why it cannot take effect any more, though no entry says so yet. */
    public Optional<Ending> ending(Standing standing, Instant at) {
        if (!isOpen()) {
            return Optional.empty();
        }
        Envelope proposed = stored.entry().envelope();
        if (!proposed.rulebook().equals(standing.rulebook())) {
            return Optional.of(Ending.RULEBOOK);
        }
        if (proposed.epoch() != standing.epoch()) {
            return Optional.of(Ending.EPOCH);
        }
        if (at.isAfter(event.effectiveBy())) {
            return Optional.of(Ending.EFFECTIVE_BY);
        }
        return missing() > 0 && at.isAfter(event.approveBy()) ? Optional.of(Ending.APPROVE_BY) : Optional.empty();
    }

    /** Which of its times is over first, if nobody does anything. */
    public Ending nextEnding() {
        return missing() > 0 ? Ending.APPROVE_BY : Ending.EFFECTIVE_BY;
    }

    /** The last instant of that time. */
    public Instant nextEnd() {
        return missing() > 0 ? event.approveBy() : event.effectiveBy();
    }

    /** Whether people are to be told that this time is nearly over. */
    public boolean isNearlyOver(Warning warning, Standing standing, Instant at) {
        Duration whole = Duration.between(stored.entry().envelope().at(), nextEnd());
        return isOpen() && ending(standing, at).isEmpty() && !at.isBefore(warning.from(whole, nextEnd()));
    }

    /** Whether it is to take effect now: everybody agrees, nobody objects, its time has come and is not over. */
    public boolean isDue(Standing standing, Instant at) {
        return state() == State.SCHEDULED
                && ending(standing, at).isEmpty()
                && event.effective().map(from -> !at.isBefore(from)).orElse(true);
    }

    /** What takes effect. */
    public Event.HoldsChanged effect() {
        return new Event.HoldsChanged(version(), event.changes());
    }

    /** The same after an entry that answers it. */
    public HoldProposal after(Event answer) {
        if (answer instanceof Event.HoldChangeApproved approved) {
            return with(plus(approvedBy, approved.by()), objectedBy);
        }
        if (answer instanceof Event.HoldChangeObjected objected) {
            return with(minus(approvedBy, objected.by()), plus(objectedBy, objected.by()));
        }
        if (answer instanceof Event.HoldObjectionWithdrawn withdrawn) {
            return with(approvedBy, minus(objectedBy, withdrawn.by()));
        }
        if (answer instanceof Event.HoldChangeWithdrawn) {
            return closed(State.WITHDRAWN);
        }
        if (answer instanceof Event.HoldChangeEnded ended) {
            return closed(ended.because().isExpiry() ? State.EXPIRED : State.SUSPENDED);
        }
        return answer instanceof Event.HoldsChanged ? closed(State.IN_EFFECT) : this;
    }

    private HoldProposal with(Set<String> approving, Set<String> objecting) {
        return new HoldProposal(stored, event, approving, objecting, closed);
    }

    private HoldProposal closed(State how) {
        return new HoldProposal(stored, event, approvedBy, objectedBy, Optional.of(how));
    }

    private static Set<String> plus(Set<String> tags, String tag) {
        Set<String> more = new HashSet<>(tags);
        more.add(tag);
        return more;
    }

    private static Set<String> minus(Set<String> tags, String tag) {
        Set<String> fewer = new HashSet<>(tags);
        fewer.remove(tag);
        return fewer;
    }
}
