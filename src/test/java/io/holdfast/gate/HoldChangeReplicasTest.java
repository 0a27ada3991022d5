package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Outcome;
import io.holdfast.store.SqlPlaces;
import io.holdfast.tlog.Hash;
import io.holdfast.webhook.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gateways on one PostgreSQL, all of which look after changes of holds and after clocks at once: each step is in the log once. */
class HoldChangeReplicasTest {

    private static final int REPLICAS = 3;
    private static final int REQUESTS = 20;
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final ExecutorService keepers = Executors.newFixedThreadPool(REPLICAS);
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
            replicas.add(WorkingGate.replica(folder(i), pools.get(i).shared(LEASE), clock));
        }
    }

    @AfterEach
    void close() {
        keepers.shutdown();
        replicas.forEach(WorkingGate::close);
        pools.forEach(Postgres::close);
    }

    private Path folder(int replica) {
        return temporary.resolve("data-" + replica);
    }

    /** On all of them at once. @return how many entries they wrote together */
    private int everywhere(Function<WorkingGate, Integer> step) throws Exception {
        List<Future<Integer>> running = new ArrayList<>();
        for (WorkingGate replica : replicas) {
            running.add(keepers.submit(() -> step.apply(replica)));
        }
        int written = 0;
        for (Future<Integer> one : running) {
            written += one.get();
        }
        return written;
    }

    @Test
    void a_scheduled_lift_takes_effect_once_and_each_held_request_is_decided_again_once() throws Exception {
        HoldPeople first = new HoldPeople(replicas.get(0), clock);
        first.place(hold("users-hk", 1, "HK"));
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(replicas.get(i % REPLICAS).referred());
        }
        Hash proposal =
                first.proposed(first.at(Optional.of(clock.instant().plus(Duration.ofDays(1))), lift("users-hk", 1)));
        new HoldPeople(replicas.get(1), clock).approve(proposal, APPROVER);
        assertEquals(
                0, everywhere(replica -> new HoldDesk(replica.gate).changes().settle()));
        clock.forward(Duration.ofDays(1));

        int effects = everywhere(replica -> new HoldDesk(replica.gate).changes().settle());
        replicas.forEach(WorkingGate::referred); // one more entry each, so that each has seen all others
        int decided = everywhere(replica -> new HeldRequests(replica.gate).decideAgain(effect(replica)));

        WholeLog whole = all();
        System.out.println("HoldChangeReplicasTest: " + REPLICAS + " replicas, effects " + effects + ", decided again "
                + decided + " of " + REQUESTS);
        assertEquals(1, effects);
        assertEquals(REQUESTS, decided);
        assertEquals(
                List.of(EntryKind.HOLD_CHANGE_PROPOSED, EntryKind.HOLD_CHANGE_APPROVED, EntryKind.HOLDS_CHANGED),
                whole.kindsOn(Envelope.HOLD_CHANGES));
        for (String id : requests) {
            assertEquals(
                    List.of(Outcome.HELD, Outcome.REFERRED),
                    whole.on(id).stream()
                            .map(entry -> ((Event.RequestDecided) entry.event())
                                    .decision()
                                    .outcome())
                            .toList());
        }
        assertEquals(
                List.of(), Replay.run(replicas.get(0).source(), Progress.NONE).disagreements());
    }

    @Test
    void that_the_time_on_each_request_is_over_is_said_once() throws Exception {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(replicas.get(i % REPLICAS).referred());
        }
        clock.forward(Duration.ofDays(14));

        int said = everywhere(replica -> new ClockDesk(replica.gate, Warning.AT_A_QUARTER).look());

        assertEquals(REQUESTS, said);
        WholeLog whole = all();
        for (String id : requests) {
            assertEquals(List.of(EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_BREACHED), whole.kindsOn(id));
        }
        assertEquals(
                List.of(), Replay.run(replicas.get(0).source(), Progress.NONE).disagreements());
    }

    @Test
    void each_event_is_sent_once_and_in_order_though_all_of_them_send() throws Exception {
        try (EventReceiver receiver = new EventReceiver()) {
            everywhere(replica -> send(replica, receiver, 0));
            for (int i = 0; i < REQUESTS; i++) {
                replicas.get(i % REPLICAS).referred();
            }

            everywhere(replica -> send(replica, receiver, REQUESTS));

            assertEquals(LongStream.range(1, REQUESTS + 1).boxed().toList(), receiver.indices());
        }
    }

    /** Until so many have arrived, wherever from; a replica sees what another has written a little later. */
    private int send(WorkingGate replica, EventReceiver receiver, int all) {
        Outbox outbox = new Outbox(
                replica.log.ledger(),
                new SqlPlaces(pools.get(replicas.indexOf(replica)).shared(LEASE)),
                receiver.address(),
                clock);
        Instant end = Instant.now().plus(LEASE.multipliedBy(4));
        do {
            outbox.step();
        } while (receiver.taken.size() < all && Instant.now().isBefore(end));
        return (int) outbox.sent();
    }

    /** What another replica has written a moment ago the first one sees once it has written something itself. */
    private WholeLog all() {
        replicas.get(0).referred();
        return replicas.get(0).whole();
    }

    private static Stored effect(WorkingGate replica) {
        return new HoldDesk(replica.gate).changes().book().lastEffect().orElseThrow();
    }
}
