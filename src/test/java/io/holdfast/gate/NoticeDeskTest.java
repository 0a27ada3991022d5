package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.OPERATOR;
import static io.holdfast.gate.HoldPeople.hold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.NoticeEvent.Why;
import io.holdfast.audit.NoticeStanding.State;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Outcome;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People tell the person concerned, and the machine sees to it that nobody forgets. */
class NoticeDeskTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private NoticeDesk desk;
    private NoticeWatch watch;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        desk = new NoticeDesk(work.gate);
        watch = new NoticeWatch(work.gate);
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private String released(NonDisclosure order) {
        String id = work.submit(work.warrant(Set.of(WorkingGate.HK), "account-1", order))
                .stored()
                .entry()
                .envelope()
                .subject();
        work.approve(id, "reviewer-1");
        work.approve(id, "reviewer-2");
        return id;
    }

    private Event give(String id) {
        return event(desk.give(id, NoticeMeans.EMAIL, clock.instant(), OPERATOR));
    }

    private Event defer(String id, NoticeDeferral deferral, Actor actor) {
        return event(desk.defer(id, deferral, actor));
    }

    private Event lift(String id, boolean hasDocument) {
        return event(desk.lift(id, hasDocument ? Optional.of(Hash.ofNothing()) : Optional.empty(), OPERATOR));
    }

    private static Event event(Optional<java.util.concurrent.CompletionStage<Receipt>> receipt) {
        return receipt.orElseThrow()
                .toCompletableFuture()
                .join()
                .stored()
                .entry()
                .event();
    }

    private NoticeDeferral order(Duration until) {
        Instant end = clock.instant().plus(until);
        return new NoticeDeferral(NoticeGround.ORDER, Optional.of(end), end, Optional.of(Hash.ofNothing()));
    }

    private NoticeDeferral risk() {
        Instant end = clock.instant().plus(DAY);
        return new NoticeDeferral(NoticeGround.RISK_TO_LIFE, Optional.of(end), end, Optional.empty());
    }

    private static Event prevented(NoticeEvent.Attempt attempt, Blocked why) {
        return new NoticeEvent.Prevented(attempt, why);
    }

    private List<Event> due(String id) {
        return work.whole().on(id).stream()
                .map(Entry::event)
                .filter(NoticeEvent.Due.class::isInstance)
                .toList();
    }

    private State state(String id) {
        return watch.line(id).orElseThrow().standing().state();
    }

    @Test
    void nothing_is_read_before_the_person_was_told_and_every_try_is_an_entry() {
        String id = released(NonDisclosure.NONE);
        Instant release = clock.instant();
        assertEquals(1, watch.look());
        assertEquals(0, watch.look());
        assertEquals(List.of(new NoticeEvent.Due(Why.BEFORE, release)), due(id));
        assertEquals(1, watch.countDue());

        Delivery.Result.Failed early = assertInstanceOf(Delivery.Result.Failed.class, work.deliver(id));
        assertEquals(Blocked.NOTICE_NOT_GIVEN, early.blocked());
        assertFalse(work.whole().kindsOn(id).contains(EntryKind.ACCESSED));
        assertInstanceOf(NoticeEvent.Given.class, give(id));

        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
        assertEquals(prevented(NoticeEvent.Attempt.GIVE, Blocked.NOTICE_GIVEN_ALREADY), give(id));
        assertEquals(0, watch.look());
        assertEquals(0, watch.countDue());
    }

    @Test
    void a_lapsing_order_is_noticed_by_the_machine_after_a_restart_too_and_once() {
        String id = released(NonDisclosure.DATED);
        Instant release = clock.instant();
        assertEquals(1, watch.look());
        assertInstanceOf(NoticeEvent.Deferred.class, defer(id, order(DAY), OPERATOR));
        Instant end = clock.instant().plus(DAY);
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
        assertEquals(0, watch.look());
        clock.forward(DAY);
        work.close();
        open();

        assertEquals(1, watch.look());

        assertEquals(0, watch.look());
        assertEquals(
                List.of(new NoticeEvent.Due(Why.END_UNRECORDED, release), new NoticeEvent.Due(Why.ENDED, end)),
                due(id));
        assertEquals(0, new NoticeWatch(work.gate).look());
    }

    @Test
    void an_order_without_an_end_is_looked_at_every_180_days() {
        String id = released(NonDisclosure.INDEFINITE);
        assertEquals(0, watch.look());
        clock.forward(Duration.ofDays(180));
        assertEquals(1, watch.look());
        clock.forward(Duration.ofDays(179));
        assertEquals(0, watch.look());
        clock.forward(DAY);
        assertEquals(1, watch.look());
        assertEquals(2, due(id).size());
        assertEquals(State.FORBIDDEN, state(id));
    }

    @Test
    void a_risk_takes_a_second_person_who_wants_exactly_the_same() {
        String id = released(NonDisclosure.NONE);
        NoticeDeferral risk = risk();
        assertInstanceOf(NoticeEvent.DeferralProposed.class, defer(id, risk, OPERATOR));
        assertEquals(State.DUE, state(id));
        assertInstanceOf(Delivery.Result.Failed.class, work.deliver(id));
        assertEquals(
                prevented(NoticeEvent.Attempt.DEFER, Blocked.SAME_PERSON_TWICE),
                defer(id, risk, new Actor(OPERATOR.subject(), Set.of(Role.LEGAL_APPROVER))));

        clock.forward(Duration.ofSeconds(1));
        assertInstanceOf(NoticeEvent.DeferralProposed.class, defer(id, risk(), APPROVER)); // another end
        assertEquals(State.DUE, state(id));
        assertInstanceOf(NoticeEvent.Deferred.class, defer(id, risk(), OPERATOR));

        assertEquals(State.DEFERRED, state(id));
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
        assertEquals(prevented(NoticeEvent.Attempt.GIVE, Blocked.NOTICE_FORBIDDEN), give(id));
        assertInstanceOf(NoticeEvent.Lifted.class, lift(id, false));
        assertInstanceOf(NoticeEvent.Given.class, give(id));
    }

    @Test
    void a_proposal_to_wait_for_a_risk_ends_after_seven_days() {
        String id = released(NonDisclosure.NONE);
        Instant end = clock.instant().plus(Duration.ofDays(30));
        NoticeDeferral risk = new NoticeDeferral(NoticeGround.RISK_TO_CHILD, Optional.of(end), end, Optional.empty());
        defer(id, risk, OPERATOR);
        clock.forward(Duration.ofDays(7).plusSeconds(1));

        assertInstanceOf(NoticeEvent.DeferralProposed.class, defer(id, risk, APPROVER));
    }

    @Test
    void who_may_not_is_refused_and_recorded() {
        String id = released(NonDisclosure.NONE);
        Map<Actor, Blocked> people = Map.of(
                new Actor("agent-1", Set.of(Role.LE_AGENT, Role.LEGAL_OPERATOR)), Blocked.NOT_PERMITTED,
                new Actor("reviewer-1", Set.of(Role.REVIEWER)), Blocked.NOT_PERMITTED,
                new Actor("system", Set.of(Role.LEGAL_OPERATOR)), Blocked.NOT_A_PERSON,
                new Actor("operator-2", Set.of(Role.LEGAL_OPERATOR), Set.of(WorkingGate.HK)), Blocked.LOCATED_THERE);

        people.forEach(
                (actor, why) -> assertEquals(prevented(NoticeEvent.Attempt.DEFER, why), defer(id, order(DAY), actor)));

        assertEquals(State.DUE, state(id));
        assertInstanceOf(
                NoticeEvent.Given.class,
                event(desk.give(
                        id,
                        NoticeMeans.LETTER,
                        clock.instant(),
                        new Actor("operator-2", Set.of(Role.LEGAL_OPERATOR), Set.of(WorkingGate.HK)))));
    }

    @Test
    void a_notice_is_not_given_in_the_future_nor_before_it_was_due() {
        String id = released(NonDisclosure.NONE);
        for (Instant told :
                List.of(clock.instant().plusSeconds(1), clock.instant().minusSeconds(1))) {
            assertEquals(
                    prevented(NoticeEvent.Attempt.GIVE, Blocked.WRONG_TIMES),
                    event(desk.give(id, NoticeMeans.EMAIL, told, OPERATOR)));
        }
    }

    @Test
    void nobody_is_told_of_what_a_hold_covers_and_the_log_says_so_first() {
        String id = released(NonDisclosure.NONE);
        new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));

        assertEquals(prevented(NoticeEvent.Attempt.GIVE, Blocked.NO_NOTICE), give(id));

        assertEquals(Outcome.HELD, work.gate.find(id).orElseThrow().decision().outcome());
        assertEquals(State.NONE, state(id));
        watch.look();
        assertEquals(0, watch.countDue());
    }

    @Test
    void what_was_read_under_an_order_stays_here_if_the_order_is_lifted_meanwhile() {
        String id = released(NonDisclosure.NONE);
        defer(id, order(DAY), OPERATOR);
        Fulfilment fulfilment = work.fulfilment((target, categories, from, to, page) -> {
            assertInstanceOf(NoticeEvent.Lifted.class, lift(id, true));
            return Optional.empty();
        });

        Delivery.Result.Failed failed =
                assertInstanceOf(Delivery.Result.Failed.class, WorkingGate.deliver(id, fulfilment));

        assertEquals(Blocked.NO_LONGER_COVERED, failed.blocked());
        give(id);
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
    }

    @Test
    void a_shredded_case_has_nobody_to_tell() {
        String id = released(NonDisclosure.NONE);
        defer(id, order(DAY), OPERATOR);
        work.deliver(id);
        for (String person : List.of("operator-1", "operator-2")) {
            new ErasureDesk(work.gate)
                    .shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
        clock.forward(DAY);

        assertEquals(0, watch.look());
        assertEquals(prevented(NoticeEvent.Attempt.GIVE, Blocked.SHREDDED), give(id));
    }

    @Test
    void the_list_has_what_is_due_first_and_goes_on_where_a_page_ended() {
        String forbidden = released(NonDisclosure.INDEFINITE);
        clock.forward(Duration.ofSeconds(1));
        String first = released(NonDisclosure.NONE);
        clock.forward(Duration.ofSeconds(1));
        String second = released(NonDisclosure.NONE);
        work.referred(); // on which nobody is told yet

        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            NoticeWatch.Page page = watch.page(after, 2).orElseThrow();
            assertEquals(2, page.due());
            page.lines().forEach(line -> seen.add(line.request()));
            after = Optional.of(seen.get(seen.size() - 1));
            more = page.more();
        }

        assertEquals(List.of(first, second, forbidden), seen);
        assertTrue(watch.page(Optional.of("00000000-0000-7000-8000-000000000000"), 2)
                .isEmpty());
    }

    @Test
    void of_two_that_look_one_writes() {
        for (int i = 0; i < 30; i++) {
            released(NonDisclosure.NONE);
        }
        NoticeWatch other = new NoticeWatch(work.gate);

        assertEquals(30, watch.look());
        assertEquals(0, other.look());
        assertEquals(30, other.countDue());
    }
}
