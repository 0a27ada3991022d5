package io.holdfast.store;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.holdfast.tlog.Proofs;
import io.holdfast.tlog.Tile;
import io.holdfast.tlog.TiledHashes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ledger on a SQL database that has been migrated already. */
public final class SqlLedger implements Ledger, AutoCloseable {

    /** How long a caller waits for its entries to become durable. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final Clock clock;
    private final Duration patience;
    private final Notary notary;
    private final Sequencer sequencer;
    private final Thread writer;

    /** Not the common pool: it may have one thread only, and the HTTP clients of this process need it. */
    private final ExecutorService readers = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "ledger-reader");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Published published;
    private volatile long seen;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * Opens the log and starts its writer.
     *
     * @throws IllegalStateException if what the database holds is not what was signed, with what to do about it
     */
    public SqlLedger(Database database, DataFolder folder, CheckpointSigner signer, String origin, Clock clock) {
        this(database, new Notary(origin, signer, folder, HighWater.Opener.PLAIN), clock, PATIENCE);
    }

    SqlLedger(Database database, Notary notary, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
        this.notary = notary;
        try {
            this.sequencer = new Sequencer(database, notary, clock, new FromWriter());
        } catch (SQLException e) {
            notary.close();
            throw new IllegalStateException("the database cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            notary.close();
            throw e;
        }
        this.writer = new Thread(sequencer, "ledger-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /** What the writer tells. */
    private final class FromWriter implements Sequencer.Listener {

        @Override
        public void published(Published now, long at) {
            published = now;
            seen = at; // after what was seen, so that nobody takes an old view for a new one
        }

        @Override
        public void unchanged(long at) {
            seen = at;
        }

        @Override
        public void stands(Pending pending, List<Long> indices) {
            // Reading is not for the writer, who has the next batch to write.
            CompletableFuture.supplyAsync(
                            () -> indices.stream()
                                    .map(index -> receipt(index).orElseThrow())
                                    .toList(),
                            readers)
                    .whenComplete((receipts, error) -> {
                        if (error == null) {
                            pending.answer.complete(receipts);
                        } else {
                            pending.answer.completeExceptionally(new LedgerException(
                                    LedgerException.Cause.UNKNOWN_OUTCOME,
                                    "it was written, and cannot be read",
                                    error));
                        }
                    });
        }

        @Override
        public void trouble(Optional<String> why) {
            trouble = why;
        }
    }

    @Override
    public CompletionStage<List<Receipt>> append(Candidate candidate) {
        if (trouble().isPresent()) {
            return CompletableFuture.failedFuture(unavailable("the log cannot be written; nothing was recorded"));
        }
        Standing standing = standing();
        List<Stored> history = candidate.hasHistory() ? history(candidate.subject()) : List.of();
        Pending pending =
                new Pending(candidate, Pending.Prepared.of(candidate, standing, history, Batch.now(clock, standing)));
        if (!sequencer.offer(pending)) {
            return CompletableFuture.failedFuture(
                    new LedgerException(LedgerException.Cause.BUSY, "too many entries wait to be written"));
        }
        if (trouble.isPresent() && pending.giveUp()) {
            // The writer may have stopped between the two looks, and then nobody takes from the queue any more.
            pending.refuse("the log cannot be written");
        }
        return pending.answer
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(error ->
                        CompletableFuture.failedFuture(error instanceof TimeoutException ? tooLate(pending) : error));
    }

    private LedgerException tooLate(Pending pending) {
        return pending.giveUp()
                ? new LedgerException(
                        LedgerException.Cause.BUSY, "the log was busy for " + patience + "; nothing was recorded")
                : new LedgerException(
                        LedgerException.Cause.UNKNOWN_OUTCOME, "the log did not answer within " + patience);
    }

    private static LedgerException unavailable(String why) {
        return new LedgerException(LedgerException.Cause.UNAVAILABLE, why);
    }

    @Override
    public Standing standing() {
        lapsed().ifPresent(why -> {
            throw unavailable(why);
        });
        return published.standing();
    }

    /** Where others append too, what was seen is believed for the time of the lease only. */
    private Optional<String> lapsed() {
        if (database.lease().isEmpty()) {
            return Optional.empty();
        }
        Duration age = Duration.ofNanos(System.nanoTime() - seen);
        return age.compareTo(database.lease().get()) <= 0
                ? Optional.empty()
                : Optional.of("the database was last read " + age.toMillis() + " ms ago, and what is older than "
                        + database.lease().get().toMillis() + " ms may have been changed by another replica; every "
                        + "request is refused until it can be read");
    }

    @Override
    public Optional<String> trouble() {
        return trouble.or(this::lapsed);
    }

    @Override
    public byte[] checkpoint() {
        return published.note().clone();
    }

    /** The last signed checkpoint for publishing: with the lines of every log key in force, some made for this call. */
    public byte[] checkpointInFull() {
        return notary.inFull(published, clock.instant()).print();
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
        return read(tables -> tables.entry(index)
                .map(stored -> new Receipt(stored, proof(stored, now, new TiledHashes(size, tables::readTile)))));
    }

    private static ProofFile proof(Stored stored, Published published, TiledHashes hashes) {
        long size = published.checkpoint().size();
        List<Hash> proof = Proofs.inclusion(stored.index(), size, hashes);
        Hash leaf = stored.entry().leaf().hash();
        if (!ProofCheck.includes(
                leaf, stored.index(), size, proof, published.checkpoint().root())) {
            throw unavailable(
                    "entry " + stored.index() + " is not the one that was signed; the database was damaged or "
                            + "changed, restore it from a backup");
        }
        return new ProofFile(stored.index(), proof, new String(published.note(), StandardCharsets.UTF_8));
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

    @Override
    public List<Long> tagged(Collection<String> tags, long before, int most) {
        return read(tables -> tables.tagged(tags, before, most));
    }

    private interface Read<T> {
        T from(Tables tables) throws SQLException;
    }

    private <T> T read(Read<T> read) {
        try (Connection connection = database.source().getConnection();
                Tables tables = new Tables(connection)) {
            return read.from(tables);
        } catch (SQLException e) {
            throw new LedgerException(LedgerException.Cause.UNAVAILABLE, "the log cannot be read", e);
        }
    }

    /** Stops the writer; entries that wait are refused. */
    @Override
    public void close() {
        sequencer.stop();
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readers.shutdown();
        notary.close();
    }
}
