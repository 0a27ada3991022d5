package io.holdfast.audit;

import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is in force at one point of the log: the fold of its control entries, and the time of its last entry. The writer,
 * start-up and replay all fold with {@link #after}.
 *
 * @param epoch how many control entries there are so far
 * @param rulebook digest of the rulebook in force, hex; empty before the genesis
 * @param keys the keys that the log has named
 * @param last the time of the last entry
 */
public record Standing(long epoch, String rulebook, List<RecordedHold> recorded, KeyHistory keys, Instant last) {

    public static final Standing BEFORE_GENESIS = new Standing(0, "", List.of(), KeyHistory.NONE, Instant.EPOCH);

    public Standing {
        recorded = List.copyOf(recorded);
    }

    public HoldsInForce holds() {
        return new HoldsInForce(epoch, recorded.stream().map(RecordedHold::hold).toList());
    }

    public Optional<Hold> hold(String id) {
        return recorded.stream()
                .map(RecordedHold::hold)
                .filter(hold -> hold.id().equals(id))
                .findFirst();
    }

    public boolean isBeforeGenesis() {
        return epoch == 0;
    }

    /** What is in force once this entry stands in the log. */
    public Standing after(Envelope envelope, Event event) {
        long nextEpoch = event.kind().isControl() ? epoch + 1 : epoch;
        KeyHistory nextKeys = keys.after(envelope, event);
        if (event instanceof Event.Genesis genesis) {
            return new Standing(nextEpoch, envelope.rulebook(), genesis.holds(), nextKeys, envelope.at());
        }
        if (event instanceof Event.HoldPlaced placed) {
            return new Standing(nextEpoch, rulebook, with(placed.hold()), nextKeys, envelope.at());
        }
        if (event instanceof Event.HoldTightened tightened) {
            return new Standing(nextEpoch, rulebook, with(tightened.hold()), nextKeys, envelope.at());
        }
        if (event instanceof Event.RulebookActivated activated) {
            return new Standing(nextEpoch, activated.change().next(), recorded, nextKeys, envelope.at());
        }
        if (event instanceof Event.HoldsChanged changed) {
            return new Standing(nextEpoch, rulebook, with(changed.changes()), nextKeys, envelope.at());
        }
        return new Standing(nextEpoch, rulebook, recorded, nextKeys, envelope.at());
    }

    /** The same, after an entry of this time that changes nothing else. */
    public Standing at(Instant time) {
        return new Standing(epoch, rulebook, recorded, keys, time);
    }

    /** The holds that would be in force if this happened to them. */
    public List<Hold> holdsAfter(List<HoldChange> changes) {
        return with(changes).stream().map(RecordedHold::hold).toList();
    }

    private List<RecordedHold> with(List<HoldChange> changes) {
        List<RecordedHold> next = new ArrayList<>(recorded);
        for (HoldChange change : changes) {
            next.removeIf(other -> other.hold().id().equals(change.holdId()));
            change.next().ifPresent(next::add);
        }
        return next;
    }

    private List<RecordedHold> with(RecordedHold changed) {
        List<RecordedHold> next = new ArrayList<>(recorded);
        next.removeIf(other -> other.hold().id().equals(changed.hold().id()));
        next.add(changed);
        return next;
    }
}
