package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.fixture.OwnPostgres;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.fixture.WholeLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The other way round than {@link KilledWriterTest}: the writer lives, and the database server under it is killed under load,
 * and started again. The writer must not be restarted for it.
 */
class KilledServerTest {

    private static final int ROUNDS = Integer.getInteger("holdfast.server-kills", 2);
    private static final int CALLERS = 16;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private volatile boolean ending;

    @TempDir
    Path temporary;

    @Test
    void a_server_that_is_killed_under_load_loses_nothing_that_was_acknowledged() throws Exception {
        try (OwnPostgres server = OwnPostgres.start(temporary.resolve("server"));
                Postgres database = Postgres.at(server.address());
                TemporaryLog log = TemporaryLog.open(temporary.resolve("data"), database.alone(), Clock.systemUTC())) {
            LedgerFixture.append(log, LedgerFixture.genesis(log));
            EntryWriter writer = log.writer();
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int number = caller;
                callers.add(new Thread(() -> call(log.ledger(), writer, number), "caller-" + caller));
            }
            callers.forEach(Thread::start);
            for (int round = 0; round < ROUNDS; round++) {
                goOn();
                server.kill(random.nextBoolean() ? "QUIT" : "KILL");
                server.startAgain();
            }
            goOn();
            ending = true;
            for (Thread caller : callers) {
                caller.join();
            }
            check(log);
        }
    }

    /** Until there were answers again, and then for a random while. */
    private void goOn() throws InterruptedException {
        int before = receipts.size();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (receipts.size() < before + CALLERS) {
            assertTrue(System.nanoTime() < end, "nothing is written any more; seed " + seed);
            Thread.sleep(1);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
    }

    /** One call after another, each until it is acknowledged, also at the end: so all of them stand once. */
    private void call(SqlLedger ledger, EntryWriter writer, int number) {
        for (long call = 0; !ending; call++) {
            String subject = Appending.subject(number, call);
            for (boolean answered = false; !answered; ) {
                try {
                    receipts.add(ledger.append(LedgerFixture.once(writer, subject, subject, "content"))
                            .toCompletableFuture()
                            .join()
                            .get(0));
                    answered = true;
                } catch (CompletionException | LedgerException e) {
                    LockSupport.parkNanos(10_000_000); // a client that was refused does not hurry
                }
            }
        }
    }

    private void check(TemporaryLog log) {
        GrowingLog told =
                new GrowingLog(log.signer().verifierKey(), log.writer().key());
        for (Receipt receipt : receipts) {
            told.acknowledged(
                    receipt.stored().index(), receipt.stored().entry().leaf().hash());
            told.signed(receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8));
        }
        told.look(log);
        WholeLog.check(log.ledger(), log.signer().verifierKey());
        System.out.println("KilledServerTest: -Dholdfast.seed=" + seed + ", server killed: " + ROUNDS + " rounds, "
                + CALLERS + " callers, " + receipts.size() + " acknowledged, " + told.counts());
        told.assertNothingWrong("seed " + seed);
    }
}
