package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Event.Ending;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a dishonest gateway could write about changes of holds, and that replay tells it from the log alone, without any key. */
class HoldChangeReplayTest {

    private static final String HK = "hk-pause";
    private static final Duration WEEK = Duration.ofDays(7);

    private final TestLog log = TestLog.started();

    private static HoldChange lift() {
        return new HoldChange.Lift(HK, 1, Optional.empty());
    }

    private long propose(HoldChange... changes) {
        return propose(Optional.empty(), 2, changes);
    }

    private long propose(Optional<Instant> effective, int people, HoldChange... changes) {
        Instant approveBy = TestLog.START.plus(WEEK);
        return log.add(
                Envelope.HOLD_CHANGES,
                new Event.HoldChangeProposed(
                        List.of(changes),
                        approveBy,
                        effective,
                        approveBy.plus(WEEK),
                        people,
                        "tag-a",
                        Optional.empty()));
    }

    private Hash version(long proposal) {
        return log.leaf(proposal).hash();
    }

    private long answer(long proposal, Event event) {
        Envelope next = log.envelope(Envelope.HOLD_CHANGES);
        return log.addRaw(
                new Envelope(
                        next.issuer(),
                        next.at(),
                        next.id(),
                        next.subject(),
                        next.epoch(),
                        next.rulebook(),
                        OptionalLong.of(proposal)),
                event);
    }

    private long approve(long proposal, String by) {
        return answer(proposal, new Event.HoldChangeApproved(version(proposal), by));
    }

    private long change(long proposal, HoldChange... changes) {
        return answer(proposal, new Event.HoldsChanged(version(proposal), List.of(changes)));
    }

    private void assertHonest() {
        assertEquals(List.of(), Replay.run(log.files(), Progress.NONE).disagreements());
        assertTrue(LogVerifierTest.verify(log.files()).holds());
        log.entries()
                .forEach(stored ->
                        assertEquals(stored.entry(), Entry.parse(stored.entry().leaf())));
    }

    private void assertOnly(long index, String should) {
        assertTrue(LogVerifierTest.verify(log.files()).holds(), "only replay can tell");
        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(1, found.size(), found::toString);
        assertEquals(index, found.get(0).index());
        assertTrue(found.get(0).should().contains(should), found::toString);
    }

    @Test
    void what_two_people_agreed_on_is_replayed_without_a_word_and_decides_from_then_on() {
        log.decide("held", SomeFacts.hongKongWarrant());
        long proposal = propose(lift());
        approve(proposal, "tag-b");
        change(proposal, lift());
        log.decide("held", SomeFacts.hongKongWarrant());

        assertHonest();
        assertEquals(List.of(), log.standing().recorded());
    }

    @Test
    void objections_endings_and_blocked_attempts_that_are_right_are_replayed_without_a_word() {
        long proposal = propose(lift());
        answer(proposal, new Event.HoldChangeObjected(version(proposal), "tag-c"));
        answer(proposal, new Event.HoldChangeBlocked(Optional.empty(), Attempt.APPROVE, Blocked.OBJECTED));
        answer(proposal, new Event.HoldObjectionWithdrawn(version(proposal), "tag-c"));
        answer(proposal, new Event.HoldChangeBlocked(Optional.empty(), Attempt.APPROVE, Blocked.OWN_PROPOSAL));
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
        answer(proposal, new Event.HoldChangeBlocked(Optional.empty(), Attempt.APPROVE, Blocked.OTHER_STANDING));
        answer(proposal, new Event.HoldChangeEnded(version(proposal), Ending.EPOCH));
        answer(proposal, new Event.HoldChangeBlocked(Optional.empty(), Attempt.WITHDRAW, Blocked.ENDED));
        long late = propose(lift());
        log.waitUntil(TestLog.START.plus(WEEK));
        answer(late, new Event.HoldChangeBlocked(Optional.empty(), Attempt.APPROVE, Blocked.TOO_LATE));
        answer(late, new Event.HoldChangeEnded(version(late), Ending.APPROVE_BY));
        log.add(
                Envelope.HOLD_CHANGES,
                new Event.HoldChangeBlocked("no-such-hold", Attempt.PROPOSE, Blocked.NO_SUCH_HOLD));

        assertHonest();
    }

    @Test
    void a_change_that_nobody_proposed_is_reported() {
        assertOnly(answer(0, new Event.HoldsChanged(Hash.ofNothing(), List.of(lift()))), "OTHER_PROPOSAL");
    }

    @Test
    void a_change_by_one_person_is_reported() {
        long proposal = propose(lift());
        assertOnly(change(proposal, lift()), "NEEDS_TWO_PEOPLE");
    }

    @Test
    void an_approval_by_whoever_proposed_it_is_reported() {
        assertOnly(approve(propose(lift()), "tag-a"), "OWN_PROPOSAL");
    }

    @Test
    void a_person_who_counts_twice_is_reported() {
        long proposal = propose(Optional.empty(), 3, lift());
        approve(proposal, "tag-b");
        assertOnly(approve(proposal, "tag-b"), "SAME_PERSON_TWICE");
    }

    @Test
    void a_change_with_fewer_people_than_the_proposal_asks_for_is_reported() {
        long proposal = propose(Optional.empty(), 3, lift());
        approve(proposal, "tag-b");
        assertOnly(change(proposal, lift()), "NEEDS_TWO_PEOPLE");
    }

    @Test
    void another_change_than_was_proposed_is_reported() {
        long proposal = propose(lift());
        approve(proposal, "tag-b");
        HoldChange other = new HoldChange.Lift(HK, 1, Optional.of(Hash.ofNothing()));
        assertOnly(change(proposal, other), "OTHER_PROPOSAL");
    }

    @Test
    void an_approval_of_another_proposal_of_the_same_words_is_reported() {
        long first = propose(lift());
        long second = propose(lift());
        assertOnly(answer(second, new Event.HoldChangeApproved(version(first), "tag-b")), "OTHER_PROPOSAL");
    }

    @Test
    void an_approval_and_a_change_against_an_objection_are_reported() {
        long proposal = propose(Optional.empty(), 3, lift());
        approve(proposal, "tag-b");
        answer(proposal, new Event.HoldChangeObjected(version(proposal), "tag-d"));
        long approval = approve(proposal, "tag-c");
        long change = change(proposal, lift());

        assertEquals(
                List.of(approval, change),
                Replay.run(log.files(), Progress.NONE).disagreements().stream()
                        .filter(one -> one.should().contains("OBJECTED"))
                        .map(Disagreement::index)
                        .toList());
    }

    @Test
    void an_objection_that_somebody_else_takes_back_is_reported() {
        long proposal = propose(lift());
        answer(proposal, new Event.HoldChangeObjected(version(proposal), "tag-c"));
        assertOnly(answer(proposal, new Event.HoldObjectionWithdrawn(version(proposal), "tag-b")), "NOT_YOURS");
    }

    @Test
    void a_change_under_another_epoch_is_reported() {
        long proposal = propose(lift());
        approve(proposal, "tag-b");
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
        assertOnly(change(proposal, lift()), "OTHER_STANDING");
    }

    @Test
    void a_change_before_its_time_is_reported() {
        long proposal = propose(Optional.of(TestLog.START.plus(WEEK)), 2, lift());
        approve(proposal, "tag-b");
        assertOnly(change(proposal, lift()), "TOO_EARLY");
    }

    @Test
    void an_approval_and_a_change_after_their_time_are_reported() {
        long proposal = propose(lift());
        log.waitUntil(TestLog.START.plus(WEEK));
        assertOnly(approve(proposal, "tag-b"), "TOO_LATE");
        log.waitUntil(TestLog.START.plus(WEEK).plus(WEEK));
        long change = change(proposal, lift());
        assertEquals(
                change,
                Replay.run(log.files(), Progress.NONE).disagreements().get(1).index());
    }

    @Test
    void what_is_done_to_a_proposal_that_is_over_is_reported() {
        long proposal = propose(lift());
        answer(proposal, new Event.HoldChangeWithdrawn(version(proposal), "tag-a"));
        assertOnly(approve(proposal, "tag-b"), "ENDED");
    }

    @Test
    void an_ending_for_no_reason_is_reported() {
        long proposal = propose(lift());
        assertOnly(answer(proposal, new Event.HoldChangeEnded(version(proposal), Ending.EPOCH)), "OTHER_PROPOSAL");
    }

    @Test
    void a_proposal_of_another_version_than_the_next_is_reported() {
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, false))));
        HoldChange skipped = new HoldChange.Replace(RecordedHold.of(SomeFacts.pauseOnUs(3, true)), Optional.empty());
        assertOnly(propose(skipped), "OTHER_VERSION");
    }

    @Test
    void a_proposal_without_the_evidence_that_the_way_out_asks_for_is_reported() {
        Hold us = SomeFacts.pauseOnUs(1, false);
        Hold review = new Hold(
                us.id(),
                1,
                us.title(),
                us.mode(),
                us.applies(),
                us.from(),
                us.reviewBy(),
                us.intake(),
                us.preserve(),
                new Exit.NamedReview("report"),
                us.exceptions(),
                us.phases(),
                us.statement());
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(review)));
        long index = propose(new HoldChange.Lift("us", 1, Optional.empty()));

        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(List.of(index), found.stream().map(Disagreement::index).toList());
        assertTrue(found.get(0).should().contains("NO_EVIDENCE"), found::toString);
    }

    @Test
    void attempts_that_were_blocked_for_a_reason_that_the_log_contradicts_are_reported() {
        long proposal = propose(lift());
        for (Blocked why : List.of(
                Blocked.OBJECTED,
                Blocked.TOO_LATE,
                Blocked.OTHER_STANDING,
                Blocked.ENDED,
                Blocked.SAME_PERSON_TWICE,
                Blocked.ALREADY_PLACED)) {
            answer(proposal, new Event.HoldChangeBlocked(Optional.empty(), Attempt.APPROVE, why));
        }
        log.add(Envelope.HOLD_CHANGES, new Event.HoldChangeBlocked(HK, Attempt.PROPOSE, Blocked.NO_SUCH_HOLD));

        assertEquals(7, Replay.run(log.files(), Progress.NONE).disagreements().size());
    }
}
