package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.hold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hold is placed on one of three replicas while requests are at every stage on the others. Each is refused at its very next
 * step, which is not a matter of time: what comes after the hold in the log was made under it.
 */
class HoldInFlightTest {

    private static final int REPLICAS = 3;
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final JsonNode DATA = CanonicalJson.object().put("sample", "of the account");

    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final List<Postgres> pools = new ArrayList<>();
    private final List<WorkingGate> replicas = new ArrayList<>();

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
        }
    }

    @AfterEach
    void close() {
        elsewhere.shutdown();
        replicas.forEach(WorkingGate::close);
        pools.forEach(Postgres::close);
    }

    private Path folder(int replica) {
        return temporary.resolve("data-" + replica);
    }

    @Test
    void whatever_is_in_flight_anywhere_is_refused_at_its_next_step() throws Exception {
        WorkingGate here = replicas.get(0);
        WorkingGate second = replicas.get(1);
        WorkingGate third = replicas.get(2);
        String waiting = second.referred();
        String approvedOnce = third.referred();
        third.approve(approvedOnce, "reviewer-1");
        String released = second.released();
        String read = third.released();
        String packed = third.released();
        third.pack(packed);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<Delivery.Result> reading = elsewhere.submit(() -> collect(third, read, asked, held));
        asked.await();

        new HoldPeople(here, Clock.systemUTC()).place(hold("users-hk", 1, "HK"));
        long placed = System.nanoTime();
        held.countDown();
        Outcome afterFirst = last(second.approve(waiting, "reviewer-1"));
        Outcome afterSecond = last(third.approve(approvedOnce, "reviewer-2"));
        Delivery.Result collected = second.deliver(released);
        Delivery.Result handed = reading.get();
        PackageDesk.Result open = second.fulfilment().desk().open(packed).orElseThrow();
        Outcome submitted = outcome(third.submit(third.warrant(Set.of(WorkingGate.HK), "account-2")));
        long millis = Duration.ofNanos(System.nanoTime() - placed).toMillis();

        System.out.println("HoldInFlightTest: " + REPLICAS + " replicas, six requests at six stages refused within "
                + millis + " ms of the hold");
        assertEquals(Outcome.HELD, afterFirst);
        assertEquals(Outcome.HELD, afterSecond);
        assertEquals(Outcome.HELD, submitted);
        assertInstanceOf(Delivery.Result.NotReleased.class, collected);
        assertInstanceOf(Delivery.Result.NotReleased.class, handed);
        assertInstanceOf(PackageDesk.Result.NotReleased.class, open);
        here.referred(); // one more entry, so that this replica has seen all others
        WholeLog whole = here.whole();
        assertTrue(whole.entries().stream().noneMatch(entry -> entry.kind() == EntryKind.DELIVERED));
        for (String id : List.of(waiting, approvedOnce, released, read, packed)) {
            Event.RequestDecided last = whole.on(id).stream()
                    .map(entry -> entry.event())
                    .filter(Event.RequestDecided.class::isInstance)
                    .map(Event.RequestDecided.class::cast)
                    .reduce((first, next) -> next)
                    .orElseThrow();
            assertEquals(Outcome.HELD, last.decision().outcome(), "it is recorded");
        }
        assertEquals(List.of(), Replay.run(here.source(), Progress.NONE).disagreements());
    }

    /** From a store that answers once there is a hold. */
    private static Delivery.Result collect(WorkingGate gate, String id, CountDownLatch asked, CountDownLatch held) {
        return WorkingGate.deliver(id, gate.fulfilment((target, categories, from, to, page) -> {
            asked.countDown();
            await(held);
            Map<DataCategory, JsonNode> data = new EnumMap<>(DataCategory.class);
            categories.forEach(category -> data.put(category, DATA));
            return Optional.of(UserDataStore.Page.only(WorkingGate.HK, data));
        }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome last(List<Receipt> receipts) {
        return outcome(receipts.get(receipts.size() - 1));
    }

    private static Outcome outcome(Receipt receipt) {
        return ((Event.RequestDecided) receipt.stored().entry().event())
                .decision()
                .outcome();
    }
}
