package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.legal.Scope;
import io.holdfast.legal.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From when each clock runs, until when, and what ends it. */
class CaseClocksTest {

    private static final String REQUEST = "request";
    private static final Duration DAY = Duration.ofDays(1);

    private final TestLog log = TestLog.started();

    private static Obligations every() {
        return new Obligations(
                2,
                Notice.BEFORE,
                Stream.of(Step.values())
                        .map(step -> new Deadline(step, Duration.ofDays(10), Set.of(), Optional.empty()))
                        .toList(),
                Optional.of(new Preservation(Duration.ofDays(90), Optional.of(Duration.ofDays(90)), true)),
                Set.of());
    }

    private static Decision.Basis basis() {
        return new Decision.Basis(
                List.of(Reason.values()[0]),
                List.of(),
                List.of(),
                List.of(),
                TestLog.rulebookDigest(),
                1,
                Optional.empty());
    }

    private static Scope scope() {
        return new Scope(Set.of(DataCategory.SUBSCRIBER), Map.of());
    }

    private static Decision referred() {
        return new Decision.Referred(basis(), scope(), every());
    }

    private static Decision released() {
        return new Decision.Released(basis(), scope(), every());
    }

    private Instant decided(Decision decision) {
        return at(log.add(REQUEST, TestLog.decided(SomeFacts.usWarrant(), decision)));
    }

    private Instant at(long index) {
        return log.entries().get((int) index).entry().envelope().at();
    }

    private CaseClocks clocks() {
        return CaseClocks.of(log.entries().stream()
                .filter(stored -> stored.entry().envelope().subject().equals(REQUEST))
                .toList());
    }

    private Map<ClockName, Instant> running() {
        return clocks().running().stream().collect(Collectors.toMap(CaseClock::name, CaseClock::due));
    }

    private static Instant issue() {
        return SomeFacts.usWarrant().issuedAt().orElseThrow();
    }

    @Test
    void what_waits_for_people_counts_from_receipt_and_what_no_entry_begins_does_not_run() {
        Instant receipt = decided(referred());
        assertEquals(
                Map.of(
                        ClockName.ANSWER, receipt.plus(Duration.ofDays(10)),
                        ClockName.OBJECT, receipt.plus(Duration.ofDays(10)),
                        ClockName.VALIDATE, issue().plus(Duration.ofDays(10)),
                        ClockName.REVIEW_SECRECY, receipt.plus(Duration.ofDays(10))),
                running());
    }

    @Test
    void a_later_decision_moves_nothing_and_a_hold_stops_nothing() {
        Instant receipt = decided(referred());
        log.waitUntil(receipt.plus(DAY));
        decided(new Decision.Held(basis(), "users-hk@1", Optional.empty()));
        decided(referred());
        assertEquals(receipt.plus(Duration.ofDays(10)), running().get(ClockName.ANSWER));
    }

    @Test
    void what_was_held_at_first_counts_from_receipt_once_it_asks_for_something() {
        Instant receipt = decided(new Decision.Held(basis(), "users-hk@1", Optional.empty()));
        assertFalse(clocks().isOpen());
        log.waitUntil(receipt.plus(DAY));
        decided(referred());
        assertEquals(receipt.plus(Duration.ofDays(10)), running().get(ClockName.ANSWER));
    }

    @Test
    void an_answer_ends_everything_and_what_is_taken_up_again_counts_from_then() {
        Instant receipt = decided(referred());
        decided(new Decision.Refused(basis()));
        assertEquals(Map.of(), running());
        assertFalse(clocks().isOpen());
        log.waitUntil(receipt.plus(DAY));
        Instant again = decided(referred());
        assertEquals(again.plus(Duration.ofDays(10)), running().get(ClockName.ANSWER));
    }

    @Test
    void an_approval_is_a_look_at_secrecy() {
        decided(referred());
        Instant look = at(log.approve(REQUEST, "tag-a"));
        assertEquals(look.plus(Duration.ofDays(10)), running().get(ClockName.REVIEW_SECRECY));
    }

    /** Whoever narrows says what is given, and nothing of whether the person may be told: of two readings the earlier. */
    @Test
    void a_narrowing_is_no_look_at_secrecy_and_a_refusal_ends_its_clock() {
        Instant receipt = decided(referred());
        log.waitUntil(receipt.plus(DAY));
        reviewed(new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER)));
        decided(referred());
        assertEquals(receipt.plus(Duration.ofDays(10)), running().get(ClockName.REVIEW_SECRECY));

        reviewed(new Review.Refused(List.of(Reason.PRIVILEGE_OR_PRESS)));
        decided(new Decision.Refused(basis()));
        assertEquals(Map.of(), running());
    }

    private void reviewed(Review review) {
        Stored last = log.entries().get(log.entries().size() - 1);
        log.add(REQUEST, new Event.RequestReviewed(last.entry().leaf().hash(), "tag-a", review));
    }

    @Test
    void data_that_leaves_ends_the_time_to_answer_and_begins_that_to_follow_up() {
        decided(released());
        assertEquals(
                Set.of(
                        ClockName.ANSWER,
                        ClockName.OBJECT,
                        ClockName.VALIDATE,
                        ClockName.REVIEW_SECRECY,
                        ClockName.PRESERVATION),
                running().keySet());
        log.add(REQUEST, log.access(REQUEST));
        Instant left = at(log.deliver(REQUEST));
        assertEquals(
                Set.of(ClockName.VALIDATE, ClockName.FOLLOW_UP, ClockName.REVIEW_SECRECY, ClockName.PRESERVATION),
                running().keySet());
        assertEquals(left.plus(Duration.ofDays(10)), running().get(ClockName.FOLLOW_UP));
        decided(new Decision.Refused(basis()));
        assertEquals(left.plus(Duration.ofDays(10)), running().get(ClockName.FOLLOW_UP));
    }

    @Test
    void a_copy_is_kept_from_receipt_once_that_is_released() {
        Instant receipt = decided(referred());
        decided(released());
        assertEquals(receipt.plus(Duration.ofDays(90)), running().get(ClockName.PRESERVATION));
    }

    @Test
    void nothing_runs_on_a_case_that_was_shredded() {
        decided(referred());
        log.add(REQUEST, new Event.CaseShredded(ErasureReason.COURT_ORDER, "tag"));
        assertEquals(Map.of(), running());
        assertFalse(clocks().isOpen());
    }

    @Test
    void a_warning_comes_when_the_share_is_left_but_an_hour_before_where_there_is_more_than_one() {
        assertEquals(Duration.ofHours(2), left(Duration.ofHours(8), Warning.AT_A_QUARTER), "a quarter of eight hours");
        assertEquals(Duration.ofHours(1), left(Duration.ofHours(2), Warning.AT_A_QUARTER));
        assertEquals(Duration.ofMinutes(15), left(Duration.ofHours(1), Warning.AT_A_QUARTER));
        assertEquals(Duration.ofDays(5), left(Duration.ofDays(10), new Warning(0.5)));
        assertEquals(Duration.ofSeconds(1), left(Duration.ofSeconds(3), Warning.AT_A_QUARTER));
    }

    private static Duration left(Duration within, Warning warning) {
        Instant due = TestLog.START.plus(within);
        CaseClock clock = new CaseClock(ClockName.ANSWER, TestLog.START, due, CaseClock.State.RUNNING);
        return Duration.between(warning.from(clock), due);
    }

    @Test
    void a_share_that_is_none_is_refused() {
        for (double share : new double[] {0, 1, -0.5, 2, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new Warning(share));
        }
    }
}
