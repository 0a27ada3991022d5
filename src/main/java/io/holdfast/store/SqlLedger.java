package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.note.NoteSigner;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The ledger on a SQL database that has been migrated already. */
public final class SqlLedger implements Ledger, AutoCloseable {

    /** How long a caller waits for its entries to become durable. */
    private static final long PATIENCE_SECONDS = 5;

    private final DataSource database;
    private final Clock clock;
    private final HighWater highWater;
    private final Sequencer sequencer;
    private final Thread writer;
    private volatile Published published;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * Opens the log and starts its writer.
     *
     * @throws IllegalStateException if what the database holds is not what was signed, with what to do about it
     */
    public SqlLedger(DataSource database, DataFolder folder, NoteSigner signer, String origin, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.highWater = HighWater.open(folder.highWater());
        this.sequencer =
                new Sequencer(database, signer, origin, highWater, clock, now -> published = now, this::stopWriting);
        try {
            sequencer.load();
        } catch (SQLException e) {
            highWater.close();
            throw new IllegalStateException("the database cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            highWater.close();
            throw e;
        }
        this.writer = new Thread(sequencer, "ledger-writer");
        writer.setDaemon(true);
        writer.start();
    }

    private void stopWriting(Throwable because) {
        trouble = Optional.of("the log cannot be written: " + because.getMessage()
                + "; every request is refused until the gateway has been started again");
    }

    @Override
    public CompletionStage<List<Receipt>> append(Candidate candidate) {
        Pending pending = new Pending(candidate, prepare(candidate));
        if (trouble.isPresent()) {
            pending.answer.completeExceptionally(
                    new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be written"));
        } else if (!sequencer.offer(pending)) {
            pending.answer.completeExceptionally(
                    new LedgerException(LedgerException.Cause.BUSY, "too many entries wait to be written"));
        } else if (trouble.isPresent()) {
            // The writer may have stopped between the two looks, and then nobody takes from the queue any more.
            pending.answer.completeExceptionally(
                    new LedgerException(LedgerException.Cause.UNKNOWN_OUTCOME, "the log could not be written"));
        }
        return pending.answer
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(error -> java.util.concurrent.CompletableFuture.failedFuture(
                        error instanceof java.util.concurrent.TimeoutException
                                ? new LedgerException(
                                        LedgerException.Cause.UNKNOWN_OUTCOME,
                                        "the log did not answer in " + PATIENCE_SECONDS + " s")
                                : error));
    }

    private Pending.Prepared prepare(Candidate candidate) {
        Standing standing = published.standing();
        List<Stored> history = candidate.hasHistory() ? history(candidate.subject()) : List.of();
        long last = history.isEmpty() ? -1 : history.get(history.size() - 1).index();
        return new Pending.Prepared(
                standing.epoch(), last, candidate.prepare(standing, history, Sequencer.now(clock, standing)));
    }

    @Override
    public Standing standing() {
        return published.standing();
    }

    @Override
    public byte[] checkpoint() {
        return published.note().clone();
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Optional<Stored> entry(long index) {
        return index < 0 || index >= published.checkpoint().size()
                ? Optional.empty()
                : read(tables -> tables.entry(index));
    }

    @Override
    public List<Stored> history(String subject) {
        return read(tables -> tables.history(subject));
    }

    @Override
    public Optional<Receipt> receipt(long index) {
        Published now = published;
        long size = now.checkpoint().size();
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        return read(tables -> {
            TiledHashes hashes = new TiledHashes(size, tile -> {
                try {
                    return tables.tile(tile);
                } catch (SQLException e) {
                    throw new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be read", e);
                }
            });
            return tables.entry(index)
                    .map(stored -> new Receipt(
                            stored,
                            new ProofFile(
                                    index,
                                    Proofs.inclusion(index, size, hashes),
                                    new String(now.note(), StandardCharsets.UTF_8))));
        });
    }

    @Override
    public Optional<byte[]> tile(Tile tile) {
        return tile.isIn(published.checkpoint().size())
                ? Optional.of(read(tables -> tables.tile(tile)))
                : Optional.empty();
    }

    @Override
    public Optional<byte[]> content(String name) {
        return read(tables -> tables.content(name));
    }

    @Override
    public Optional<Sealed> sealed(long index) {
        return read(tables -> tables.sealed(index));
    }

    private interface Read<T> {
        T from(Tables tables) throws SQLException;
    }

    private <T> T read(Read<T> read) {
        try (Connection connection = database.getConnection()) {
            return read.from(new Tables(connection));
        } catch (SQLException e) {
            throw new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be read", e);
        }
    }

    /** Stops the writer; entries that wait are refused. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        highWater.close();
    }
}
