package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.ErasureReason;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a dishonest gateway could write about erasures, and that replay tells it from the log alone, without any key. */
class ErasureReplayTest {

    private static final String CASE = "held";
    private static final ErasureReason RETENTION = ErasureReason.RETENTION_ENDED;

    private final TestLog log = TestLog.started();

    private long propose(String by) {
        return log.add(CASE, new Event.ErasureProposed(RETENTION, by));
    }

    private long shred(long proposal, ErasureReason reason, String by) {
        Envelope next = log.envelope(CASE);
        Envelope answering = new Envelope(
                next.issuer(),
                next.at(),
                next.id(),
                next.subject(),
                next.epoch(),
                next.rulebook(),
                OptionalLong.of(proposal));
        return log.addRaw(answering, new Event.CaseShredded(reason, by));
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
    void a_case_that_two_people_shredded_is_replayed_without_a_word() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        shred(propose("tag-a"), RETENTION, "tag-b");
        log.add(CASE, new Event.ApprovalBlocked(Event.Blocked.SHREDDED));
        log.add(CASE, new Event.DeliveryFailed(Event.Blocked.SHREDDED));
        log.add(CASE, new Event.ErasureBlocked(RETENTION, Event.Blocked.SHREDDED));
        log.add(CASE, new Event.ClaimOpeningBlocked("officer", 1, Event.Blocked.SHREDDED));

        assertHonest();
        for (Stored stored : log.entries()) {
            assertEquals(stored.entry(), Entry.parse(stored.entry().leaf()));
        }
    }

    @Test
    void an_erasure_that_nobody_proposed_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        assertOnly(shred(1, RETENTION, "tag-a"), "proposed first");
    }

    @Test
    void an_erasure_by_the_person_who_proposed_it_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        assertOnly(shred(propose("tag-a"), RETENTION, "tag-a"), "the same person");
    }

    @Test
    void an_erasure_for_another_reason_than_was_proposed_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        assertOnly(shred(propose("tag-a"), ErasureReason.COURT_ORDER, "tag-b"), "RETENTION-ENDED");
    }

    @Test
    void an_erasure_on_an_old_proposal_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        long proposal = propose("tag-a");
        log.waitUntil(TestLog.START.plus(Event.ErasureProposed.STANDS).plusSeconds(60));
        assertOnly(shred(proposal, RETENTION, "tag-b"), "30 days");
    }

    @Test
    void an_erasure_on_a_proposal_before_the_latest_decision_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        long proposal = propose("tag-a");
        log.decide(CASE, SomeFacts.hongKongWarrant());
        assertOnly(shred(proposal, RETENTION, "tag-b"), "proposed first");
    }

    @Test
    void an_erasure_of_a_request_that_waits_for_people_is_reported_at_both_steps() {
        log.decide(CASE, SomeFacts.usWarrant());
        long proposal = propose("tag-a");
        long done = shred(proposal, RETENTION, "tag-b");

        List<Disagreement> found = Replay.run(log.files(), Progress.NONE).disagreements();
        assertEquals(
                List.of(proposal, done), found.stream().map(Disagreement::index).toList());
        assertTrue(found.stream().allMatch(one -> one.should().contains("in flight")), found::toString);
    }

    @Test
    void a_request_that_was_delivered_is_not_in_flight() {
        log.decide(CASE, SomeFacts.usWarrant());
        log.approve(CASE, "tag-a");
        log.approve(CASE, "tag-b");
        log.decide(CASE, SomeFacts.usWarrant().withApprovals(2));
        log.add(CASE, log.access(CASE));
        log.deliver(CASE);
        shred(propose("tag-a"), RETENTION, "tag-b");

        assertHonest();
    }

    @Test
    void whatever_needs_a_case_that_was_shredded_is_reported() {
        log.decide(CASE, SomeFacts.hongKongWarrant());
        shred(propose("tag-a"), RETENTION, "tag-b");
        long decided = log.decide(CASE, SomeFacts.hongKongWarrant());
        long approved = log.approve(CASE, "tag-c");
        long proposed = propose("tag-c");

        assertEquals(
                List.of(decided, approved, proposed),
                Replay.run(log.files(), Progress.NONE).disagreements().stream()
                        .filter(one -> one.should().contains("entry 3 shredded the case"))
                        .map(Disagreement::index)
                        .toList());
    }
}
