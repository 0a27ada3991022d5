package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.ClockName;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People say what happened to the clocks of a warrant, on a real log. */
class ClockStepDeskTest {

    private static final ClockStep OBJECT = new ClockStep.Stopped(Stop.OBJECTION);
    private static final ClockStep UPHELD = new ClockStep.Resumed(Stop.OBJECTION, Resumption.ORDER_UPHELD);
    private static final Actor REVIEWER = new Actor("reviewer-1", Set.of(Role.REVIEWER));

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private Event take(String id, ClockStep step, Actor actor) {
        return take(id, step, Optional.empty(), actor).stored().entry().event();
    }

    private Receipt take(String id, ClockStep step, Optional<String> question, Actor actor) {
        return new ClockStepDesk(work.gate)
                .take(id, step, question, actor)
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    private static void assertBlocked(Blocked why, Event event) {
        assertEquals(why, assertInstanceOf(Event.ClockStepBlocked.class, event).blocked());
    }

    @Test
    void while_an_objection_stands_nothing_of_what_was_released_is_read() {
        String id = work.released();
        assertInstanceOf(Event.ClockStepped.class, take(id, OBJECT, REVIEWER));

        Delivery.Result refused = work.deliver(id);

        assertEquals(
                Blocked.OBJECTED,
                assertInstanceOf(Delivery.Result.Failed.class, refused).blocked());
        assertEquals(CaseState.RELEASED, work.gate.find(id).orElseThrow().state());
        assertTrue(work.whole().on(id).stream().noneMatch(entry -> entry.event() instanceof Event.Accessed));
        take(id, UPHELD, REVIEWER);
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
    }

    @Test
    void an_objection_that_lands_while_the_store_is_read_keeps_what_was_read() {
        String id = work.released();
        Delivery.Result result = WorkingGate.deliver(id, work.fulfilment((target, categories, from, to, page) -> {
            take(id, OBJECT, REVIEWER);
            return Optional.empty();
        }));
        assertEquals(
                Blocked.OBJECTED,
                assertInstanceOf(Delivery.Result.Failed.class, result).blocked());
        assertTrue(work.whole().on(id).stream().noneMatch(entry -> entry.event() instanceof Event.Delivered));
    }

    @Test
    void what_does_not_count_is_an_entry_with_its_reason() {
        String id = work.referred();
        assertBlocked(Blocked.NOT_STOPPED, take(id, UPHELD, REVIEWER));
        assertBlocked(Blocked.NO_SUCH_CLOCK, take(id, new ClockStep.Stopped(Stop.GROUND_RAISED), REVIEWER));
        take(id, OBJECT, REVIEWER);
        assertBlocked(Blocked.ALREADY_SAID, take(id, OBJECT, REVIEWER));
        assertBlocked(Blocked.NO_SUCH_CLOCK, take(id, new ClockStep.Started(ClockName.RUN, clock.instant()), REVIEWER));
    }

    @Test
    void nobody_without_the_role_or_without_a_name_says_anything_and_the_attempt_is_recorded() {
        String id = work.referred();
        assertBlocked(Blocked.NOT_PERMITTED, take(id, OBJECT, new Actor("engineer", Set.of(Role.PLATFORM_ENGINEER))));
        Actor both = new Actor("agent", Set.of(Role.LE_AGENT, Role.REVIEWER));
        assertBlocked(Blocked.NOT_PERMITTED, take(id, OBJECT, both));
        assertBlocked(Blocked.NOT_A_PERSON, take(id, OBJECT, new Actor("admin", Set.of(Role.REVIEWER))));
    }

    @Test
    void whoever_is_located_there_can_stop_and_lets_nothing_go_on() {
        String id = work.referred();
        Actor there = new Actor("reviewer-2", Set.of(Role.REVIEWER), Set.of(WorkingGate.HK));
        assertInstanceOf(Event.ClockStepped.class, take(id, OBJECT, there));
        assertBlocked(Blocked.LOCATED_THERE, take(id, UPHELD, there));
        assertInstanceOf(Event.ClockStepped.class, take(id, UPHELD, REVIEWER));
    }

    @Test
    void a_case_that_was_shredded_takes_no_step_but_the_attempt() {
        String id = work.delivered();
        for (String person : List.of("operator-1", "operator-2")) {
            new ErasureDesk(work.gate)
                    .shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
        assertBlocked(Blocked.SHREDDED, take(id, OBJECT, REVIEWER));
    }

    @Test
    void the_desk_of_the_clocks_is_told_and_says_nothing_of_one_that_ended() {
        String id = work.referred();
        ClockDesk desk = new ClockDesk(work.gate, Warning.AT_A_QUARTER);
        desk.look();
        assertEquals(1, desk.count(ClockName.OBJECT, CaseClock.State.RUNNING));
        take(id, OBJECT, REVIEWER);
        clock.forward(Duration.ofDays(30));
        assertEquals(0, desk.look());
        assertEquals(0, desk.count(ClockName.OBJECT, CaseClock.State.BREACHED));
    }
}
