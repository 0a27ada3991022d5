package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static io.holdfast.gate.HoldPeople.replace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.audit.EntryKind;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lift never releases: what was held is decided again, and goes to people. */
class HeldRequestsTest {

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private HoldPeople people;
    private HeldRequests held;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock, OnePack.set());
        people = new HoldPeople(work, clock);
        held = new HeldRequests(work.gate);
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private void restart() {
        work.close();
        open();
    }

    /** Two people agree, and it is in effect. */
    private void change(HoldChange... changes) {
        people.approve(people.proposed(people.soon(changes)), APPROVER);
    }

    private int decideAgain() {
        return held.decideAgain(people.desk().book().lastEffect().orElseThrow());
    }

    private Case find(String id) {
        return work.gate.find(id).orElseThrow();
    }

    private Outcome outcome(String id) {
        return find(id).decision().outcome();
    }

    /** @return the id of a warrant about a user in Hong Kong that is held */
    private String heldRequest() {
        String id = work.referred();
        assertEquals(Outcome.HELD, outcome(id));
        return id;
    }

    @Test
    void what_was_held_is_decided_again_once_and_waits_for_people() {
        people.place(hold("users-hk", 1, "HK"));
        List<String> requests = List.of(heldRequest(), heldRequest(), heldRequest());
        change(lift("users-hk", 1));

        assertEquals(3, decideAgain());
        assertEquals(0, decideAgain());

        for (String id : requests) {
            assertEquals(Outcome.REFERRED, outcome(id));
            assertEquals(
                    List.of(EntryKind.REQUEST_DECIDED, EntryKind.REQUEST_DECIDED),
                    work.whole().kindsOn(id));
            work.approve(id, "reviewer-1");
            assertEquals(Outcome.REFERRED, outcome(id));
            work.approve(id, "reviewer-2");
            assertEquals(Outcome.RELEASED, outcome(id));
        }
    }

    @Test
    void approvals_from_before_the_hold_count_for_nothing_after_it() {
        String released = work.released();
        String approvedOnce = work.referred();
        work.approve(approvedOnce, "reviewer-1");
        people.place(hold("users-hk", 1, "HK"));
        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(released));
        work.approve(approvedOnce, "reviewer-2");
        assertEquals(Outcome.HELD, outcome(released));
        assertEquals(Outcome.HELD, outcome(approvedOnce));
        change(lift("users-hk", 1));

        assertEquals(2, decideAgain());

        for (String id : List.of(released, approvedOnce)) {
            assertEquals(Outcome.REFERRED, outcome(id));
            assertEquals(0, find(id).event().facts().approvals());
            assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(id));
        }
    }

    @Test
    void whoever_collects_between_the_lift_and_the_new_decision_gets_nothing() {
        String released = work.released();
        people.place(hold("users-hk", 1, "HK"));
        work.deliver(released);
        change(lift("users-hk", 1));

        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(released));

        assertEquals(1, decideAgain());
        assertEquals(Outcome.REFERRED, outcome(released));
        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(released));
    }

    @Test
    void a_restart_in_between_loses_none_and_repeats_none() {
        people.place(hold("users-hk", 1, "HK"));
        String first = heldRequest();
        String second = heldRequest();
        change(lift("users-hk", 1));
        restart();

        assertEquals(2, decideAgain());
        restart();

        assertEquals(0, decideAgain());
        assertEquals(Outcome.REFERRED, outcome(first));
        assertEquals(Outcome.REFERRED, outcome(second));
    }

    @Test
    void what_another_hold_covers_stays_held_and_is_decided_once_for_each_change() {
        people.place(hold("users-hk", 1, "HK"));
        people.place(hold("users-hk-too", 1, "HK"));
        String id = heldRequest();

        change(lift("users-hk", 1));
        assertEquals(1, decideAgain());
        assertEquals(Outcome.HELD, outcome(id));
        restart();
        assertEquals(0, decideAgain());
        change(lift("users-hk-too", 1));
        assertEquals(1, decideAgain());

        assertEquals(Outcome.REFERRED, outcome(id));
    }

    @Test
    void a_new_exception_sends_what_it_covers_to_people() {
        people.place(hold("users-hk", 1, "HK"));
        String id = heldRequest();
        Hold wider = hold("users-hk", 2, "HK", "warrants");
        people.approve(
                people.proposed(new WantedChange(
                        List.of(replace(wider)),
                        List.of(wider),
                        clock.instant().plus(Duration.ofDays(1)),
                        Optional.empty(),
                        clock.instant().plus(Duration.ofDays(1)))),
                APPROVER);

        decideAgain();

        assertEquals(Outcome.REFERRED, outcome(id));
    }

    @Test
    void what_has_expired_meanwhile_or_was_shredded_is_not_revived() {
        people.place(hold("users-hk", 1, "HK"));
        String shredded = heldRequest();
        ErasureDesk erasures = new ErasureDesk(work.gate);
        for (String person : List.of("operator-1", "operator-2")) {
            erasures.shred(shredded, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
        String expired = heldRequest();
        clock.forward(Duration.ofDays(200));
        change(lift("users-hk", 1));

        assertEquals(1, decideAgain());

        assertEquals(Outcome.HELD, outcome(shredded));
        assertEquals(Outcome.REFUSED, outcome(expired));
    }
}
