package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Facts;
import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was blocked, refused, tried twice or changed between two decisions: a gateway that lies may lie there too. */
class ReplayOfAttemptsTest {

    private static final String REQUEST = "request";

    @Test
    void other_facts_in_a_later_decision_on_a_request_are_reported() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        log.approve(REQUEST, "tag-b");
        Facts widened = SomeFacts.usWarrant();
        Facts other = new Facts(
                widened.issuer(),
                widened.users(),
                widened.subjects(),
                widened.provider(),
                widened.authority(),
                widened.instrument(),
                widened.channel(),
                widened.action(),
                widened.categories(),
                widened.offences(),
                widened.emergency(),
                widened.nationalSecurity(),
                widened.sender(),
                widened.document(),
                widened.nonDisclosure(),
                widened.issuedAt(),
                widened.expiresAt(),
                widened.accounts() + 20,
                2);
        long index = log.decide(REQUEST, other);
        assertOnly(log, index, "other facts", "the facts of the earlier decision on it, apart from approvals");
    }

    @Test
    void an_approval_of_what_nobody_has_to_approve_is_reported() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usLetter());
        long index = log.approve(REQUEST, "tag-a");
        assertOnly(log, index, "approval-given", "blocked, since nothing on it awaits approval");
    }

    @Test
    void approvals_that_were_rightly_blocked_are_no_disagreement() {
        TestLog log = TestLog.started();
        log.decide("kept", SomeFacts.usLetter());
        log.add("kept", new Event.ApprovalBlocked(Event.Blocked.NOT_AWAITING_APPROVAL));
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.add(REQUEST, new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION));
        log.add(REQUEST, new Event.ApprovalBlocked(Event.Blocked.LOCATED_THERE));
        log.approve(REQUEST, "tag-a");
        log.add(REQUEST, new Event.ApprovalBlocked(Event.Blocked.SAME_PERSON_TWICE));
        assertEquals(List.of(), replay(log));
    }

    @Test
    void an_approval_that_was_blocked_for_no_reason_is_reported() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        long awaited = log.add(REQUEST, new Event.ApprovalBlocked(Event.Blocked.NOT_AWAITING_APPROVAL));
        long first = log.add(REQUEST, new Event.ApprovalBlocked(Event.Blocked.SAME_PERSON_TWICE));
        log.decide("kept", SomeFacts.usLetter());
        long never = log.add("kept", new Event.ApprovalBlocked(Event.Blocked.OTHER_VERSION));
        long nowhere = log.add("kept", new Event.ApprovalBlocked(Event.Blocked.LOCATED_THERE));
        assertEquals(
                List.of(awaited, first, never, nowhere),
                replay(log).stream().map(Disagreement::index).toList());
    }

    @Test
    void attempts_on_holds_that_were_rightly_blocked_are_no_disagreement() {
        TestLog log = TestLog.started();
        blocked(log, "hk-pause", Event.Attempt.LIFT, Event.Blocked.NEEDS_TWO_PEOPLE);
        blocked(log, "hk-pause", Event.Attempt.PLACE, Event.Blocked.ALREADY_PLACED);
        blocked(log, "hk-pause", Event.Attempt.TIGHTEN, Event.Blocked.NOT_A_TIGHTENING);
        blocked(log, "none", Event.Attempt.LIFT, Event.Blocked.NO_SUCH_HOLD);
        blocked(log, "none", Event.Attempt.TIGHTEN, Event.Blocked.NO_SUCH_HOLD);
        assertEquals(List.of(), replay(log));
    }

    @Test
    void a_hold_that_should_have_been_placed_is_reported() {
        TestLog log = TestLog.started();
        long index = blocked(log, "us", Event.Attempt.PLACE, Event.Blocked.ALREADY_PLACED);
        assertOnly(
                log, index, "PLACE of hold us is blocked as ALREADY_PLACED", "placed, since no hold of this id stands");
    }

    @Test
    void a_wrong_reason_for_blocking_a_change_of_a_hold_is_reported() {
        TestLog log = TestLog.started();
        long index = blocked(log, "hk-pause", Event.Attempt.LIFT, Event.Blocked.NO_SUCH_HOLD);
        assertOnly(
                log,
                index,
                "LIFT of hold hk-pause is blocked as NO_SUCH_HOLD",
                "blocked as NEEDS_TWO_PEOPLE, since a hold of this id stands");
    }

    @Test
    void handing_over_again_after_reading_again_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        log.deliver(REQUEST);
        long index = log.add(REQUEST, log.access(REQUEST));
        log.deliver(REQUEST);
        assertEquals(
                List.of(
                        "none, since a case that is DELIVERED takes no accessed",
                        "nothing, since another package is there",
                        "none, since a case that is DELIVERED takes no delivered"),
                replay(log).stream().map(Disagreement::should).toList());
        assertEquals(index, replay(log).get(0).index());
    }

    @Test
    void two_readings_at_once_of_which_one_fails_are_no_disagreement() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        log.add(REQUEST, log.access(REQUEST));
        log.deliver(REQUEST);
        log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.NO_LONGER_COVERED));
        assertEquals(List.of(), replay(log));
    }

    @Test
    void what_failed_was_not_read_so_that_handing_it_over_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE));
        PackageEvent.Made made = log.packed(REQUEST);
        long index = log.add(REQUEST, made);
        assertOnly(
                log,
                index,
                "SUBSCRIBER, CONTENT packed for 2 accounts, until " + made.until(),
                "nothing, since nothing was read for it");
    }

    @Test
    void a_store_that_failed_before_it_was_read_is_reported() {
        TestLog log = releasedLog();
        long index = log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE));
        assertOnly(
                log,
                index,
                "a delivery failed as STORE_UNAVAILABLE",
                "blocked before the store was read, since no reading stands before it");
    }

    @Test
    void a_delivery_that_was_stopped_though_it_was_released_is_reported() {
        TestLog log = releasedLog();
        long index = log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.NOT_RELEASED));
        assertOnly(
                log, index, "a delivery failed as NOT_RELEASED", "read, since the latest decision on it is RELEASED");
        TestLog held = TestLog.started();
        held.decide(REQUEST, SomeFacts.hongKongWarrant());
        held.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.NOT_RELEASED));
        assertEquals(List.of(), replay(held));
    }

    @Test
    void a_claim_can_only_be_opened_of_an_earlier_entry() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.add(REQUEST, new Event.ClaimOpened("docket", 1));
        long index = log.add(REQUEST, new Event.ClaimOpened("docket", 3));
        assertOnly(log, index, "claim docket of entry 3 is opened", "of an entry that stands before it");
    }

    @Test
    void any_entry_under_another_rulebook_than_the_one_in_force_is_reported() {
        TestLog log = TestLog.started();
        Envelope right = log.envelope("hold:us");
        String other = "cd".repeat(32);
        long index = log.addRaw(
                new Envelope(right.issuer(), right.at(), right.id(), right.subject(), 1, other, OptionalLong.empty()),
                new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
        assertOnly(log, index, "rulebook " + other, TestLog.rulebookDigest() + ", which is in force");
    }

    @Test
    void a_long_log_is_replayed_with_what_many_threads_read() {
        TestLog log = TestLog.started();
        for (int i = 0; i < 1_500; i++) {
            log.decide("request-" + i, i % 3 == 0 ? SomeFacts.usWarrant() : SomeFacts.hongKongWarrant());
        }
        long index = log.add("request-0", new Event.Delivered(Set.of(DataCategory.SUBSCRIBER), 1, 1, Hash.ofNothing()));
        Replayed replayed = Replay.run(log.files(), Progress.NONE);
        assertEquals(1_502, replayed.entries());
        assertEquals(
                List.of(index),
                replayed.disagreements().stream().map(Disagreement::index).toList());
        assertTrue(replayed.decisions() == 1_500);
    }

    private static long blocked(TestLog log, String hold, Event.Attempt attempt, Event.Blocked why) {
        return log.add(Envelope.subjectOfHold(hold), new Event.HoldChangeBlocked(hold, attempt, why));
    }

    private static TestLog releasedLog() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        log.approve(REQUEST, "tag-b");
        log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        return log;
    }

    private static void assertOnly(TestLog log, long index, String says, String should) {
        List<Disagreement> found = replay(log);
        assertEquals(1, found.size(), found::toString);
        assertEquals(index, found.get(0).index());
        assertEquals(says, found.get(0).says());
        assertEquals(should, found.get(0).should());
    }

    private static List<Disagreement> replay(TestLog log) {
        return Replay.run(log.files(), Progress.NONE).disagreements();
    }
}
