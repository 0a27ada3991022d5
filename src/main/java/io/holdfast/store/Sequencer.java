package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Entry;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.NoteSigner;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The one writer. Takes a candidate, drains whatever else waits, and makes them durable in one transaction: batches form by
 * themselves while a commit is under way, and nobody lingers for one. The package comment has the order of the steps.
 */
final class Sequencer implements Runnable {

    private static final int MOST_WAITING = 4096;
    private static final int MOST_IN_A_BATCH = 512;

    private final DataSource database;
    private final NoteSigner signer;
    private final String origin;
    private final HighWater highWater;
    private final Clock clock;
    private final Consumer<Published> publish;
    private final Consumer<Throwable> fail;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    private Frontier frontier;
    private Standing standing;
    private RecentHashes hashes;

    Sequencer(
            DataSource database,
            NoteSigner signer,
            String origin,
            HighWater highWater,
            Clock clock,
            Consumer<Published> publish,
            Consumer<Throwable> fail) {
        this.database = database;
        this.signer = signer;
        this.origin = origin;
        this.highWater = highWater;
        this.clock = clock;
        this.publish = publish;
        this.fail = fail;
    }

    /** @return false if too many wait already */
    boolean offer(Pending pending) {
        return waiting.offer(pending);
    }

    /**
     * Reads the right edge and the standing from the tables, and refuses what does not agree: a head that its own entries
     * contradict, or a log that is not a continuation of what was signed before.
     */
    void load() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Tables tables = new Tables(connection);
            frontier = tables.head();
            TiledHashes tiled = tiled(frontier.size());
            if (!Proofs.root(frontier.size(), tiled).equals(frontier.root())) {
                throw new IllegalStateException("the stored root of " + frontier.size() + " entries disagrees with the "
                        + "entries; the database is damaged, restore it from a backup");
            }
            Optional<HighWater.Mark> mark = highWater.read();
            if (mark.isPresent()) {
                refuseOtherPast(mark.get(), tiled);
            }
            standing = Standing.BEFORE_GENESIS;
            for (Stored stored : tables.controlEntries()) {
                refuseChanged(stored, standing.epoch(), tiled);
                standing =
                        standing.after(stored.entry().envelope(), stored.entry().event());
            }
            Optional<Stored> last = tables.entry(frontier.size() - 1);
            if (last.isPresent()) {
                // Its epoch counts the control entries before it: one that was hidden would be missed here.
                boolean isControl = last.get().entry().kind().isControl();
                refuseChanged(last.get(), isControl ? standing.epoch() - 1 : standing.epoch(), tiled);
                Instant at = last.get().entry().envelope().at();
                standing = new Standing(standing.epoch(), standing.rulebook(), standing.recorded(), at);
            }
            hashes = new RecentHashes(this::stored);
        }
        publish.accept(sign());
    }

    /** What decides which holds are in force is believed only if the root that was signed proves it. */
    private void refuseChanged(Stored stored, long epoch, TiledHashes tiled) {
        List<Hash> proof = Proofs.inclusion(stored.index(), frontier.size(), tiled);
        Hash leaf = stored.entry().leaf().hash();
        if (stored.entry().envelope().epoch() != epoch
                || !ProofCheck.includes(leaf, stored.index(), frontier.size(), proof, frontier.root())) {
            throw new IllegalStateException("entry " + stored.index() + " is not the one that was signed, or a control "
                    + "entry before it is gone; the database was changed, restore it from a backup");
        }
    }

    private void refuseOtherPast(HighWater.Mark mark, TiledHashes tiled) {
        if (mark.size() > frontier.size()) {
            throw new IllegalStateException("the log went back in time: " + mark.size() + " entries were signed, root "
                    + mark.root().base64() + ", and the database has " + frontier.size()
                    + "; restore the newest database, nothing is signed until then");
        }
        Hash root = Proofs.root(mark.size(), tiled);
        if (!root.equals(mark.root())) {
            throw new IllegalStateException("the log has another past: the root of its first " + mark.size()
                    + " entries is " + root.base64() + ", and " + mark.root().base64()
                    + " was signed; nothing is signed until somebody has found out why");
        }
    }

    @Override
    public void run() {
        List<Pending> batch = new ArrayList<>(MOST_IN_A_BATCH);
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_IN_A_BATCH - 1);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            fail.accept(new IllegalStateException("the gateway is stopping"));
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException | Error e) {
            // A failed write or sync is never retried: what is on the disk is unknown. Start-up finds out.
            fail.accept(e);
            LedgerException unknown = new LedgerException(
                    LedgerException.Cause.UNKNOWN_OUTCOME,
                    "the log could not be written; see the gateway's own log",
                    e);
            batch.forEach(pending -> pending.answer.completeExceptionally(unknown));
        }
        LedgerException refused = new LedgerException(
                LedgerException.Cause.UNAVAILABLE, "the log cannot be written; nothing was recorded");
        for (Pending pending = waiting.poll(); pending != null; pending = waiting.poll()) {
            pending.answer.completeExceptionally(refused);
        }
    }

    /** What one candidate got. */
    private record Written(Pending pending, List<Stored> entries) {}

    /** The root of a full subtree of 256^level entries. */
    private record Node(int level, long index, Hash hash) {}

    private void write(List<Pending> batch) throws SQLException {
        List<Written> written = new ArrayList<>(batch.size());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Tables tables = new Tables(connection);
            Frontier locked = tables.lockHead();
            if (!locked.equals(frontier)) {
                throw new IllegalStateException("another writer has appended to this log; it has one writer at a time");
            }
            for (Pending pending : batch) {
                place(tables, pending).ifPresent(written::add);
            }
            tables.moveHead(frontier);
            connection.commit();
        }
        Published published = sign();
        publish.accept(published);
        answer(written, published);
    }

    private Optional<Written> place(Tables tables, Pending pending) throws SQLException {
        Optional<Candidate.Once> once = pending.candidate.once();
        if (once.isPresent()) {
            Optional<Tables.FirstCall> first = tables.firstCall(once.get().key());
            if (first.isPresent() && first.get().content().equals(once.get().content())) {
                return Optional.of(new Written(
                        pending, tables.entries(first.get().index(), first.get().entries())));
            }
            if (first.isPresent()) {
                pending.answer.completeExceptionally(new LedgerException(
                        LedgerException.Cause.CONFLICT, "the same idempotency key came with another content"));
                return Optional.empty();
            }
        }
        List<Draft> drafts;
        List<Entry> parsed;
        try {
            drafts = current(tables, pending);
            parsed = drafts.stream().map(draft -> Entry.parse(draft.leaf())).toList();
        } catch (RuntimeException e) {
            // Its own fault: nothing of it was written, and the others go on.
            pending.answer.completeExceptionally(e);
            return Optional.empty();
        }
        long first = frontier.size();
        List<Stored> entries = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            entries.add(new Stored(frontier.size(), parsed.get(i)));
            append(tables, drafts.get(i));
        }
        if (once.isPresent()) {
            tables.insertFirstCall(
                    once.get().key(), new Tables.FirstCall(once.get().content(), first, drafts.size()));
        }
        return Optional.of(new Written(pending, entries));
    }

    /** What it prepared, if that still stands; otherwise what it prepares now. */
    private List<Draft> current(Tables tables, Pending pending) throws SQLException {
        Candidate candidate = pending.candidate;
        long last = candidate.hasHistory() ? tables.lastIndex(candidate.subject()) : -1;
        boolean stands = pending.prepared.epoch() == standing.epoch()
                && pending.prepared.lastOnSubject() == last
                && pending.prepared.drafts().stream()
                        .noneMatch(draft -> draft.envelope().at().isBefore(standing.last()));
        if (stands) {
            return pending.prepared.drafts();
        }
        List<Stored> history = candidate.hasHistory() ? tables.history(candidate.subject()) : List.of();
        return candidate.prepare(standing, history, now(clock, standing));
    }

    private void append(Tables tables, Draft draft) throws SQLException {
        tables.insert(frontier.size(), draft);
        List<Node> full = new ArrayList<>(0);
        frontier = frontier.append(draft.leaf().hash(), (level, index, hash) -> {
            hashes.subtree(level, index, hash);
            if (level > 0 && level % 8 == 0) {
                full.add(new Node(level / 8, index, hash));
            }
        });
        for (Node node : full) {
            tables.insertNode(node.level(), node.index(), node.hash());
        }
        standing = standing.after(draft.envelope(), draft.event());
    }

    /** The mark first, then the signature: a signature that is not remembered could be contradicted. */
    private Published sign() {
        Checkpoint checkpoint = new Checkpoint(origin, frontier.size(), frontier.root());
        highWater.raise(checkpoint.size(), checkpoint.root());
        return new Published(standing, checkpoint, checkpoint.sign(signer).print());
    }

    private void answer(List<Written> written, Published published) {
        String note = new String(published.note(), StandardCharsets.UTF_8);
        long size = published.checkpoint().size();
        for (Written one : written) {
            List<Receipt> receipts = new ArrayList<>(one.entries().size());
            for (Stored stored : one.entries()) {
                receipts.add(new Receipt(
                        stored, new ProofFile(stored.index(), Proofs.inclusion(stored.index(), size, hashes), note)));
            }
            one.pending().answer.complete(receipts);
        }
    }

    private Hash stored(int level, long index) {
        return tiled(frontier.size()).subtree(level, index);
    }

    private TiledHashes tiled(long size) {
        return new TiledHashes(size, tile -> {
            try (Connection connection = database.getConnection()) {
                return new Tables(connection).tile(tile);
            } catch (SQLException e) {
                throw new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be read", e);
            }
        });
    }

    /** Whole seconds, never before the log's last entry. */
    static Instant now(Clock clock, Standing standing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return now.isBefore(standing.last()) ? standing.last() : now;
    }
}
