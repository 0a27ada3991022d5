package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.audit.TimestampResponse;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where the log learns of time-stamps: an entry names each, so that nobody can add or drop one unseen. */
public final class TimestampDesk {

    private final Gate gate;

    public TimestampDesk(Gate gate) {
        this.gate = gate;
    }

    /**
     * Records that an authority has stamped the checkpoint of this size and root, and keeps what it answered.
     *
     * @param response that was found to be right
     */
    public CompletionStage<Receipt> record(long size, Hash root, TimestampResponse response) {
        Event event = new Event.CheckpointTimestamped(size, root, response.digest());
        return gate.ledger().append(new Naming(event, response)).thenApply(receipts -> receipts.get(0));
    }

    /** The last entry that names one, also of another gateway on the same log. */
    public Optional<Stored> newest() {
        List<Stored> history = gate.ledger().history(Envelope.LOG);
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).entry().event() instanceof Event.CheckpointTimestamped) {
                return Optional.of(history.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a log of this size says more than the stamped one: entries that name time-stamps do not count. */
    public boolean hasMoved(Event.CheckpointTimestamped stamped, long size) {
        for (long index = stamped.size(); index < size; index++) {
            Optional<Stored> entry = gate.ledger().entry(index);
            if (entry.isEmpty() || !(entry.get().entry().event() instanceof Event.CheckpointTimestamped)) {
                return true;
            }
        }
        return false;
    }

    private final class Naming implements Candidate {

        private final Event event;
        private final TimestampResponse response;

        Naming(Event event, TimestampResponse response) {
            this.event = event;
            this.response = response;
        }

        @Override
        public String subject() {
            return Envelope.LOG;
        }

        @Override
        public boolean hasHistory() {
            return false; // whatever came before, this was stamped
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return List.of(gate.scribe()
                    .line(standing, at, subject())
                    .keeping(List.of(response.content()))
                    .draft(event));
        }
    }
}
