package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Logs that are signed by the right keys and hold together in every way but one: somebody did what the rules do not let. */
class ReplayTest {

    private static final String REQUEST = "request";

    @Test
    void an_honest_log_is_replayed_without_a_word() {
        Replayed replayed = Replay.run(TestLog.honest().files(), Progress.NONE);
        assertEquals(List.of(), replayed.disagreements());
        assertEquals(15, replayed.entries());
        assertEquals(6, replayed.decisions());
        assertTrue(replayed.agrees());
    }

    @Test
    void a_release_under_a_hold_is_reported_and_nothing_else() {
        TestLog log = TestLog.honest();
        Envelope envelope = log.envelope(REQUEST);
        long index = log.addRaw(
                envelope, TestLog.decided(SomeFacts.hongKongWarrant(), released(envelope, DataCategory.SUBSCRIBER)));
        assertTrue(
                LogVerifierTest.verify(log.files()).holds(), "it is signed by the real keys, and only replay can tell");

        Disagreement found = only(log, index);
        assertTrue(found.says().startsWith("RELEASED under epoch 3 {"), found::says);
        assertTrue(found.should().startsWith("HELD under epoch 3 {"), found::should);
        assertTrue(found.should().contains("\"hold\":\"hk-pause@1\""), found::should);
    }

    @Test
    void a_hold_that_was_overlooked_is_reported() {
        TestLog log = TestLog.honest(); // it ends with a hold on the United States
        Envelope envelope = log.envelope(REQUEST);
        Decision before = TestLog.rulebookInForce()
                .decide(SomeFacts.usWarrant(), TestLog.started().standing().holds(), envelope.at());
        long index = log.addRaw(envelope, TestLog.decided(SomeFacts.usWarrant(), before));
        assertTrue(only(log, index).should().startsWith("HELD"));
    }

    @Test
    void a_smaller_scope_than_the_rules_give_is_reported_too() {
        TestLog log = TestLog.started();
        Envelope envelope = log.envelope(REQUEST);
        long index = log.addRaw(
                envelope,
                TestLog.decided(
                        SomeFacts.usLetter(),
                        new Decision.Refused(basis(envelope, List.of(Reason.CATEGORY_NOT_REACHED)))));
        assertTrue(only(log, index).should().startsWith("RELEASED"));
    }

    @Test
    void a_decision_under_another_rulebook_than_the_one_in_force_is_reported() {
        TestLog log = TestLog.started();
        Envelope right = log.envelope(REQUEST);
        String other = "ab".repeat(32);
        log.addRaw(
                new Envelope(
                        right.issuer(),
                        right.at(),
                        right.id(),
                        right.subject(),
                        right.epoch(),
                        other,
                        OptionalLong.empty()),
                TestLog.decided(SomeFacts.usLetter(), new Decision.Refused(basis(right, List.of(Reason.NO_RECORDS)))));
        List<Disagreement> found = replay(log);
        assertEquals(2, found.size(), found::toString);
        assertEquals(
                TestLog.rulebookDigest() + ", which is in force", found.get(0).should());
        assertTrue(found.get(1).should().endsWith("/bundle.lock: is missing"), found::toString);
    }

    @Test
    void a_rulebook_that_was_changed_after_its_lock_decides_nothing() {
        MemorySource files = TestLog.honest().files();
        String path = "rulebooks/" + TestLog.rulebookDigest() + "/packs/warrants.yaml";
        files.files.get(path)[0] ^= 1;
        List<Disagreement> found = Replay.run(files, Progress.NONE).disagreements();
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).should().endsWith(path + ": is not the file that was locked"), found::toString);
    }

    @Test
    void a_hold_placed_again_is_reported() {
        TestLog log = TestLog.honest();
        long index = log.add("hold:us", placed(SomeFacts.pauseOnUs(3, false)));
        assertEquals(
                "blocked, since a hold of this id stands already",
                only(log, index).should());
    }

    @Test
    void a_tightening_that_lets_something_through_is_reported() {
        TestLog log = TestLog.started();
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        long index = log.add("hold:us", tightened(SomeFacts.pauseOnUs(2, true)));
        assertEquals("hold us@1 is tightened to us@2", only(log, index).says());
    }

    @Test
    void a_tightening_that_skips_a_version_is_reported() {
        TestLog log = TestLog.started();
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, true)));
        only(log, log.add("hold:us", tightened(SomeFacts.pauseOnUs(3, false))));
    }

    @Test
    void a_tightening_of_a_hold_that_does_not_stand_is_reported() {
        TestLog log = TestLog.started();
        long index = log.add("hold:us", tightened(SomeFacts.pauseOnUs(2, false)));
        assertEquals(
                "blocked, since no hold of this id stands", only(log, index).should());
    }

    @Test
    void approvals_that_nobody_gave_are_reported() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        long index = log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        assertEquals("approvals 2", only(log, index).says());
        assertEquals("1, the number of people who approved it", only(log, index).should());
    }

    @Test
    void one_person_twice_is_one_approval() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        long again = log.approve(REQUEST, "tag-a");
        long index = log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        both(log, again, "blocked, since this person has approved it already", index);
    }

    @Test
    void approvals_of_an_earlier_version_do_not_count() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        Hash earlier = log.latest(REQUEST).leaf().hash();
        log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(1));
        long late = log.add(REQUEST, new Event.ApprovalGiven(earlier, "tag-b"));
        log.approve(REQUEST, "tag-c");
        long index = log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        both(log, late, "blocked, since another decision on it awaits approval", index);
    }

    @Test
    void approvals_of_another_request_do_not_count() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usWarrant());
        log.approve(REQUEST, "tag-a");
        Hash version = log.latest(REQUEST).leaf().hash();
        log.decide("other", SomeFacts.usWarrant());
        long elsewhere = log.add("other", new Event.ApprovalGiven(version, "tag-b"));
        long index = log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        both(log, elsewhere, "blocked, since another decision on it awaits approval", index);
    }

    @Test
    void approvals_still_count_when_the_release_is_decided_again() {
        TestLog log = releasedLog();
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        assertEquals(List.of(), replay(log));
    }

    @Test
    void reading_without_any_decision_is_reported() {
        TestLog log = TestLog.started();
        long index = log.add(REQUEST, new Event.Accessed(Action.DISCLOSE, Set.of(DataCategory.SUBSCRIBER), 1));
        Disagreement found = only(log, index);
        assertEquals("SUBSCRIBER read for 1 accounts", found.says());
        assertEquals("nothing, since the latest decision on it is not RELEASED", found.should());
    }

    @Test
    void reading_for_another_request_is_reported() {
        TestLog log = releasedLog();
        only(log, log.add("other", log.access(REQUEST)));
    }

    @Test
    void reading_after_a_later_refusal_is_reported() {
        TestLog log = releasedLog();
        Event.Accessed access = log.access(REQUEST);
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        log.decide(REQUEST, SomeFacts.usWarrant().withApprovals(2));
        only(log, log.add(REQUEST, access));
    }

    @Test
    void reading_under_a_later_epoch_is_reported() {
        TestLog log = releasedLog();
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        long index = log.add(REQUEST, log.access(REQUEST));
        assertEquals(
                "nothing, since it was released under epoch 1, and epoch 2 is in force",
                only(log, index).should());
    }

    @Test
    void reading_after_the_instrument_has_expired_is_reported() {
        TestLog log = releasedLog();
        log.waitUntil(SomeFacts.EXPIRY);
        long index = log.add(REQUEST, log.access(REQUEST));
        assertEquals(
                "nothing, since it had to be decided again from 2027-05-01T00:00:00Z on",
                only(log, index).should());
    }

    @Test
    void reading_more_than_was_released_is_reported() {
        TestLog log = releasedLog();
        long index = log.add(
                REQUEST,
                new Event.Accessed(Action.DISCLOSE, EnumSet.of(DataCategory.SUBSCRIBER, DataCategory.TRAFFIC), 2));
        assertEquals(
                "at most SUBSCRIBER, CONTENT, as released", only(log, index).should());
    }

    @Test
    void reading_more_accounts_than_were_asked_for_is_reported() {
        TestLog log = releasedLog();
        long index = log.add(REQUEST, new Event.Accessed(Action.DISCLOSE, Set.of(DataCategory.SUBSCRIBER), 3));
        assertEquals("at most 2 accounts, as asked", only(log, index).should());
    }

    @Test
    void reading_for_what_is_only_to_be_kept_is_reported() {
        TestLog log = TestLog.started();
        log.decide(REQUEST, SomeFacts.usLetter());
        only(log, log.add(REQUEST, new Event.Accessed(Action.DISCLOSE, Set.of(DataCategory.SUBSCRIBER), 1)));
    }

    @Test
    void packing_what_was_not_read_is_reported() {
        TestLog log = releasedLog();
        long index = log.add(REQUEST, log.packed(REQUEST));
        assertEquals("nothing, since nothing was read for it", only(log, index).should());
    }

    @Test
    void packing_more_than_was_read_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, new Event.Accessed(Action.DISCLOSE, Set.of(DataCategory.SUBSCRIBER), 2));
        long index = log.add(REQUEST, log.packed(REQUEST));
        assertEquals("at most SUBSCRIBER, as read", only(log, index).should());
    }

    @Test
    void packing_after_a_hold_has_landed_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        only(log, log.add(REQUEST, log.packed(REQUEST)));
    }

    @Test
    void handing_over_after_a_hold_has_landed_is_reported() {
        TestLog log = packedLog();
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        only(log, log.hand(REQUEST, PACKED, log.packed(REQUEST)));
    }

    @Test
    void handing_over_what_is_not_the_package_is_reported() {
        TestLog log = packedLog();
        Event other = new Event.Delivered(log.access(REQUEST).categories(), 1, 7, Hash.ofNothing());
        only(log, log.answer(REQUEST, PACKED, other));
    }

    @Test
    void handing_over_without_a_package_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        only(log, log.hand(REQUEST, PACKED, log.packed(REQUEST)));
    }

    @Test
    void a_package_is_handed_over_received_and_deleted_once() {
        TestLog log = packedLog();
        long first = log.hand(REQUEST, PACKED, log.packed(REQUEST));
        log.answer(REQUEST, first, new Event.Passed(0, Event.PassageEnd.CUT_OFF));
        long again = log.answer(REQUEST, PACKED, new PackageEvent.DeliveredAgain(2));
        log.answer(REQUEST, again, new Event.Passed(7, Event.PassageEnd.COMPLETE));
        log.answer(REQUEST, PACKED, new PackageEvent.Received("tag-c"));
        log.answer(REQUEST, PACKED, new PackageEvent.Deleted(PackageEvent.Because.RECEIVED));
        assertEquals(List.of(), replay(log));

        only(log, log.answer(REQUEST, PACKED, new PackageEvent.Deleted(PackageEvent.Because.RECEIVED)));
    }

    @Test
    void handing_over_more_often_than_the_package_has_it_is_reported() {
        TestLog log = packedLog();
        log.hand(REQUEST, PACKED, log.packed(REQUEST));
        log.answer(REQUEST, PACKED, new PackageEvent.DeliveredAgain(2));
        long index = log.answer(REQUEST, PACKED, new PackageEvent.DeliveredAgain(3));
        assertEquals("blocked as TOO_MANY", only(log, index).should());
    }

    @Test
    void handing_over_when_the_time_of_the_package_is_over_is_reported() {
        TestLog log = packedLog();
        PackageEvent.Made made = log.packed(REQUEST);
        log.waitUntil(made.until().plusSeconds(1));
        assertEquals(
                "blocked as TOO_LATE",
                only(log, log.hand(REQUEST, PACKED, made)).should());
    }

    @Test
    void handing_over_again_after_a_hold_has_landed_is_reported() {
        TestLog log = packedLog();
        log.hand(REQUEST, PACKED, log.packed(REQUEST));
        log.add("hold:us", placed(SomeFacts.pauseOnUs(1, false)));
        only(log, log.answer(REQUEST, PACKED, new PackageEvent.DeliveredAgain(2)));
    }

    @Test
    void saying_that_more_went_than_the_package_has_or_of_nothing_that_was_handed_over_is_reported() {
        TestLog log = packedLog();
        long first = log.hand(REQUEST, PACKED, log.packed(REQUEST));
        only(log, log.answer(REQUEST, first, new Event.Passed(8, Event.PassageEnd.COMPLETE)));
        TestLog other = packedLog();
        only(other, other.answer(REQUEST, PACKED, new Event.Passed(7, Event.PassageEnd.COMPLETE)));
    }

    @Test
    void a_package_that_waits_too_long_is_reported() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        PackageEvent.Made made = log.packed(REQUEST);
        Instant late = made.until().plus(PackageEvent.Made.LONGEST);
        only(
                log,
                log.add(
                        REQUEST,
                        new PackageEvent.Made(
                                made.categories(),
                                made.accounts(),
                                made.items(),
                                made.manifest(),
                                made.recipient(),
                                late,
                                1)));
    }

    @Test
    void a_package_that_nobody_encrypts_is_reported_where_the_rulebook_does_not_let_it() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        PackageEvent.Made made = log.packed(REQUEST);
        long index = log.add(
                REQUEST,
                new PackageEvent.Made(
                        made.categories(),
                        made.accounts(),
                        made.items(),
                        made.manifest(),
                        Optional.empty(),
                        made.until(),
                        made.downloads()));
        assertEquals(
                "one that is encrypted, since what was released may not leave in clear",
                only(log, index).should());
    }

    /** Of {@link #packedLog}. */
    private static final long PACKED = 6;

    private static TestLog packedLog() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        assertEquals(PACKED, log.add(REQUEST, log.packed(REQUEST)));
        return log;
    }

    @Test
    void a_failed_reading_can_be_tried_again() {
        TestLog log = releasedLog();
        log.add(REQUEST, log.access(REQUEST));
        log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.STORE_UNAVAILABLE));
        log.add(REQUEST, log.access(REQUEST));
        log.deliver(REQUEST);
        assertEquals(List.of(), replay(log));
    }

    private static TestLog releasedLog() {
        TestLog log = TestLog.started();
        Facts facts = SomeFacts.usWarrant();
        log.decide(REQUEST, facts);
        log.approve(REQUEST, "tag-a");
        log.approve(REQUEST, "tag-b");
        log.decide(REQUEST, facts.withApprovals(2));
        return log;
    }

    private static Event placed(Hold hold) {
        return new Event.HoldPlaced(RecordedHold.of(hold));
    }

    private static Event tightened(Hold hold) {
        return new Event.HoldTightened(RecordedHold.of(hold));
    }

    private static Decision released(Envelope envelope, DataCategory category) {
        return new Decision.Released(
                basis(envelope, List.of(Reason.PERMITTED)), new Scope(Set.of(category), Map.of()), Obligations.NONE);
    }

    private static Decision.Basis basis(Envelope envelope, List<Reason> reasons) {
        return new Decision.Basis(
                reasons, List.of(), List.of(), List.of(), envelope.rulebook(), envelope.epoch(), Optional.empty());
    }

    private static Disagreement only(TestLog log, long index) {
        List<Disagreement> found = replay(log);
        assertEquals(1, found.size(), found::toString);
        assertEquals(index, found.get(0).index(), found::toString);
        return found.get(0);
    }

    /** An approval that should not be there, and the decision that counted it. */
    private static void both(TestLog log, long approval, String should, long decision) {
        List<Disagreement> found = replay(log);
        assertEquals(2, found.size(), found::toString);
        assertEquals(approval, found.get(0).index(), found::toString);
        assertEquals(should, found.get(0).should());
        assertEquals(decision, found.get(1).index(), found::toString);
        assertEquals("approvals 2", found.get(1).says());
    }

    private static List<Disagreement> replay(TestLog log) {
        return Replay.run(log.files(), Progress.NONE).disagreements();
    }
}
