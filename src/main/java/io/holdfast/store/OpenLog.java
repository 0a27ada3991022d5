package io.holdfast.store;

import io.holdfast.audit.Receipt;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The log, opened for writing on one connection. The package comment has the order of the steps. Whatever fails in here, the
 * whole of it is thrown away and opened anew: what the disk holds is then read and not guessed. For the writer's thread only.
 */
final class OpenLog implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OpenLog.class.getName());

    private final Database database;
    private final Connection connection;
    private final Tables tables;
    private final Notary notary;
    private final Clock clock;
    private final Sequencer.Listener listener;
    private RightEdge edge;
    private List<Batch.Placed> inDoubt = List.of();

    /** Whether bytes of what was shredded may still be in the database's files. */
    private boolean hasResidue;

    private OpenLog(Database database, Connection connection, Notary notary, Clock clock, Sequencer.Listener listener) {
        this.database = database;
        this.connection = connection;
        this.tables = new Tables(connection);
        this.notary = notary;
        this.clock = clock;
        this.listener = listener;
        // After a start nobody knows. A server sweeps its tables by itself in time.
        this.hasResidue = database.engine() == Engine.EMBEDDED;
    }

    /**
     * Opens the log where it ends now, signs that, and answers those of the doubtful that turn out to stand; the others are
     * refused, since after this they never will.
     *
     * @param doubtful what an earlier opening was committing when it failed
     * @throws FrozenException if the database is not a continuation of what was signed
     * @throws IllegalStateException if it contradicts itself, or would not keep what is acknowledged
     */
    static OpenLog open(
            Database database, Notary notary, Clock clock, Sequencer.Listener listener, List<Batch.Placed> doubtful)
            throws SQLException {
        notary.refuseFrozen();
        OpenLog log = new OpenLog(database, database.source().getConnection(), notary, clock, listener);
        boolean opened = false;
        try {
            log.connection.setAutoCommit(false);
            // Not more: after waiting for the lock, a statement must see what the other replica has committed
            // meanwhile.
            log.connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            database.engine().refuseCareless(log.connection);
            log.load(doubtful);
            opened = true;
            return log;
        } catch (FrozenException e) {
            throw notary.freeze(e);
        } finally {
            if (!opened) {
                log.close();
            }
        }
    }

    private void load(List<Batch.Placed> doubtful) throws SQLException {
        Frontier head = tables.open();
        long seen = System.nanoTime();
        TiledHashes stored = new TiledHashes(head.size(), tables::readTile);
        edge = RightEdge.load(notary.origin(), tables, head, stored, notary.mark());
        Map<String, Long> found = tables.indicesOf(doubtful.stream()
                .flatMap(placed -> placed.entries().stream())
                .map(OpenLog::id)
                .toList());
        connection.commit();
        listener.published(notary.signAnew(edge, edge.takeNewControl()), seen);
        doubtful.forEach(placed -> resolve(placed, found));
    }

    private static String id(Stored stored) {
        return stored.entry().envelope().id();
    }

    /** A commit that was reported failed may have been done: all of its entries stand, or none ever will. */
    private void resolve(Batch.Placed doubtful, Map<String, Long> found) {
        List<Long> indices = doubtful.entries().stream()
                .map(OpenLog::id)
                .filter(found::containsKey)
                .map(found::get)
                .toList();
        if (indices.size() == doubtful.entries().size()) {
            listener.stands(doubtful.pending(), indices);
        } else {
            doubtful.pending().refuse("the log could not be written");
        }
    }

    /** Makes what can be placed durable, and answers. If it throws, {@link #inDoubt} says what may have been written. */
    void write(List<Pending> candidates) throws SQLException {
        edge.follow(tables, tables.lockHead());
        Batch batch = Batch.of(candidates, tables, edge, clock);
        batch.write();
        long seen = System.nanoTime(); // until the lock is gone, nobody else appends
        inDoubt = batch.placed();
        connection.commit();
        Published published = notary.sign(edge, edge.takeNewControl());
        listener.published(published, seen);
        hasResidue |= batch.shreds();
        sweep();
        answer(batch, published);
        inDoubt = List.of();
    }

    /** After the commit and before the answer: whoever is told that a case is shredded can look at the files. */
    private void sweep() {
        if (hasResidue) {
            try (Connection own = database.source().getConnection()) {
                hasResidue = !database.engine().sweep(own, Tables.SHREDDED);
            } catch (SQLException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the database's files may still hold what was shredded; it is tried again after the next write: "
                                + e.getMessage());
            }
        }
    }

    /** Takes over what others have appended. */
    void look() throws SQLException {
        long seen = System.nanoTime();
        Frontier head = tables.head().orElseThrow(() -> new SQLException("the head row is gone"));
        boolean same = head.equals(edge.frontier());
        edge.follow(tables, head);
        connection.commit();
        if (same) {
            listener.unchanged(seen);
        } else {
            listener.published(notary.sign(edge, edge.takeNewControl()), seen);
        }
    }

    /** What was being committed, or was committed and not yet answered, when {@link #write} threw. */
    List<Batch.Placed> inDoubt() {
        return inDoubt;
    }

    private void answer(Batch batch, Published published) {
        String note = new String(published.note(), StandardCharsets.UTF_8);
        long size = published.checkpoint().size();
        for (Batch.Placed placed : batch.placed()) {
            List<Receipt> receipts = new ArrayList<>(placed.entries().size());
            for (Stored stored : placed.entries()) {
                receipts.add(new Receipt(
                        stored,
                        new ProofFile(stored.index(), Proofs.inclusion(stored.index(), size, edge.hashes()), note)));
            }
            placed.pending().answer.complete(receipts);
        }
        for (Batch.Repeated repeated : batch.repeated()) {
            long first = repeated.first().index();
            listener.stands(
                    repeated.pending(),
                    LongStream.range(first, first + repeated.first().entries())
                            .boxed()
                            .toList());
        }
    }

    /** Nothing of an open transaction is kept: closing a connection of a pool might commit it. */
    @Override
    public void close() {
        try {
            connection.rollback();
            tables.close();
            connection.close();
        } catch (SQLException e) {
            discard(connection);
        }
    }

    /** Broken: the pool gets its place back, and finds it dead before it hands it out again. */
    private static void discard(Connection connection) {
        try {
            // The driver's own: to abort what the pool has wrapped around it would only keep its place for ever.
            connection.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a broken connection does not abort", e);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a broken connection does not close", e);
        }
    }
}
