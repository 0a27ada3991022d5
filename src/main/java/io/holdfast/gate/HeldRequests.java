package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to held requests after holds were lifted or widened: each is decided again under the rules of that day, once.
 * Nothing is released by that: a hold has ended whatever approvals there were, and what hands data over needs two.
 *
 * <p>Which ones, the log alone says, so it also goes on after a restart, and on any replica: those whose latest decision is
 * {@code HELD} and was made before the change. For one thread.
 */
public final class HeldRequests {

    private final Gate gate;

    /** The entry of the last change after which nothing is left to be decided. */
    private long doneFor = -1;

    public HeldRequests(Gate gate) {
        this.gate = gate;
    }

    /**
     * Decides again what the last change left to be decided. Reads the whole log if there was a change since the last call, and
     * at the first one.
     *
     * @param changed the entry that changed holds
     * @return how many requests this call decided
     * @throws io.holdfast.audit.LedgerException if the log cannot be read or written; the next call goes on
     */
    public int decideAgain(Stored changed) {
        if (changed.index() <= doneFor) {
            return 0;
        }
        if (gate.ledger().entry(changed.index()).isEmpty()) {
            return 0; // another replica wrote it, and this one has not followed yet
        }
        long epoch = changed.entry().envelope().epoch();
        int decided = ManyAtOnce.write(
                gate.ledger(),
                heldUpTo(epoch).stream()
                        .map(request -> new Again(request, epoch))
                        .toList());
        doneFor = changed.index();
        return decided;
    }

    /** Held by a decision that knew this epoch or an earlier one, oldest first. */
    private List<String> heldUpTo(long epoch) {
        LogReader log = LogReader.of(new LedgerSource(gate.ledger(), Map.of()));
        Map<String, Long> held = new LinkedHashMap<>();
        log.entries().forEachOrdered(stored -> {
            Event event = stored.entry().event();
            String request = stored.entry().envelope().subject();
            if (event instanceof Event.RequestDecided decided) {
                if (decided.decision().outcome() == Outcome.HELD) {
                    held.put(request, stored.entry().envelope().epoch());
                } else {
                    held.remove(request);
                }
            } else if (event instanceof Event.CaseShredded) {
                held.remove(request);
            }
        });
        return held.entrySet().stream()
                .filter(one -> one.getValue() <= epoch)
                .map(Map.Entry::getKey)
                .toList();
    }

    private final class Again extends CaseStep {

        private final long epoch;

        Again(String requestId, long epoch) {
            super(gate, requestId);
            this.epoch = epoch;
        }

        /** Somebody may have decided it meanwhile, or shredded it: then there is nothing to do. */
        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            boolean isDue = found.state() == CaseState.HELD
                    && found.decided().entry().envelope().epoch() <= epoch;
            if (!isDue) {
                throw new NothingToDoException();
            }
            return List.of(line.draft(found.decidedAgain(gate.rulebook(), standing, at)));
        }
    }
}
