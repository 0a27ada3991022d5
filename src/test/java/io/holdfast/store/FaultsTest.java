package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.LedgerException.Cause;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordKey;
import io.holdfast.fixture.FlakyDatabase;
import io.holdfast.fixture.FlakyFile;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.NoteSigner;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.ProofCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever goes wrong while entries are written: refused or looked up, recovered without a restart, the whole log verified,
 * nothing acknowledged lost and nothing written twice.
 */
abstract class FaultsTest {

    private static final long SEED = Long.getLong("holdfast.seed", 20_200_701);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path temporary;

    TestDatabase database;
    private FlakyDatabase flaky;
    private FlakyFile.Faults mark;
    private DataFolder folder;
    private NoteSigner signer;
    private EntryWriter writer;
    private SqlLedger ledger;

    abstract TestDatabase create(Path folder);

    /** Does something to every connection that the ledger is given. */
    void prepare(Connection connection) throws SQLException {}

    /** Takes the lock that the writer needs, in another session. */
    abstract void block(Connection connection) throws SQLException;

    @BeforeEach
    void begin() {
        database = create(temporary.resolve("data"));
        flaky = FlakyDatabase.of(database.source(), this::prepare);
        mark = new FlakyFile.Faults();
        folder = DataFolder.lock(temporary.resolve("data"));
        KeyFolder keys = new KeyFolder(folder.keys());
        signer = new NoteSigner(TemporaryLog.ORIGIN, keys.logKey());
        writer = new EntryWriter(new RecordKey(keys.recordKey()));
        ledger = open(LONG);
        append(LedgerFixture.genesis(signer, writer));
    }

    @AfterEach
    void end() {
        ledger.close();
        folder.close();
        database.close();
    }

    private SqlLedger open(Duration patience) {
        return new SqlLedger(
                new Database(database.engine(), flaky.source(), Optional.empty()),
                new Notary(
                        TemporaryLog.ORIGIN, CheckpointSigner.of(signer), folder, file -> FlakyFile.open(file, mark)),
                Clock.systemUTC(),
                patience);
    }

    final void reopen() {
        ledger.close();
        ledger = open(LONG);
    }

    /** The same log, whose callers have less patience. */
    private void impatient() {
        ledger.close();
        ledger = open(SHORT);
    }

    final Candidate about(String subject) {
        return LedgerFixture.candidate(writer, subject, LedgerFixture.failed());
    }

    final Candidate once(String key) {
        return LedgerFixture.once(writer, "call", key, "content");
    }

    final Receipt append(Candidate candidate) {
        return ledger.append(candidate).toCompletableFuture().join().get(0);
    }

    final Cause refusal(Candidate candidate) {
        try {
            append(candidate);
        } catch (CompletionException e) {
            return ((LedgerException) e.getCause()).what();
        } catch (LedgerException e) {
            return e.what();
        }
        throw new AssertionError("it was appended");
    }

    static void eventually(BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not happen in 30 s");
            Thread.sleep(5);
        }
    }

    final void recovered() throws InterruptedException {
        eventually(() -> ledger.trouble().isEmpty());
    }

    final SqlLedger ledger() {
        return ledger;
    }

    final WholeLog whole() {
        return WholeLog.check(ledger, signer.verifierKey());
    }

    private void checkProof(Receipt receipt) {
        Checkpoint checkpoint = Checkpoint.open(
                receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8),
                List.of(signer.verifierKey()),
                TemporaryLog.ORIGIN);
        Hash leaf = receipt.stored().entry().leaf().hash();
        assertTrue(ProofCheck.includes(
                leaf,
                receipt.stored().index(),
                checkpoint.size(),
                receipt.proof().hashes(),
                checkpoint.root()));
    }

    @Test
    void a_commit_that_was_lost_is_refused_and_the_log_goes_on_without_a_restart() throws Exception {
        flaky.loseCommit();

        assertEquals(Cause.UNAVAILABLE, refusal(about("lost")));

        recovered();
        assertEquals(1, append(about("next")).stored().index());
        assertEquals(List.of(), whole().on("lost"));
    }

    @Test
    void a_commit_that_was_done_but_reported_failed_is_looked_up_and_answered() throws Exception {
        flaky.breakAfterCommit();

        Receipt receipt = append(about("done"));

        checkProof(receipt);
        assertEquals(1, receipt.stored().index());
        recovered();
        assertEquals(2, append(about("next")).stored().index());
        assertEquals(1, whole().on("done").size());
    }

    @Test
    void while_the_log_cannot_be_opened_everything_is_refused_and_then_it_goes_on() throws Exception {
        append(about("before"));
        for (int i = 0; i < 3; i++) {
            flaky.loseCommit(); // the first is that of the batch, the others are those of opening the log again
        }

        CompletableFuture<List<Receipt>> first = ledger.append(about("first")).toCompletableFuture();
        eventually(() -> ledger.trouble().orElse("").contains("cannot be written"));
        assertEquals(Cause.UNAVAILABLE, refusal(about("second")));

        recovered();
        CompletionException refused = assertThrows(CompletionException.class, first::join);
        assertEquals(Cause.UNAVAILABLE, ((LedgerException) refused.getCause()).what());
        append(about("after"));
        assertEquals(3, whole().entries().size());
    }

    @Test
    void under_load_and_any_mixture_of_faults_nothing_acknowledged_is_lost_and_nothing_stands_twice() throws Exception {
        Random random = new Random(SEED);
        Map<Long, Hash> acknowledged = new ConcurrentHashMap<>();
        Map<String, Long> byKey = new ConcurrentHashMap<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            int number = caller;
            callers.add(new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    call("key-" + number + "-" + i, acknowledged, byKey);
                }
            }));
        }
        callers.forEach(Thread::start);
        int faults = 0;
        while (callers.stream().anyMatch(Thread::isAlive)) {
            int before = acknowledged.size();
            switch (random.nextInt(3)) {
                case 0 -> flaky.loseCommit();
                case 1 -> flaky.breakAfterCommit();
                default -> mark.syncs.incrementAndGet();
            }
            faults++;
            eventually(
                    () -> acknowledged.size() > before + 10 || callers.stream().noneMatch(Thread::isAlive));
        }

        recovered();
        WholeLog whole = whole();
        assertTrue(faults > 3, "too few faults to mean anything; seed " + SEED);
        assertEquals(160, byKey.size(), "every call got through in the end; seed " + SEED);
        assertEquals(160, acknowledged.size());
        assertEquals(161, whole.entries().size(), "no call has two entries; seed " + SEED);
        acknowledged.forEach((index, leaf) ->
                assertEquals(leaf, whole.entries().get(index.intValue()).leaf().hash()));
    }

    /** Calls until it is acknowledged, with the same key each time. */
    private void call(String key, Map<Long, Hash> acknowledged, Map<String, Long> byKey) {
        while (true) {
            try {
                Receipt receipt = append(once(key));
                checkProof(receipt);
                Hash other = acknowledged.put(
                        receipt.stored().index(),
                        receipt.stored().entry().leaf().hash());
                assertEquals(null, other, "an index was given twice");
                byKey.put(key, receipt.stored().index());
                return;
            } catch (CompletionException | LedgerException e) {
                LockSupport.parkNanos(20_000_000); // a client that was refused does not hurry
            }
        }
    }

    @Test
    void a_slow_commit_is_an_unknown_outcome_and_the_same_call_later_gets_the_same_entry() throws Exception {
        impatient();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = flaky.holdCommit(begun);

        assertEquals(Cause.UNKNOWN_OUTCOME, refusal(once("key")));

        goOn.countDown();
        eventually(() -> ledger.standing().epoch() == 1 && ledger.entry(1).isPresent());
        assertEquals(1, append(once("key")).stored().index());
        assertEquals(2, whole().entries().size());
    }

    @Test
    void who_waits_behind_a_slow_commit_in_vain_is_never_written() throws Exception {
        impatient();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = flaky.holdCommit(begun);
        CompletableFuture<List<Receipt>> slow = ledger.append(about("slow")).toCompletableFuture();
        begun.await();

        assertEquals(Cause.BUSY, refusal(about("behind")));

        goOn.countDown();
        eventually(slow::isDone);
        eventually(() -> ledger.entry(1).isPresent());
        append(about("next"));
        assertEquals(List.of(), whole().on("behind"));
    }

    @Test
    void a_lock_that_somebody_else_holds_makes_requests_fail_until_it_is_gone() throws Exception {
        try (Connection other = database.owner()) {
            block(other);

            assertEquals(Cause.UNAVAILABLE, refusal(about("blocked")));
            assertEquals(Cause.UNAVAILABLE, refusal(about("blocked")));
            assertTrue(ledger.trouble().isPresent());
        }

        recovered();
        append(about("next"));
        assertEquals(List.of(), whole().on("blocked"));
    }

    @Test
    void a_mark_that_cannot_be_written_or_synced_signs_nothing_and_the_entry_is_answered_once_it_can()
            throws Exception {
        for (int i = 0; i < 2; i++) {
            Checkpoint before = whole().checkpoint();
            (i == 0 ? mark.syncs : mark.writes).set(3);

            CompletableFuture<List<Receipt>> waiting =
                    ledger.append(about("durable")).toCompletableFuture();
            eventually(() -> ledger.trouble().isPresent());
            byte[] meanwhile = ledger.checkpoint();
            boolean early = waiting.isDone();

            assertEquals(
                    before,
                    Checkpoint.open(meanwhile, List.of(signer.verifierKey()), TemporaryLog.ORIGIN),
                    "signed without a mark");
            assertFalse(early);
            Receipt receipt = waiting.get(30, TimeUnit.SECONDS).get(0);
            checkProof(receipt);
            assertEquals(before.size(), receipt.stored().index());
            recovered();
        }
        assertEquals(2, whole().on("durable").size());
    }

    @Test
    void a_mark_that_could_not_be_written_to_the_end_is_whole_again_for_the_next_start() throws Exception {
        mark.writes.set(1);
        append(about("durable"));
        recovered();

        reopen();

        assertEquals(2, append(about("next")).stored().index());
        assertEquals(3, whole().entries().size());
    }
}
