package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Scope;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The clocks of Regulation (EU) 2023/1543 as the packs have them: stopped, gone on with what was left, begun elsewhere. */
class StoppedClocksTest {

    private static final String REQUEST = "request";
    private static final Duration TEN_DAYS = Duration.ofDays(10);
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final Duration FIVE_DAYS = Duration.ofDays(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private static final ClockStep ASK = new ClockStep.Stopped(Stop.QUESTION);
    private static final ClockStep ANSWERED = new ClockStep.Resumed(Stop.QUESTION, Resumption.ANSWERED);
    private static final ClockStep TIME_OVER = new ClockStep.Resumed(Stop.QUESTION, Resumption.TIME_OVER);
    private static final ClockStep OBJECT = new ClockStep.Stopped(Stop.OBJECTION);
    private static final ClockStep UPHELD = new ClockStep.Resumed(Stop.OBJECTION, Resumption.ORDER_UPHELD);
    private static final ClockStep RAISE = new ClockStep.Stopped(Stop.GROUND_RAISED);
    private static final ClockStep NO_GROUND = new ClockStep.Ended(ClockName.AUTHORITY_OBJECTS);

    private final TestLog log = TestLog.started();
    private final Instant receipt;

    StoppedClocksTest() {
        receipt = decided(TEN_DAYS);
    }

    private Instant decided(Duration answer) {
        List<Deadline> clocks = List.of(
                new Deadline(Step.ANSWER, answer, EnumSet.allOf(Stop.class), Optional.empty()),
                new Deadline(Step.OBJECT, TEN_DAYS, Set.of(), Optional.empty()),
                new Deadline(Step.CLARIFY, FIVE_DAYS, Set.of(), Optional.of(Silence.EXEMPTS)),
                new Deadline(Step.AUTHORITY_OBJECTS, TEN_DAYS, Set.of(), Optional.of(Silence.OBLIGES)));
        Decision.Basis basis = new Decision.Basis(
                List.of(Reason.values()[0]),
                List.of(),
                List.of(),
                List.of(),
                TestLog.rulebookDigest(),
                1,
                Optional.empty());
        Obligations asked = new Obligations(2, Notice.BEFORE, clocks, Optional.empty(), Set.of());
        Facts facts = SomeFacts.usWarrant();
        Decision decision = new Decision.Referred(basis, new Scope(Set.of(DataCategory.SUBSCRIBER), Map.of()), asked);
        log.add(REQUEST, TestLog.decided(facts, decision));
        return last();
    }

    private Instant last() {
        List<Stored> entries = log.entries();
        return entries.get(entries.size() - 1).entry().envelope().at();
    }

    /** At this time after receipt. */
    private void say(Duration after, ClockStep step) {
        log.waitUntil(receipt.plus(after).minusSeconds(1));
        log.add(REQUEST, new Event.ClockStepped(step, "tag"));
        assertEquals(receipt.plus(after), last());
    }

    private CaseClocks clocks() {
        return CaseClocks.of(log.entries().stream()
                .filter(stored -> stored.entry().envelope().subject().equals(REQUEST))
                .toList());
    }

    private CaseClock clock(ClockName name) {
        return find(name).orElseThrow();
    }

    private Optional<CaseClock> find(ClockName name) {
        return clocks().running().stream().filter(one -> one.name() == name).findFirst();
    }

    private Optional<Event.Blocked> objection(ClockStep step, Duration after) {
        return clocks().objection(step, receipt.plus(after));
    }

    @Test
    void ten_days_that_a_question_stops_after_three_go_on_with_seven() {
        say(Duration.ofDays(3), ASK);
        CaseClock stopped = clock(ClockName.ANSWER);
        assertEquals(CaseClock.State.STOPPED, stopped.told());
        assertEquals(Optional.of(Duration.ofDays(7)), stopped.left());
        say(Duration.ofDays(5), ANSWERED);
        CaseClock running = clock(ClockName.ANSWER);
        assertEquals(CaseClock.State.RUNNING, running.told());
        assertEquals(receipt.plus(Duration.ofDays(12)), running.due());
        assertEquals(TEN_DAYS, running.within());
    }

    @Test
    void eight_hours_keep_every_second_that_was_left() {
        decided(EIGHT_HOURS);
        say(EIGHT_HOURS.minusSeconds(7), ASK);
        say(Duration.ofDays(4), ANSWERED);
        assertEquals(
                receipt.plus(Duration.ofDays(4)).plusSeconds(7),
                clock(ClockName.ANSWER).due());
    }

    @Test
    void the_issuer_has_five_days_to_answer_and_what_silence_means_is_told_and_does_nothing() {
        assertTrue(find(ClockName.CLARIFY).isEmpty());
        say(HOUR, ASK);
        CaseClock clarify = clock(ClockName.CLARIFY);
        assertEquals(receipt.plus(HOUR).plus(FIVE_DAYS), clarify.due());
        assertEquals(Optional.of(Silence.EXEMPTS), clarify.silence());
        assertEquals(
                Optional.of(Event.Blocked.TOO_EARLY),
                objection(TIME_OVER, HOUR.plus(FIVE_DAYS).minusSeconds(1)));
        assertEquals(Optional.empty(), objection(TIME_OVER, HOUR.plus(FIVE_DAYS)));
        Instant longAfter = receipt.plus(Duration.ofDays(400));
        assertEquals(
                List.of(new Event.ClockBreached(ClockName.CLARIFY, clarify.due()), objectOver()),
                clocks().dueAt(longAfter, Warning.AT_A_QUARTER).stream()
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .toList());
        assertEquals(CaseClock.State.STOPPED, clock(ClockName.ANSWER).told());
        say(Duration.ofDays(6), TIME_OVER);
        assertTrue(find(ClockName.CLARIFY).isEmpty());
    }

    private Event objectOver() {
        return new Event.ClockBreached(ClockName.OBJECT, receipt.plus(TEN_DAYS));
    }

    @Test
    void stops_that_overlap_count_once() {
        say(Duration.ofDays(1), ASK);
        say(Duration.ofDays(2), OBJECT);
        say(Duration.ofDays(3), ANSWERED);
        assertEquals(Optional.of(Duration.ofDays(9)), clock(ClockName.ANSWER).left());
        say(Duration.ofDays(5), UPHELD);
        assertEquals(receipt.plus(Duration.ofDays(14)), clock(ClockName.ANSWER).due());
    }

    @Test
    void what_stops_it_after_it_was_over_stops_nothing() {
        say(TEN_DAYS, ASK);
        assertEquals(CaseClock.State.RUNNING, clock(ClockName.ANSWER).told());
        assertEquals(receipt.plus(TEN_DAYS), clock(ClockName.ANSWER).due());
    }

    @Test
    void whoever_has_objected_has_objected_in_time() {
        say(HOUR, OBJECT);
        assertTrue(find(ClockName.OBJECT).isEmpty());
        say(Duration.ofDays(30), UPHELD);
        assertTrue(find(ClockName.OBJECT).isEmpty());
    }

    @Test
    void the_other_authority_has_ten_days_from_its_notification_until_it_speaks() {
        Instant notified = receipt.minus(HOUR);
        say(HOUR, new ClockStep.Started(ClockName.AUTHORITY_OBJECTS, notified));
        CaseClock clock = clock(ClockName.AUTHORITY_OBJECTS);
        assertEquals(notified.plus(TEN_DAYS), clock.due());
        assertEquals(Optional.of(Silence.OBLIGES), clock.silence());
        say(Duration.ofDays(2), NO_GROUND);
        assertTrue(find(ClockName.AUTHORITY_OBJECTS).isEmpty());
        assertEquals(Optional.of(Event.Blocked.ALREADY_SAID), objection(NO_GROUND, Duration.ofDays(3)));
    }

    @Test
    void a_ground_that_is_raised_ends_that_time_stops_the_answer_and_bars_what_was_released() {
        say(HOUR, new ClockStep.Started(ClockName.AUTHORITY_OBJECTS, receipt));
        say(HOUR.multipliedBy(2), RAISE);
        assertTrue(find(ClockName.AUTHORITY_OBJECTS).isEmpty());
        assertEquals(CaseClock.State.STOPPED, clock(ClockName.ANSWER).told());
        Conduct conduct = new Conduct();
        log.entries().stream().skip(1).forEach(conduct::next);
        assertTrue(conduct.isBarred());
    }

    @Test
    void what_does_not_fit_is_named() {
        Map<ClockStep, Event.Blocked> wrong = Map.of(
                ANSWERED,
                Event.Blocked.NOT_STOPPED,
                UPHELD,
                Event.Blocked.NOT_STOPPED,
                NO_GROUND,
                Event.Blocked.NO_SUCH_CLOCK,
                new ClockStep.Started(ClockName.RUN, receipt),
                Event.Blocked.NO_SUCH_CLOCK,
                new ClockStep.Started(
                        ClockName.AUTHORITY_OBJECTS, receipt.plus(HOUR).plusSeconds(1)),
                Event.Blocked.WRONG_TIMES,
                new ClockStep.Started(ClockName.AUTHORITY_OBJECTS, Instant.EPOCH),
                Event.Blocked.WRONG_TIMES);
        wrong.forEach((step, why) -> assertEquals(Optional.of(why), objection(step, HOUR), step::toString));
        say(HOUR, ASK);
        assertEquals(Optional.of(Event.Blocked.ALREADY_SAID), objection(ASK, HOUR));
    }

    @Test
    void a_request_that_asks_for_no_such_time_takes_no_such_step() {
        CaseClocks none = CaseClocks.of(List.of());
        for (ClockStep step : List.of(ASK, OBJECT, RAISE)) {
            assertEquals(Optional.of(Event.Blocked.NO_SUCH_CLOCK), none.objection(step, receipt));
        }
    }

    /** Told second by second, without the code under test. */
    @Test
    void whatever_the_order_of_steps_what_is_left_is_what_a_second_by_second_count_leaves() {
        long seed = Long.getLong("holdfast.clocks.seed", System.nanoTime());
        System.out.println("StoppedClocksTest, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            int within = 1 + random.nextInt(60);
            ClockSteps steps = new ClockSteps();
            Set<Stop> counts = EnumSet.noneOf(Stop.class);
            for (Stop stop : Stop.values()) {
                if (random.nextInt(3) > 0) {
                    counts.add(stop);
                }
            }
            Set<Stop> open = new HashSet<>();
            int left = within;
            int due = -1;
            for (int second = 0; second < 80; second++) {
                if (random.nextInt(5) == 0) {
                    Stop stop = Stop.values()[random.nextInt(3)];
                    ClockStep step = open.contains(stop)
                            ? new ClockStep.Resumed(stop, Resumption.WITHDRAWN)
                            : new ClockStep.Stopped(stop);
                    steps.next(step, TestLog.START.plusSeconds(second));
                    if (!open.remove(stop)) {
                        open.add(stop);
                    }
                }
                if (left == 0 && due < 0) {
                    due = second;
                }
                if (left > 0 && open.stream().noneMatch(counts::contains)) {
                    left--;
                }
            }
            boolean isStopped = left > 0 && open.stream().anyMatch(counts::contains);
            ClockSteps.Course course = steps.course(TestLog.START, Duration.ofSeconds(within), counts);
            String where = "seed " + seed + ", round " + round;
            assertEquals(isStopped, course.stopped().isPresent(), where);
            if (isStopped) {
                assertEquals(Duration.between(course.stopped().get(), course.due()), Duration.ofSeconds(left), where);
            } else {
                long expected = due >= 0 ? due : 80L + left;
                assertEquals(TestLog.START.plusSeconds(expected), course.due(), where);
            }
            assertEquals(
                    Duration.ofSeconds(within),
                    Duration.between(TestLog.START, course.due()).minus(course.paused()),
                    where);
        }
    }

    @Test
    void replay_finds_what_is_said_against_the_clocks_and_a_block_that_was_none() {
        TestLog mine = TestLog.started();
        mine.decide(REQUEST, SomeFacts.usWarrant());
        OptionalLong decision = OptionalLong.of(1);
        List<Event> entries = new ArrayList<>();
        // The small rulebook asks for no times at all.
        entries.add(new Event.ClockStepBlocked(ASK, Event.Blocked.NO_SUCH_CLOCK));
        entries.add(new Event.ClockStepBlocked(ASK, Event.Blocked.ALREADY_SAID));
        entries.add(new Event.ClockStepBlocked(ASK, Event.Blocked.NOT_PERMITTED));
        entries.add(new Event.ClockStepped(ASK, "tag"));
        entries.add(new Event.ClockStepBlocked(ANSWERED, Event.Blocked.NOT_STOPPED));
        for (Event event : entries) {
            Envelope envelope = mine.envelope(REQUEST);
            mine.addRaw(
                    new Envelope(
                            envelope.issuer(),
                            envelope.at(),
                            envelope.id(),
                            envelope.subject(),
                            envelope.epoch(),
                            envelope.rulebook(),
                            decision),
                    event);
        }
        assertEquals(
                List.of(
                        "3 blocked as NO_SUCH_CLOCK",
                        "5 blocked as NO_SUCH_CLOCK",
                        "6 counted, since nothing stood against it"),
                Replay.run(mine.files(), Progress.NONE).disagreements().stream()
                        .map(one -> one.index() + " " + one.should())
                        .toList());
    }
}
