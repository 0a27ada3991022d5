package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CaseClock;
import io.holdfast.audit.ClockName;
import io.holdfast.audit.Disagreement;
import io.holdfast.audit.Draft;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search warrant leaves 14 days to object. Their passing is said, and changes nothing else. */
class ClockDeskTest {

    private static final Duration TIME = Duration.ofDays(14);
    private static final List<EntryKind> WARNED = List.of(EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_WARNED);

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private ClockDesk desk;
    private List<String> lies = List.of();

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        desk = new ClockDesk(work.gate, Warning.AT_A_QUARTER);
    }

    @AfterEach
    void the_log_replays_but_for_the_lies() {
        work.whole();
        assertEquals(
                lies,
                Replay.run(work.source(), Progress.NONE).disagreements().stream()
                        .map(Disagreement::should)
                        .toList());
        work.close();
    }

    private void restart() {
        work.close();
        open();
    }

    private List<EntryKind> kinds(String id) {
        return work.whole().kindsOn(id);
    }

    private Outcome outcome(String id) {
        return work.gate.find(id).orElseThrow().decision().outcome();
    }

    @Test
    void it_is_said_once_that_a_time_is_nearly_over_and_once_that_it_is_over() {
        String id = work.referred();
        Instant due = clock.instant().plus(TIME);
        assertEquals(0, desk.look());
        clock.forward(Duration.ofHours(252).minusSeconds(1));
        assertEquals(0, desk.look());

        clock.forward(Duration.ofSeconds(1));
        assertEquals(1, desk.look());
        assertEquals(0, desk.look());
        assertEquals(1, desk.count(ClockName.OBJECT, CaseClock.State.WARNED));
        clock.forward(Duration.ofHours(84).minusSeconds(1));
        assertEquals(0, desk.look());
        clock.forward(Duration.ofSeconds(1));
        assertEquals(1, desk.look());
        assertEquals(0, desk.look());

        assertEquals(0, desk.count(ClockName.OBJECT, CaseClock.State.WARNED));
        assertEquals(1, desk.count(ClockName.OBJECT, CaseClock.State.BREACHED));
        List<Event> said = work.whole().on(id).stream()
                .map(io.holdfast.audit.Entry::event)
                .skip(1)
                .toList();
        assertEquals(
                List.of(new Event.ClockWarned(ClockName.OBJECT, due), new Event.ClockBreached(ClockName.OBJECT, due)),
                said);
        assertEquals(Outcome.REFERRED, outcome(id));
    }

    @Test
    void a_restart_repeats_nothing_and_forgets_nothing() {
        String id = work.referred();
        clock.forward(Duration.ofDays(11));
        assertEquals(1, desk.look());
        restart();
        assertEquals(0, desk.look());
        assertEquals(1, desk.count(ClockName.OBJECT, CaseClock.State.WARNED));
        clock.forward(Duration.ofDays(3));
        restart();

        assertEquals(1, desk.look());

        assertEquals(List.of(EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_WARNED, EntryKind.CLOCK_BREACHED), kinds(id));
    }

    @Test
    void whoever_was_down_until_the_end_says_only_that_it_is_over() {
        String id = work.referred();
        clock.forward(TIME);

        assertEquals(1, desk.look());

        assertEquals(List.of(EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_BREACHED), kinds(id));
    }

    @Test
    void nothing_is_said_of_what_was_handed_over_in_time() {
        work.delivered();
        desk.look();
        clock.forward(TIME);

        assertEquals(0, desk.look());

        assertEquals(0, desk.count(ClockName.OBJECT, CaseClock.State.RUNNING));
    }

    @Test
    void a_released_request_that_nobody_collects_is_said_to_be_over_and_stays_released() {
        String id = work.released();
        clock.forward(TIME);

        assertEquals(1, desk.look());

        assertEquals(Outcome.RELEASED, outcome(id));
    }

    @Test
    void a_hold_of_the_platform_stops_no_clock() {
        String id = work.released();
        new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));
        work.deliver(id);
        assertEquals(Outcome.HELD, outcome(id));
        clock.forward(TIME);

        assertEquals(1, desk.look());

        assertEquals(Outcome.HELD, outcome(id));
    }

    @Test
    void what_was_held_from_the_start_counts_from_receipt_once_it_is_decided_again() {
        HoldPeople people = new HoldPeople(work, clock);
        people.place(hold("users-hk", 1, "HK"));
        String id = work.referred();
        clock.forward(Duration.ofDays(11));
        assertEquals(0, desk.look());
        people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);
        new HeldRequests(work.gate)
                .decideAgain(people.desk().book().lastEffect().orElseThrow());

        assertEquals(1, desk.look());

        assertEquals(List.of(EntryKind.REQUEST_DECIDED, EntryKind.REQUEST_DECIDED, EntryKind.CLOCK_WARNED), kinds(id));
    }

    @Test
    void several_on_one_log_say_it_once() {
        ClockDesk other = new ClockDesk(work.gate, new Warning(0.5));
        String id = work.referred();
        clock.forward(Duration.ofDays(8));
        assertEquals(0, desk.look());
        assertEquals(1, other.look());
        clock.forward(Duration.ofDays(3));

        assertEquals(0, desk.look());

        assertEquals(WARNED, kinds(id));
    }

    @Test
    void a_thousand_requests_at_once_are_all_told_of() {
        List<CompletableFuture<Receipt>> requests = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            requests.add(work.gate
                    .submit(work.warrant(Set.of(WorkingGate.HK), "account-1"), WorkingGate.AGENCY, Optional.empty())
                    .toCompletableFuture());
        }
        requests.forEach(CompletableFuture::join);
        clock.forward(TIME);

        assertEquals(1100, desk.look());

        assertEquals(1100, desk.count(ClockName.OBJECT, CaseClock.State.BREACHED));
    }

    @Test
    void replay_finds_what_is_said_too_early_too_late_twice_or_of_another_time() {
        String id = work.referred();
        Instant due = clock.instant().plus(TIME);
        say(id, new Event.ClockBreached(ClockName.OBJECT, due), 0);
        say(id, new Event.ClockWarned(ClockName.OBJECT, due.plusSeconds(1)), 0);
        say(id, new Event.ClockWarned(ClockName.ANSWER, due), 0);
        say(id, new Event.ClockWarned(ClockName.OBJECT, due), 1);
        say(id, new Event.ClockWarned(ClockName.OBJECT, due), 0);
        say("00000000-0000-7000-8000-000000000000", new Event.ClockBreached(ClockName.OBJECT, due), 0);
        String late = work.referred();
        clock.forward(TIME);
        say(late, new Event.ClockWarned(ClockName.OBJECT, due), 0);

        lies = List.of(
                "when its time is over",
                "due at " + due + ", as the latest decision asks",
                "nothing, since no such clock runs on it",
                "an answer to the latest decision on it",
                "nothing, since it was said before",
                "none, since a case that is UNDECIDED takes no clock-breached",
                "nothing, since no such clock runs on it",
                "before its time is over");
        assertTrue(desk.look() > 0); // and what the gate itself writes beside the lies is right
    }

    /** Writes it down whether or not it is true. @param beside how far from the decision the entry points that it answers */
    private void say(String id, Event event, int beside) {
        work.log
                .ledger()
                .append(new Candidate() {
                    @Override
                    public String subject() {
                        return id;
                    }

                    @Override
                    public boolean hasHistory() {
                        return true;
                    }

                    @Override
                    public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
                        long answers = history.isEmpty() ? 0 : history.get(0).index() - beside;
                        return List.of(work.gate
                                .scribe()
                                .line(standing, at, id)
                                .answering(answers)
                                .draft(event));
                    }
                })
                .toCompletableFuture()
                .join();
    }
}
