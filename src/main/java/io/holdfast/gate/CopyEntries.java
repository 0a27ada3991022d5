package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.CopyStep;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The entries about copies that are kept, as the gateway itself and people have them written. */
final class CopyEntries {

    private final Gate gate;

    CopyEntries(Gate gate) {
        this.gate = gate;
    }

    /** What a person says who has told the store. */
    record Told(int accounts, String tag, Person person, CaseKey key) {
        @Override
        public String toString() {
            return "Told[" + accounts + "]";
        }
    }

    /** @return nothing if another one has done it meanwhile */
    List<Receipt> append(Candidate step) {
        try {
            return gate.ledger().append(step).toCompletableFuture().join();
        } catch (NothingToDoException e) {
            return List.of();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NothingToDoException) {
                return List.of();
            }
            throw e;
        }
    }

    CaseState stateOf(String requestId) {
        return gate.find(requestId).map(Case::state).orElse(CaseState.UNDECIDED);
    }

    /**
     * Where the production of a copy stands, asked before anything is written: whoever writes the log does not wait for it. Of one
     * that was named meanwhile it may still come to something.
     */
    Function<String, CaseState> stateOf(Optional<String> production) {
        CaseState state = production.map(this::stateOf).orElse(CaseState.REFERRED);
        return id -> Optional.of(id).equals(production) ? state : CaseState.REFERRED;
    }

    /** Something about one request. */
    abstract class Step extends CaseStep {

        Step(String requestId) {
            super(gate, requestId);
        }

        @Override
        final List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            List<Draft> drafts = new ArrayList<>();
            add(found, standing, at, line, drafts);
            if (drafts.isEmpty()) {
                throw new NothingToDoException();
            }
            return drafts;
        }

        abstract void add(Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts);

        /** The decision of now; it is added to what is written if it is another one. */
        final Optional<Decision.Released> released(
                Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts) {
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            boolean isReleased = again.decision() instanceof Decision.Released;
            boolean isNews = !again.decision().equals(found.decision());
            if (isNews && (isReleased || !found.state().isKept())) {
                drafts.add(line.draft(again));
            }
            return isReleased ? Optional.of((Decision.Released) again.decision()) : Optional.empty();
        }
    }

    /** That the store is about to be told; or all at once, if a person says that it is done. */
    final class Begin extends Step {

        private final Optional<Told> told;

        Begin(String requestId, Optional<Told> told) {
            super(requestId);
            this.told = told;
        }

        @Override
        void add(Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts) {
            boolean isToDo = (found.state() == CaseState.RELEASED || found.state() == CaseState.ACCESSED)
                    && CopyDesk.isOrderToKeep(found);
            if (!isToDo) {
                return;
            }
            Optional<Decision.Released> now = released(found, standing, at, line, drafts);
            if (now.isEmpty() || found.isBarred()) {
                if (now.isPresent() && told.isPresent()) {
                    drafts.add(line.draft(new Event.CopyStepped(new CopyStep.Failed(Blocked.OBJECTED))));
                }
                return;
            }
            Set<DataCategory> categories = EnumSet.copyOf(now.get().scope().granted());
            int accounts = found.event().facts().accounts();
            drafts.add(line.draft(new Event.Accessed(Action.PRESERVE, categories, accounts)));
            told.ifPresent(by -> drafts.add(line.draft(
                    new Event.CopyStepped(new CopyStep.Preserved(
                            categories,
                            Math.min(accounts, by.accounts()),
                            KeptCopy.of(found.entries()).firstUntil().orElseThrow(),
                            Optional.of(by.tag()))),
                    by.person().sealed(),
                    by.key())));
        }
    }

    /** What the gateway, or a person, says of the copy. */
    final class Say extends Step {

        private final CopyStep step;
        private final List<Disclosure> sealed;
        private final Optional<CaseKey> key;
        private final Function<String, CaseState> states;

        Say(Case found, CopyStep step) {
            this(found, step, List.of(), Optional.empty());
        }

        Say(Case found, CopyStep step, List<Disclosure> sealed, CaseKey key) {
            this(found, step, sealed, Optional.of(key));
        }

        private Say(Case found, CopyStep step, List<Disclosure> sealed, Optional<CaseKey> key) {
            super(found.id());
            this.step = step;
            this.sealed = sealed;
            this.key = key;
            this.states = stateOf(KeptCopy.of(found.entries()).production());
        }

        @Override
        void add(Case found, Standing standing, Instant at, Scribe.Line line, List<Draft> drafts) {
            CopyStep said = step;
            if (step instanceof CopyStep.Preserved || step instanceof CopyStep.Failed) {
                if (found.state().isKept() || found.state() == CaseState.DROPPED) {
                    return; // another replica has told it too, and said so
                }
                Optional<Decision.Released> now = released(found, standing, at, line, drafts);
                if (now.isEmpty()) {
                    return;
                }
                boolean isCovered = found.state() == CaseState.ACCESSED
                        && !found.isBarred()
                        && (!(step instanceof CopyStep.Preserved copy)
                                || now.get().scope().granted().containsAll(copy.categories()));
                said = isCovered ? step : new CopyStep.Failed(Blocked.NO_LONGER_COVERED);
                if (found.state() != CaseState.ACCESSED) {
                    return; // what was begun was stopped meanwhile, and that was said
                }
            } else if (KeptCopy.of(found.entries()).objection(step, at, states).isPresent()) {
                return;
            }
            Event event = new Event.CopyStepped(said);
            drafts.add(key.map(by -> line.draft(event, sealed, by)).orElseGet(() -> line.draft(event)));
        }
    }
}
