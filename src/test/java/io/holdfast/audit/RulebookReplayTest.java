package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Hold;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import io.holdfast.policy.Difference.Move;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a dishonest gateway could write about rulebooks, and that replay tells it from the log alone. */
class RulebookReplayTest {

    private static final String PACK = "packs/warrants.yaml";
    private static final PolicySet STRICTER = TestLog.rulesWith(PACK, "approvals: 2", "approvals: 3");
    private static final PolicySet LOOSER = TestLog.rulesWith(PACK, "approvals: 2", "approvals: 1");

    private final TestLog log = TestLog.started();

    private long activate(RulebookChange change, Optional<String> by, OptionalLong proposal) {
        Envelope next = log.envelope(Envelope.RULEBOOK);
        Envelope answering = new Envelope(
                next.issuer(), next.at(), next.id(), next.subject(), next.epoch(), next.rulebook(), proposal);
        return log.addRaw(answering, new Event.RulebookActivated(change, by));
    }

    private long alone(RulebookChange change) {
        return activate(change, Optional.empty(), OptionalLong.empty());
    }

    private long propose(RulebookChange change, String by) {
        return log.add(Envelope.RULEBOOK, new Event.RulebookProposed(change, by, Optional.empty()));
    }

    private long agree(RulebookChange change, long proposal, String by) {
        return activate(change, Optional.of(by), OptionalLong.of(proposal));
    }

    private void assertHonest() {
        assertEquals(List.of(), Replay.run(log.files(), Progress.NONE).disagreements());
        assertTrue(LogVerifierTest.verify(log.files()).holds());
    }

    private void assertOnly(long index, String should) {
        assertTrue(LogVerifierTest.verify(log.files()).holds(), "only replay can tell");
        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(1, found.size(), found::toString);
        assertEquals(index, found.get(0).index());
        assertTrue(found.get(0).should().contains(should), found::toString);
    }

    @Test
    void what_opens_nothing_comes_into_force_by_itself_and_what_follows_is_decided_under_it() {
        log.decide("before", SomeFacts.usWarrant());
        alone(log.changeTo(STRICTER));
        log.decide("after", SomeFacts.usWarrant());

        assertEquals(STRICTER.digest(), log.latest("after").envelope().rulebook());
        assertHonest();
        for (Stored stored : log.entries()) {
            assertEquals(stored.entry(), Entry.parse(stored.entry().leaf()));
        }
    }

    @Test
    void what_opens_takes_a_second_person() {
        RulebookChange change = log.changeTo(LOOSER);
        assertTrue(change.opens());
        agree(change, propose(change, "tag-a"), "tag-b");
        log.add(Envelope.RULEBOOK, new Event.RulebookBlocked(LOOSER.digest(), Event.Blocked.IN_FORCE_ALREADY));

        assertHonest();
    }

    @Test
    void what_opens_and_came_into_force_by_itself_is_reported() {
        assertOnly(alone(log.changeTo(LOOSER)), "blocked as NEEDS_TWO_PEOPLE");
    }

    @Test
    void a_difference_that_is_told_smaller_than_it_is_is_reported() {
        RulebookChange real = log.changeTo(LOOSER);
        long index = alone(new RulebookChange(real.next(), real.since(), List.of(), List.of(), Set.of()));

        assertOnly(index, "released on 2 approvals to released on 1 approval");
    }

    @Test
    void a_difference_that_is_told_as_another_is_reported_though_two_agreed() {
        RulebookChange real = log.changeTo(LOOSER);
        List<Move> other = List.of(new Move(new Fate(Kind.HELD, 0), new Fate(Kind.REFUSED, 0), 4));
        RulebookChange told = new RulebookChange(real.next(), real.since(), other, other, Set.of());

        assertOnly(agree(told, propose(told, "tag-a"), "tag-b"), "a change of [released on 2");
    }

    @Test
    void how_many_classes_there_are_is_not_argued_about() {
        RulebookChange real = log.changeTo(STRICTER);
        alone(new RulebookChange(real.next(), real.since(), twice(real.law()), twice(real.underHolds()), Set.of()));

        assertHonest();
    }

    private static List<Move> twice(List<Move> moves) {
        return moves.stream()
                .map(move -> new Move(move.from(), move.to(), 2 * move.classes()))
                .toList();
    }

    @Test
    void one_person_twice_is_reported() {
        RulebookChange change = log.changeTo(LOOSER);
        assertOnly(agree(change, propose(change, "tag-a"), "tag-a"), "blocked as SAME_PERSON_TWICE");
    }

    @Test
    void agreeing_to_what_nobody_proposed_is_reported() {
        RulebookChange change = log.changeTo(LOOSER);
        propose(change, "tag-a");
        assertOnly(agree(change, 0, "tag-b"), "blocked as OTHER_PROPOSAL");
    }

    @Test
    void agreeing_to_another_change_than_was_proposed_is_reported() {
        RulebookChange change = log.changeTo(LOOSER);
        List<Move> fewer = List.of(new Move(new Fate(Kind.HELD, 0), new Fate(Kind.REFUSED, 0), 4));
        long proposal =
                propose(new RulebookChange(change.next(), change.since(), fewer, fewer, change.dropped()), "tag-a");
        assertOnly(agree(change, proposal, "tag-b"), "blocked as OTHER_PROPOSAL");
    }

    @Test
    void an_agreement_outlives_neither_thirty_days_nor_a_change_of_what_is_in_force() {
        RulebookChange change = log.changeTo(LOOSER);
        long old = propose(change, "tag-a");
        log.waitUntil(TestLog.START.plus(RulebookBook.STANDS).plus(Duration.ofMinutes(1)));
        assertOnly(agree(change, old, "tag-b"), "blocked as OTHER_PROPOSAL");
    }

    @Test
    void a_hold_in_between_ends_a_proposal() {
        RulebookChange change = log.changeTo(LOOSER);
        long proposal = propose(change, "tag-a");
        log.add(Envelope.subjectOfHold("us"), new Event.HoldPlaced(RecordedHold.of(SomeFacts.pauseOnUs(1, true))));
        // Under a hold on the United States the change is another one as well.
        List<Disagreement> found;
        long index = agree(change, proposal, "tag-b");
        found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(index, found.get(0).index());
        assertEquals("blocked as OTHER_PROPOSAL", found.get(0).should());
    }

    @Test
    void going_back_to_a_rulebook_that_was_in_force_before_takes_two_though_it_opens_nothing() {
        PolicySet alike = TestLog.rulesWith(PACK, "title: \"W", "title: \"The w");
        alone(log.changeTo(alike));
        RulebookChange back = log.changeTo(STRICTER);
        alone(back);
        assertHonest();

        assertOnly(alone(log.changeTo(alike)), "blocked as NEEDS_TWO_PEOPLE");
    }

    @Test
    void approvals_that_count_for_more_than_people_saw_are_reported() {
        PolicySet narrower = TestLog.rulesWith(PACK, "[SUBSCRIBER, CONTENT]", "[SUBSCRIBER]");
        alone(log.changeTo(narrower));
        log.decide("case", SomeFacts.usWarrant());
        log.approve("case", "tag-a");
        log.approve("case", "tag-b");
        RulebookChange back = log.changeTo(TestLog.rulesWith(PACK, "title: \"W", "title: \"The w"));
        agree(back, propose(back, "tag-c"), "tag-d");

        assertOnly(
                log.decide("case", SomeFacts.usWarrant().withApprovals(2)), "0, the number of people who approved it");
    }

    /** What the requests so far would meet. */
    private PastRequests recorded(PolicySet next) throws PolicyException {
        RequestCount count = RequestCount.of(log.files(), () -> {});
        List<Hold> holds = log.standing().holds().holds();
        Instant at = log.standing().last();
        return count.count(count.size(), at, new Tally(TestLog.rulebookInForce(), holds, next.rulebook(), holds, at));
    }

    private long propose(RulebookChange change, PastRequests recorded) {
        return log.add(Envelope.RULEBOOK, new Event.RulebookProposed(change, "tag-a", Optional.of(recorded)));
    }

    @Test
    void what_recorded_requests_would_meet_is_counted_again_once_its_files_are_there() throws PolicyException {
        log.decide("request", SomeFacts.usWarrant());
        RulebookChange change = log.changeTo(LOOSER);
        PastRequests recorded = recorded(LOOSER);
        assertEquals(1, recorded.requests());
        agree(change, propose(change, recorded), "tag-b");

        assertHonest();
    }

    @Test
    void a_proposal_that_counted_other_requests_is_reported_when_it_comes_into_force() throws PolicyException {
        log.decide("request", SomeFacts.usWarrant());
        RulebookChange change = log.changeTo(LOOSER);
        PastRequests real = recorded(LOOSER);
        PastRequests none = new PastRequests(real.at(), real.entries(), true, List.of());

        assertOnly(agree(change, propose(change, none), "tag-b"), "over recorded requests");
    }

    @Test
    void somebody_is_located_where_it_opens_something_only_if_it_does() {
        RulebookChange change = log.changeTo(STRICTER);
        long proposal = propose(change, "tag-a");
        Envelope next = log.envelope(Envelope.RULEBOOK);
        long blocked = log.addRaw(
                new Envelope(
                        next.issuer(),
                        next.at(),
                        next.id(),
                        next.subject(),
                        next.epoch(),
                        next.rulebook(),
                        OptionalLong.of(proposal)),
                new Event.RulebookBlocked(STRICTER.digest(), Event.Blocked.LOCATED_THERE));

        alone(change); // so that its files belong to the log

        assertOnly(blocked, "blocked for another reason");
    }

    @Test
    void the_rulebook_in_force_does_not_come_into_force_again() {
        RulebookChange change = log.changeTo(STRICTER);
        alone(change);
        assertOnly(
                alone(new RulebookChange(change.next(), change.since(), List.of(), List.of(), Set.of())),
                "blocked as IN_FORCE_ALREADY");
    }

    @Test
    void a_comparison_that_leaves_out_the_time_before_it_is_reported() {
        RulebookChange change = log.changeTo(STRICTER);
        RulebookChange later = new RulebookChange(
                change.next(),
                change.since().plus(Duration.ofDays(1)),
                change.law(),
                change.underHolds(),
                change.dropped());
        assertOnly(alone(later), "blocked as OTHER_PROPOSAL");
    }

    @Test
    void a_rulebook_that_comes_into_force_and_is_not_in_the_log_is_a_finding() {
        alone(log.changeTo(STRICTER));
        MemorySource files = log.files();
        files.files.remove(LogLayout.rulebookFile(STRICTER.digest(), "bundle.lock"));

        assertEquals(false, LogVerifierTest.verify(files).holds());
        assertEquals(
                STRICTER.digest(),
                NamedFiles.rulebookNamedBy(log.entries().get(1).entry().event()).orElseThrow());
    }
}
