package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Where holds are placed and tightened. One person is enough to stop; what takes two is {@link HoldChangeDesk}'s. */
public final class HoldDesk {

    private final Gate gate;
    private final HoldChangeDesk changes;

    /** Read once for each version of a hold; named by their digest, so never out of date. */
    private final Map<Hash, Hold> texts = new ConcurrentHashMap<>();

    public HoldDesk(Gate gate) {
        this(gate, PeopleRule.TWO);
    }

    /** @param rule how many people it takes to lift and to widen */
    public HoldDesk(Gate gate, PeopleRule rule) {
        this.gate = gate;
        this.changes = new HoldChangeDesk(gate, rule);
    }

    /** Where people agree to lift and to widen. */
    public HoldChangeDesk changes() {
        return changes;
    }

    /** Every hold that has been placed, with the texts that people wrote, or empty ones where they were erased. */
    public List<Hold> holds() {
        return gate.ledger().standing().recorded().stream().map(this::withTexts).toList();
    }

    /** The hold with its texts, or with empty ones where they were erased. */
    public Hold withTexts(RecordedHold recorded) {
        Hold known = texts.get(recorded.texts());
        if (known != null) {
            return known;
        }
        Optional<Hold> read = gate.ledger().content(contentName(recorded)).map(recorded::with);
        read.ifPresent(hold -> texts.put(recorded.texts(), hold));
        return read.orElse(recorded.hold());
    }

    /** Places a new hold at once, or records that a hold of this id stands already. */
    public CompletionStage<Receipt> place(Hold hold, String person, String reason) {
        return append(new Change(hold, Attempt.PLACE, person, reason));
    }

    /** Replaces a hold by its next version at once, or records that the change would let something through. */
    public CompletionStage<Receipt> tighten(Hold hold, String person, String reason) {
        return append(new Change(hold, Attempt.TIGHTEN, person, reason));
    }

    private CompletionStage<Receipt> append(Change change) {
        return gate.ledger().append(change).thenApply(receipts -> receipts.get(0));
    }

    static String contentName(RecordedHold recorded) {
        return "hold:" + recorded.texts().hex();
    }

    static Draft.Content content(Hold hold) {
        return new Draft.Content(contentName(RecordedHold.of(hold)), RecordedHold.textsOf(hold));
    }

    private final class Change implements Candidate {

        private final Hold hold;
        private final Attempt attempt;
        private final List<Disclosure> sealed;
        private final CaseKey key = gate.scribe().newKey();

        Change(Hold hold, Attempt attempt, String person, String reason) {
            this.hold = hold;
            this.attempt = attempt;
            this.sealed = List.of(Disclosure.of("person", person), Disclosure.of("reason", reason));
        }

        @Override
        public String subject() {
            return Envelope.subjectOfHold(hold.id());
        }

        @Override
        public boolean hasHistory() {
            return false; // what is in force is in the standing
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Scribe.Line line = gate.scribe().line(standing, at, subject());
            Optional<Blocked> blocked = blocked(standing, at);
            if (blocked.isPresent()) {
                return List.of(line.draft(new Event.HoldChangeBlocked(hold.id(), attempt, blocked.get()), sealed, key));
            }
            RecordedHold recorded = RecordedHold.of(hold);
            Event event = attempt == Attempt.PLACE ? new Event.HoldPlaced(recorded) : new Event.HoldTightened(recorded);
            return List.of(line.keeping(List.of(content(hold))).draft(event, sealed, key));
        }

        private Optional<Blocked> blocked(Standing standing, Instant at) {
            Optional<Hold> stands = standing.hold(hold.id());
            if (attempt == Attempt.PLACE) {
                return stands.map(found -> Blocked.ALREADY_PLACED);
            }
            if (stands.isEmpty()) {
                return Optional.of(Blocked.NO_SUCH_HOLD);
            }
            Hold next = RecordedHold.of(hold).hold();
            return next.version() == stands.get().version() + 1 && next.tightens(stands.get(), at)
                    ? Optional.empty()
                    : Optional.of(Blocked.NOT_A_TIGHTENING);
        }
    }
}
