package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.Event;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Replayed;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Outcome;
import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Frontier;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways on one PostgreSQL, each with a pool, a folder and a writer of its own. They know of each other by the log alone. */
class ReplicasTest {

    private static final int REPLICAS = 3;
    private static final int CALLERS = 4;
    private static final int CALLS = Integer.getInteger("holdfast.replica-calls", 15);
    private static final int HOLDS = 4;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Jurisdiction DE = Jurisdiction.of("DE");

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final List<Postgres> pools = new ArrayList<>();
    private final List<WorkingGate> replicas = new ArrayList<>();
    private final ConcurrentLinkedQueue<Receipt> receipts = new ConcurrentLinkedQueue<>();

    @TempDir
    Path temporary;

    @BeforeEach
    void open() throws IOException {
        pools.add(Postgres.create());
        replicas.add(WorkingGate.replica(folder(0), pools.get(0).shared(LEASE)));
        for (int i = 1; i < REPLICAS; i++) {
            copyKeys(folder(0), folder(i));
            pools.add(Postgres.existing(pools.get(0).address()));
            replicas.add(WorkingGate.replica(folder(i), pools.get(i).shared(LEASE)));
        }
    }

    @AfterEach
    void close() {
        replicas.forEach(WorkingGate::close);
        pools.forEach(Postgres::close);
    }

    private Path folder(int replica) {
        return temporary.resolve("data-" + replica);
    }

    static void copyKeys(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from.resolve("keys"))) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void under_load_and_with_holds_that_change_there_is_no_gap_no_fork_and_no_stale_decision() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(REPLICAS * (CALLERS + 1));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            WorkingGate replica = replicas.get(i);
            int number = i;
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed + 100L * i + caller);
                work.add(callers.submit(() -> {
                    submit(replica, random, start);
                    return null;
                }));
            }
            work.add(callers.submit(() -> {
                changeHolds(replica, number, start);
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : work) {
            one.get();
        }
        callers.shutdown();

        check();
    }

    private void submit(WorkingGate replica, Random random, CountDownLatch start) throws Exception {
        start.await();
        for (int i = 0; i < CALLS; i++) {
            Set<Jurisdiction> users = random.nextBoolean() ? Set.of(DE) : Set.of(WorkingGate.US);
            receipts.add(replica.submit(replica.warrant(users, "account-" + random.nextInt())));
        }
    }

    /** Every hold is placed by all of them, so that it is placed once and blocked twice. */
    private void changeHolds(WorkingGate replica, int number, CountDownLatch start) throws Exception {
        start.await();
        HoldDesk desk = new HoldDesk(replica.gate);
        for (int i = 0; i < HOLDS; i++) {
            // In the middle of the load, whatever the machine's speed is.
            while (receipts.size() < REPLICAS * CALLERS * CALLS * (i + 1) / (HOLDS + 1)) {
                Thread.sleep(1);
            }
            receipts.add(desk.place(hold("load-" + i, i == HOLDS - 1 ? WorkingGate.US : DE), "person-" + number, "load")
                    .toCompletableFuture()
                    .join());
        }
    }

    private static Hold hold(String id, Jurisdiction users) {
        return new Hold(
                id,
                1,
                "",
                Mode.PAUSE,
                new Match(Map.of(Dimension.USER_JURISDICTION, Set.of(users))),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
                Intake.QUEUE,
                true,
                new Exit.InternalReview(""),
                List.of(),
                List.of(),
                Map.of("en", ""));
    }

    private void check() throws Exception {
        String hint = "-Dholdfast.seed=" + seed;
        // One more entry, so that this replica has seen all others.
        receipts.add(replicas.get(0).submit(replicas.get(0).warrant(Set.of(WorkingGate.US), "last")));
        WholeLog whole = replicas.get(0).whole();
        assertEquals(
                1 + REPLICAS * (CALLERS * CALLS + HOLDS) + 1, whole.entries().size(), hint);

        int forks = forks(whole);
        int[] decided = decidedUnderTheHoldsBeforeThem(whole);
        LogVerifier.verify(
                        replicas.get(0).source(),
                        Anchors.ofKeys(List.of(replicas.get(0).log.signer().verifierKey()), Optional.empty()),
                        Scrutiny.full(Instant.now()),
                        Progress.NONE)
                .findings()
                .forEach(finding -> {
                    throw new AssertionError(hint + ": " + finding);
                });
        Replayed replayed = Replay.run(replicas.get(0).source(), Progress.NONE);

        System.out.println("ReplicasTest: " + hint + ", " + REPLICAS + " replicas, "
                + whole.entries().size() + " entries, " + receipts.size() + " receipts, forks " + forks
                + ", decisions after a hold that covers them " + decided[0] + ", of those stale " + decided[1]
                + ", replay disagrees " + replayed.disagreements().size());
        assertEquals(0, forks, hint);
        assertEquals(0, decided[1], hint);
        assertTrue(decided[0] > 0, hint);
        assertEquals(List.of(), replayed.disagreements(), hint);
    }

    /** Each receipt's checkpoint is one of this log, whichever replica signed it; no index was given twice. */
    private int forks(WholeLog whole) {
        Map<Long, Hash> roots = new HashMap<>();
        Frontier frontier = Frontier.empty();
        for (var entry : whole.entries()) {
            frontier = frontier.append(entry.leaf().hash());
            roots.put(frontier.size(), frontier.root());
        }
        int forks = 0;
        Map<Long, Hash> indices = new HashMap<>();
        for (Receipt receipt : receipts) {
            Stored stored = receipt.stored();
            Hash leaf = stored.entry().leaf().hash();
            assertEquals(null, indices.put(stored.index(), leaf), "an index was given twice");
            assertEquals(whole.entries().get((int) stored.index()).leaf().hash(), leaf);
            Checkpoint checkpoint = Checkpoint.open(
                    receipt.proof().checkpoint().getBytes(StandardCharsets.UTF_8),
                    List.of(replicas.get(0).log.signer().verifierKey()),
                    io.holdfast.fixture.TemporaryLog.ORIGIN);
            forks += checkpoint.root().equals(roots.get(checkpoint.size())) ? 0 : 1;
        }
        return forks;
    }

    /** @return how many decisions stand after a hold on their users, and how many of these ignored it */
    private static int[] decidedUnderTheHoldsBeforeThem(WholeLog whole) {
        int[] decided = new int[2];
        List<Hold> standing = new ArrayList<>();
        long epoch = 1;
        for (var entry : whole.entries()) {
            if (entry.event() instanceof Event.HoldPlaced placed) {
                standing.add(placed.hold().hold());
                epoch++;
            } else if (entry.event() instanceof Event.RequestDecided request) {
                boolean covered = standing.stream()
                        .flatMap(hold -> hold.applies().accepted().get(Dimension.USER_JURISDICTION).stream())
                        .anyMatch(request.facts().users()::contains);
                boolean knows = entry.envelope().epoch() == epoch
                        && (!covered || request.decision().outcome() == Outcome.HELD);
                decided[0] += covered ? 1 : 0;
                decided[1] += knows ? 0 : 1;
            }
        }
        return decided;
    }
}
