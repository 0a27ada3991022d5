package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People review on two gateways with one PostgreSQL: whoever is second finds what the first one did, and both see one queue. */
class ReviewReplicasTest {

    private static final int REPLICAS = 2;
    private static final int REQUESTS = 12;
    private static final int STEPS = 60;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Review LESS = new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER));

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService people = Executors.newFixedThreadPool(REPLICAS);
    private final CyclicBarrier together = new CyclicBarrier(REPLICAS);
    private final List<Postgres> pools = new ArrayList<>();
    private final List<WorkingGate> replicas = new ArrayList<>();
    private final List<ReviewQueue> queues = new ArrayList<>();

    @TempDir
    Path temporary;

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < REPLICAS; i++) {
            if (i > 0) {
                ReplicasTest.copyKeys(folder(0), folder(i));
            }
            pools.add(
                    i == 0 ? Postgres.create() : Postgres.existing(pools.get(0).address()));
            replicas.add(WorkingGate.replica(folder(i), pools.get(i).shared(LEASE)));
            queues.add(new ReviewQueue(replicas.get(i).gate));
        }
    }

    @AfterEach
    void close() {
        people.shutdown();
        replicas.forEach(WorkingGate::close);
        pools.forEach(Postgres::close);
    }

    private Path folder(int replica) {
        return temporary.resolve("data-" + replica);
    }

    /** Both at the same moment. */
    private void both(Callable<List<Receipt>> one, Callable<List<Receipt>> other) throws Exception {
        List<Future<List<Receipt>>> running = new ArrayList<>();
        for (Callable<List<Receipt>> step : List.of(one, other)) {
            running.add(people.submit(() -> {
                together.await();
                return step.call();
            }));
        }
        for (Future<List<Receipt>> step : running) {
            step.get();
        }
    }

    private Case find(String id) {
        return replicas.get(0).gate.find(id).orElseThrow();
    }

    private List<EntryKind> kinds(String id) {
        return find(id).entries().stream().map(stored -> stored.entry().kind()).toList();
    }

    /** The log is whole, replay agrees, and every queue says what the cases say. */
    private void check(List<String> requests) {
        replicas.get(0).referred(); // one more entry, so that this replica has seen all others
        WholeLog whole = replicas.get(0).whole();
        assertEquals(
                List.of(), Replay.run(replicas.get(0).source(), Progress.NONE).disagreements());
        List<String> all = new ArrayList<>(requests);
        all.add(whole.entries().get(whole.entries().size() - 1).envelope().subject());
        List<QueueFromCases.Line> expected = QueueFromCases.cases(replicas.get(0).gate, all);
        for (ReviewQueue queue : queues) {
            await(queue, whole.entries().size());
            assertEquals(expected, QueueFromCases.pages(queue, 5), "seed " + seed);
        }
    }

    /** A replica sees what another has written a little later. */
    private static void await(ReviewQueue queue, long size) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (size(queue) < size && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(size(queue) >= size);
    }

    private static long size(ReviewQueue queue) {
        return queue.page(Person.of("reviewer-9"), QueueFromCases.ALL, Optional.empty(), 1)
                .orElseThrow()
                .size();
    }

    @Test
    void two_people_who_approve_at_the_same_moment_release_it_once() throws Exception {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String id = replicas.get(i % REPLICAS).referred();
            Hash version = find(id).version();
            both(
                    () -> replicas.get(0).approve(id, version, "reviewer-1"),
                    () -> replicas.get(1).approve(id, version, "reviewer-2"));
            assertEquals(
                    List.of(
                            EntryKind.REQUEST_DECIDED,
                            EntryKind.APPROVAL_GIVEN,
                            EntryKind.APPROVAL_GIVEN,
                            EntryKind.REQUEST_DECIDED),
                    kinds(id));
            assertEquals(CaseState.RELEASED, find(id).state());
            requests.add(id);
        }
        check(requests);
    }

    @Test
    void one_person_who_approves_on_both_at_the_same_moment_counts_once() throws Exception {
        String id = replicas.get(0).referred();
        Hash version = find(id).version();

        both(
                () -> replicas.get(0).approve(id, version, "reviewer-1"),
                () -> replicas.get(1).approve(id, version, "reviewer-1"));

        assertEquals(
                List.of(EntryKind.REQUEST_DECIDED, EntryKind.APPROVAL_GIVEN, EntryKind.APPROVAL_BLOCKED), kinds(id));
        check(List.of(id));
    }

    @Test
    void of_the_last_approval_and_a_narrowing_at_the_same_moment_one_counts() throws Exception {
        List<String> requests = new ArrayList<>();
        int released = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String id = replicas.get(0).referred();
            Hash version = find(id).version();
            replicas.get(1).approve(id, version, "reviewer-1");
            both(
                    () -> replicas.get(0).approve(id, version, "reviewer-2"),
                    () -> replicas.get(1).review(id, version, LESS, "reviewer-3"));
            Case found = find(id);
            Event last = found.entries().get(found.entries().size() - 1).entry().event();
            if (found.state() == CaseState.RELEASED) {
                assertEquals(new Event.ReviewBlocked(Review.Verdict.NARROWED, Blocked.NOT_AWAITING_APPROVAL), last);
                released++;
            } else {
                assertEquals(new Event.ApprovalBlocked(Blocked.OTHER_VERSION), last);
                assertEquals(Set.of(DataCategory.SUBSCRIBER), found.decision().granted());
            }
            requests.add(id);
        }
        System.out.println("ReviewReplicasTest: the approval was first " + released + " times of " + REQUESTS);
        check(requests);
    }

    @Test
    void whichever_replica_people_go_to_both_see_one_queue() {
        System.out.println("ReviewReplicasTest, seed " + seed);
        List<String> requests = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            WorkingGate replica = replicas.get(random.nextInt(REPLICAS));
            if (requests.isEmpty() || random.nextInt(4) == 0) {
                requests.add(replica.referred());
                continue;
            }
            String id = requests.get(random.nextInt(requests.size()));
            String person = "reviewer-" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 -> replica.review(id, LESS, person);
                case 1 -> replica.review(id, new Review.Refused(List.of(Reason.CONFLICT_OF_LAWS)), person);
                case 2 -> queues.get(random.nextInt(REPLICAS)).catchUp();
                default -> replica.approve(id, person);
            }
        }
        check(requests);
    }
}
