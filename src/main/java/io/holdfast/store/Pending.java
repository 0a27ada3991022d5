package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A candidate that waits for the writer, with what it prepared on its own thread. */
final class Pending {

    /**
     * A preparation, and what it was made under: it stands only as long as these do.
     *
     * @param entries the drafts, read back as every reader will read them: what cannot be read never gets to the writer
     */
    record Prepared(long epoch, long lastOnSubject, List<Draft> drafts, List<Entry> entries) {

        static Prepared of(Candidate candidate, Standing standing, List<Stored> history, Instant at) {
            long last = history.isEmpty() ? -1 : history.get(history.size() - 1).index();
            List<Draft> drafts = candidate.prepare(standing, history, at);
            if (drafts.isEmpty()) {
                throw new IllegalStateException(
                        "a candidate prepared no entry; it must write at least what was refused");
            }
            return new Prepared(
                    standing.epoch(),
                    last,
                    drafts,
                    drafts.stream().map(draft -> Entry.parse(draft.leaf())).toList());
        }

        boolean stands(Standing standing, long last) {
            return epoch == standing.epoch()
                    && lastOnSubject == last
                    && drafts.stream().noneMatch(draft -> draft.envelope().at().isBefore(standing.last()));
        }
    }

    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    final Candidate candidate;
    final Prepared prepared;
    final CompletableFuture<List<Receipt>> answer = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Pending(Candidate candidate, Prepared prepared) {
        this.candidate = candidate;
        this.prepared = prepared;
    }

    /** The writer takes it. From here on it may be written. @return false if its caller has gone */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** @param why what went wrong; nothing of the candidate stands in the log, and nothing will */
    void refuse(String why) {
        answer.completeExceptionally(
                new LedgerException(LedgerException.Cause.UNAVAILABLE, why + "; nothing was recorded"));
    }

    /** Its caller goes. @return true if the writer has not taken it, and never will */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }
}
