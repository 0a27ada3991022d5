package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes into one transaction. Candidates are placed one after another in memory, each under the standing that the ones
 * before it leave; then all rows are written at once. Asks the tables only what it cannot know: whether calls are repeated, and
 * where the last entry on a subject stands.
 */
final class Batch {

    /** What one candidate gets from this transaction, and where. */
    record Placed(Pending pending, List<Stored> entries) {}

    /** A call that had its effect before. */
    record Repeated(Pending pending, Tables.FirstCall first) {}

    private final Tables tables;
    private final RightEdge edge;
    private final Clock clock;
    private final Map<String, Tables.FirstCall> calls;
    private final Map<String, Long> last;
    private final Map<String, Tables.FirstCall> newCalls = new LinkedHashMap<>();
    private final List<Stored> entries = new ArrayList<>();
    private final List<Tables.Row> rows = new ArrayList<>();
    private final List<Tables.Node> nodes = new ArrayList<>();
    private final List<Placed> placed;
    private final List<Repeated> repeated = new ArrayList<>();

    private Batch(
            Tables tables,
            RightEdge edge,
            Clock clock,
            Map<String, Tables.FirstCall> calls,
            Map<String, Long> last,
            int candidates) {
        this.tables = tables;
        this.edge = edge;
        this.clock = clock;
        this.calls = calls;
        this.last = last;
        this.placed = new ArrayList<>(candidates);
    }

    /** Places every candidate that can be; the others have been answered. */
    static Batch of(List<Pending> candidates, Tables tables, RightEdge edge, Clock clock) throws SQLException {
        Map<String, Tables.FirstCall> calls = tables.firstCalls(candidates.stream()
                .flatMap(pending -> pending.candidate.once().stream())
                .map(Candidate.Once::key)
                .toList());
        Map<String, Long> last = tables.lastIndices(candidates.stream()
                .filter(pending -> pending.candidate.hasHistory())
                .map(pending -> pending.candidate.subject())
                .toList());
        Batch batch = new Batch(tables, edge, clock, calls, last, candidates.size());
        for (Pending pending : candidates) {
            batch.place(pending);
        }
        return batch;
    }

    private void place(Pending pending) throws SQLException {
        Optional<Candidate.Once> once = pending.candidate.once();
        Optional<Tables.FirstCall> first = once.map(call -> calls.get(call.key()));
        if (first.isPresent()) {
            if (first.get().content().equals(once.get().content())) {
                repeated.add(new Repeated(pending, first.get()));
            } else {
                pending.answer.completeExceptionally(new LedgerException(
                        LedgerException.Cause.CONFLICT, "the same idempotency key came with another content"));
            }
            return;
        }
        Pending.Prepared current;
        try {
            current = current(pending);
        } catch (RuntimeException e) {
            // Its own fault: nothing of it was written, and the others go on.
            pending.answer.completeExceptionally(e);
            return;
        }
        List<Stored> own = append(current);
        placed.add(new Placed(pending, own));
        once.ifPresent(call -> {
            Tables.FirstCall now =
                    new Tables.FirstCall(call.content(), own.get(0).index(), own.size());
            calls.put(call.key(), now);
            newCalls.put(call.key(), now);
        });
    }

    /** What it prepared, if that still stands; otherwise what it prepares now. */
    private Pending.Prepared current(Pending pending) throws SQLException {
        Candidate candidate = pending.candidate;
        long lastOnSubject = candidate.hasHistory() ? last.getOrDefault(candidate.subject(), -1L) : -1;
        if (pending.prepared.stands(edge.standing(), lastOnSubject)) {
            return pending.prepared;
        }
        return Pending.Prepared.of(candidate, edge.standing(), history(candidate), now(clock, edge.standing()));
    }

    private List<Stored> history(Candidate candidate) throws SQLException {
        if (!candidate.hasHistory()) {
            return List.of();
        }
        List<Stored> history = new ArrayList<>(tables.history(candidate.subject()));
        entries.stream()
                .filter(stored -> stored.entry().envelope().subject().equals(candidate.subject()))
                .forEach(history::add);
        return history;
    }

    private List<Stored> append(Pending.Prepared current) {
        List<Stored> own = new ArrayList<>(current.drafts().size());
        for (int i = 0; i < current.drafts().size(); i++) {
            Draft draft = current.drafts().get(i);
            long index = edge.frontier().size();
            own.add(new Stored(index, current.entries().get(i)));
            rows.add(new Tables.Row(index, draft));
            last.put(draft.envelope().subject(), index);
            edge.append(draft, nodes::add);
        }
        entries.addAll(own);
        return own;
    }

    /** Writes every row, and moves the head. Nothing is durable yet. */
    void write() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        tables.insert(rows);
        tables.insertNodes(nodes);
        tables.insertFirstCalls(newCalls);
        tables.moveHead(edge.frontier());
    }

    /** Whether a case is shredded in it. */
    boolean shreds() {
        return rows.stream().anyMatch(row -> row.draft().event() instanceof Event.CaseShredded);
    }

    List<Placed> placed() {
        return placed;
    }

    List<Repeated> repeated() {
        return repeated;
    }

    /** Whole seconds, never before the log's last entry. */
    static Instant now(Clock clock, Standing standing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return now.isBefore(standing.last()) ? standing.last() : now;
    }
}
