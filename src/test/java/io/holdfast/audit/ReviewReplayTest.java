package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Missing;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a gateway that has its keys and no shame writes after people have stopped or narrowed a request. */
class ReviewReplayTest {

    private static final String REQUEST = "request";
    private static final Facts WARRANT = SomeFacts.usWarrant();
    private static final Review LESS = new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER));
    private static final Review REFUSAL = new Review.Refused(List.of(Reason.PRIVILEGE_OR_PRESS));
    private static final Review RETURN = new Review.Returned(List.of(new Missing("TRANSLATION")));

    private final TestLog log = TestLog.started();

    private void reviewed(Review review) {
        log.decide(REQUEST, WARRANT);
        log.add(REQUEST, new Event.RequestReviewed(log.latest(REQUEST).leaf().hash(), "tag-a", review));
    }

    private long decide(Facts facts, Review over) {
        Envelope envelope = log.envelope(REQUEST);
        Decision rules = TestLog.rulebookInForce().decide(facts, log.standing().holds(), envelope.at());
        return log.addRaw(envelope, TestLog.decided(facts, over.over(rules)));
    }

    @Test
    void what_people_said_and_what_follows_from_it_is_no_disagreement() {
        for (Review review : List.of(LESS, REFUSAL, RETURN)) {
            TestLog fresh = TestLog.started();
            fresh.decide(REQUEST, WARRANT);
            fresh.add(
                    REQUEST,
                    new Event.RequestReviewed(fresh.latest(REQUEST).leaf().hash(), "tag-a", review));
            Envelope envelope = fresh.envelope(REQUEST);
            Decision rules =
                    TestLog.rulebookInForce().decide(WARRANT, fresh.standing().holds(), envelope.at());
            fresh.addRaw(envelope, TestLog.decided(WARRANT, review.over(rules)));
            assertEquals(List.of(), replay(fresh));
        }
    }

    @Test
    void a_decision_that_passes_over_what_people_said_is_reported() {
        for (Review review : List.of(LESS, REFUSAL, RETURN)) {
            TestLog fresh = TestLog.started();
            fresh.decide(REQUEST, WARRANT);
            fresh.add(
                    REQUEST,
                    new Event.RequestReviewed(fresh.latest(REQUEST).leaf().hash(), "tag-a", review));
            long index = fresh.decide(REQUEST, WARRANT);
            assertEquals(List.of(index), indices(fresh));
        }
    }

    @Test
    void a_refusal_that_is_decided_again_is_reported_even_if_it_stays_one() {
        reviewed(REFUSAL);
        decide(WARRANT, REFUSAL);
        long index = decide(WARRANT, REFUSAL);
        assertEquals(List.of(index), indices(log));
        assertEquals(
                "none, since a case that is REFUSED takes no request-decided REFUSED",
                replay(log).get(0).should());
    }

    @Test
    void a_narrowed_scope_that_is_released_as_wide_as_before_is_reported() {
        reviewed(LESS);
        decide(WARRANT, LESS);
        log.approve(REQUEST, "tag-b");
        log.approve(REQUEST, "tag-c");
        long index = log.decide(REQUEST, WARRANT.withApprovals(2));
        assertTrue(indices(log).contains(index));
    }

    @Test
    void approvals_from_before_a_narrowing_count_for_nothing() {
        log.decide(REQUEST, WARRANT);
        log.approve(REQUEST, "tag-b");
        log.approve(REQUEST, "tag-c");
        log.add(REQUEST, new Event.RequestReviewed(log.latest(REQUEST).leaf().hash(), "tag-a", LESS));
        long index = decide(WARRANT.withApprovals(2), LESS);
        assertEquals(List.of(index), indices(log));
    }

    @Test
    void a_review_of_another_version_or_that_narrows_nothing_is_reported() {
        log.decide(REQUEST, WARRANT);
        long other = log.add(REQUEST, new Event.RequestReviewed(Hash.ofNothing(), "tag-a", REFUSAL));
        assertEquals(List.of(other), indices(log));

        TestLog wide = TestLog.started();
        wide.decide(REQUEST, WARRANT);
        Hash version = wide.latest(REQUEST).leaf().hash();
        long index = wide.add(
                REQUEST, new Event.RequestReviewed(version, "tag-a", new Review.Narrowed(WARRANT.categories())));
        assertEquals(List.of(index), indices(wide));
    }

    @Test
    void a_review_that_had_to_count_and_was_blocked_is_reported() {
        log.decide(REQUEST, WARRANT);
        long index =
                log.add(REQUEST, new Event.ReviewBlocked(Review.Verdict.REFUSED, Event.Blocked.NOT_AWAITING_APPROVAL));
        assertEquals(List.of(index), indices(log));
    }

    private static List<Long> indices(TestLog log) {
        return replay(log).stream().map(Disagreement::index).toList();
    }

    private static List<Disagreement> replay(TestLog log) {
        return Replay.run(log.files(), Progress.NONE).disagreements();
    }
}
