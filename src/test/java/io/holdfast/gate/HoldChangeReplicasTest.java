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
import io.holdfast.tlog.Hash;
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

        replicas.get(0).referred();
        WholeLog whole = replicas.get(0).whole();
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
        for (String id : requests) {
            assertEquals(
                    List.of(EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_BREACHED),
                    replicas.get(0).whole().kindsOn(id));
        }
        assertEquals(
                List.of(), Replay.run(replicas.get(0).source(), Progress.NONE).disagreements());
    }

    private static Stored effect(WorkingGate replica) {
        return new HoldDesk(replica.gate).changes().book().lastEffect().orElseThrow();
    }
}
