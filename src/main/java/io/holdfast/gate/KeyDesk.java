package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where the log learns of keys. The entry that adds a key is signed by one that was in force before it: so whoever trusts
 * the keys of the genesis can follow the log to those of today.
 */
public final class KeyDesk {

    private final Gate gate;

    public KeyDesk(Gate gate) {
        this.gate = gate;
    }

    /** Puts a key in force, beside those that are. Fails if the log has ever named it. */
    public CompletionStage<Receipt> add(NamedKey key) {
        return append(new Event.KeyAdded(key));
    }

    /** Takes a key out of force, for good. Fails if it is not in force, or is the only one of its purpose. */
    public CompletionStage<Receipt> retire(NamedKey key) {
        return append(new Event.KeyRetired(key.purpose(), key.id()));
    }

    private CompletionStage<Receipt> append(Event event) {
        return gate.ledger().append(new Change(event)).thenApply(receipts -> receipts.get(0));
    }

    private final class Change implements Candidate {

        private final Event event;

        Change(Event event) {
            this.event = event;
        }

        @Override
        public String subject() {
            return Envelope.LOG;
        }

        @Override
        public boolean hasHistory() {
            return false; // the keys in force are in the standing
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            standing.keys().objection(event).ifPresent(why -> {
                throw new IllegalStateException(
                        "the entry would be refused by everybody who checks the log: it " + why);
            });
            return List.of(gate.scribe().line(standing, at, subject()).draft(event));
        }
    }
}
