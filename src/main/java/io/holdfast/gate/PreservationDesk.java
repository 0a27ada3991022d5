package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.CopyStep;
import io.holdfast.audit.CopyStep.Because;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people say of a copy that is kept: the sender, who has it extended, names the production or gives it up; and whoever has told
 * the store by hand. Every attempt of the sender that does not count is recorded.
 */
public final class PreservationDesk {

    private final Gate gate;
    private final CopyEntries entries;

    public PreservationDesk(Gate gate) {
        this.gate = gate;
        this.entries = new CopyEntries(gate);
    }

    /**
     * The sender asks for the one extension of the law. It is decided once more, under what is in force now.
     *
     * @param person of the sender; sealed
     * @return {@code preservation-extended}, or {@code preservation-blocked}
     */
    public Receipt extend(String requestId, Person person) {
        return only(new Wish(requestId, CopyStep.Attempt.EXTEND, Optional.empty(), Optional.empty(), person));
    }

    /**
     * The sender names the request for production that the copy is kept for.
     *
     * @param production another request of the same sender; nothing if there is none of that name
     */
    public Receipt link(String requestId, Optional<String> production, Person person) {
        Optional<Blocked> why = production.isEmpty() ? Optional.of(Blocked.NO_SUCH_REQUEST) : Optional.empty();
        return only(new Wish(requestId, CopyStep.Attempt.LINK, production, why, person));
    }

    /** The sender does not want it any more. */
    public Receipt withdraw(String requestId, Person person) {
        return only(new Wish(requestId, CopyStep.Attempt.WITHDRAW, Optional.empty(), Optional.empty(), person));
    }

    /**
     * A person says that the copy is kept, or that it is gone: whichever the log waits for. For platforms whose store is told by
     * people.
     *
     * @param accounts for how many accounts it is kept; at most as many as were asked for
     * @return the newest entry that this wrote; nothing if the log waits for neither, or the request is not released any more
     */
    public Optional<Receipt> confirm(String requestId, int accounts, Person person) {
        Case found = gate.find(requestId).orElseThrow();
        Optional<CaseKey> caseKey = CaseFile.key(gate.ledger(), gate.scribe().vault(), found.first());
        if (caseKey.isEmpty()) {
            return Optional.empty(); // shredded: no copy is left
        }
        CaseKey key = caseKey.get();
        String tag = key.personTag(person.subject());
        Candidate said = found.state() == CaseState.OVER
                ? entries.new Say(found, new CopyStep.Dropped(Optional.of(tag)), person.sealed(), key)
                : entries.new Begin(requestId, Optional.of(new CopyEntries.Told(accounts, tag, person, key)));
        List<Receipt> receipts = entries.append(said);
        return receipts.isEmpty() ? Optional.empty() : Optional.of(receipts.get(receipts.size() - 1));
    }

    private Receipt only(Candidate candidate) {
        List<Receipt> receipts = entries.append(candidate);
        return receipts.get(receipts.size() - 1);
    }

    /** What the sender wants. */
    private final class Wish extends CopyEntries.Step {

        private final CopyStep.Attempt attempt;
        private final Optional<String> production;
        private final Optional<Blocked> already;
        private final Person person;
        private final Optional<CaseKey> caseKey;
        private final CaseKey ownKey = gate.scribe().newKey();
        private final Function<String, CaseState> states;

        Wish(
                String requestId,
                CopyStep.Attempt attempt,
                Optional<String> production,
                Optional<Blocked> already,
                Person person) {
            entries.super(requestId);
            this.attempt = attempt;
            this.production = production;
            this.already = already;
            this.person = person;
            this.states = entries.stateOf(production);
            this.caseKey = CaseFile.key(
                    gate.ledger(),
                    gate.scribe().vault(),
                    gate.find(requestId).orElseThrow().first());
        }

        @Override
        void add(Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts) {
            if (found.shredded().isPresent()) {
                drafts.add(
                        line.draft(new Event.PreservationBlocked(attempt, Blocked.SHREDDED), person.sealed(), ownKey));
                return;
            }
            CaseKey key = caseKey.orElseThrow();
            KeptCopy copy = KeptCopy.of(found.entries());
            Optional<Blocked> why = already;
            if (why.isEmpty()
                    && (found.state() != CaseState.PRESERVED || step(copy).isEmpty())) {
                why = Optional.of(found.state() != CaseState.PRESERVED ? Blocked.NO_SUCH_COPY : Blocked.NOT_EXTENDABLE);
            }
            if (why.isEmpty()) {
                why = copy.objection(step(copy).orElseThrow(), at, states);
            }
            if (why.isEmpty() && attempt == CopyStep.Attempt.EXTEND) {
                why = stopped(found, standing, at, line, drafts);
            }
            Event event = why.<Event>map(it -> new Event.PreservationBlocked(attempt, it))
                    .orElseGet(() -> new Event.CopyStepped(step(copy).orElseThrow()));
            drafts.add(line.draft(event, person.sealed(), key));
        }

        /** It passes the same gate as at first. */
        private Optional<Blocked> stopped(
                Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts) {
            if (found.isBarred()) {
                return Optional.of(Blocked.OBJECTED);
            }
            return released(found, standing, at, line, drafts).isPresent()
                    ? Optional.empty()
                    : Optional.of(Blocked.NOT_RELEASED);
        }

        private Optional<CopyStep> step(KeptCopy copy) {
            return switch (attempt) {
                case EXTEND -> copy.extendedUntil().map(CopyStep.Extended::new);
                case LINK -> Optional.of(new CopyStep.Linked(production.orElse("")));
                case WITHDRAW -> Optional.of(new CopyStep.Ended(Because.WITHDRAWN));
            };
        }
    }
}
