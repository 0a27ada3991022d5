package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.audit.NoticeEvent.Attempt;
import io.holdfast.audit.NoticeEvent.Why;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that reads before the person was told, or says what is not so about telling them: replay finds each with a sentence. */
class ReplayOfNoticesTest {

    private static final String REQUEST = "request";
    private static final String OTHER = "other";

    private final TestLog log = TestLog.started();
    private long decision;
    private Instant release;

    @BeforeEach
    void release_a_warrant_by_which_the_person_is_told_before() {
        log.decide(REQUEST, SomeFacts.warrantWithoutOrder());
        log.approve(REQUEST, "a");
        log.approve(REQUEST, "b");
        decision = log.decide(REQUEST, SomeFacts.warrantWithoutOrder().withApprovals(2));
        release = log.latest(REQUEST).envelope().at();
    }

    private long add(NoticeEvent event) {
        return add(event, decision);
    }

    private long add(NoticeEvent event, long answers) {
        Envelope plain = log.envelope(REQUEST);
        return log.addRaw(
                new Envelope(
                        plain.issuer(),
                        plain.at(),
                        plain.id(),
                        plain.subject(),
                        plain.epoch(),
                        plain.rulebook(),
                        OptionalLong.of(answers)),
                event);
    }

    private NoticeEvent given() {
        return new NoticeEvent.Given(NoticeMeans.EMAIL, release, "a");
    }

    private NoticeDeferral deferral(NoticeGround ground) {
        Instant end = release.plus(Duration.ofDays(2));
        return new NoticeDeferral(
                ground, Optional.of(end), end, ground.isOrdered() ? Optional.of(Hash.ofNothing()) : Optional.empty());
    }

    /** The last entry is the lie, and nothing before it was. */
    private void assertLie(String should) {
        Replayed replayed = Replay.run(log.files(), Progress.NONE);
        assertEquals(
                List.of(should),
                replayed.disagreements().stream().map(Disagreement::should).toList(),
                () -> replayed.disagreements().toString());
        assertEquals(log.entries().size() - 1L, replayed.disagreements().get(0).index());
    }

    @Test
    void everything_in_its_order_is_right() {
        add(new NoticeEvent.Due(Why.BEFORE, release));
        log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.NOTICE_NOT_GIVEN));
        add(new NoticeEvent.Prevented(Attempt.LIFT, Event.Blocked.NOTICE_NOT_FORBIDDEN));
        long proposed = add(new NoticeEvent.DeferralProposed(deferral(NoticeGround.RISK_TO_LIFE), "a"));
        add(new NoticeEvent.Prevented(Attempt.DEFER, Event.Blocked.SAME_PERSON_TWICE));
        add(new NoticeEvent.Deferred(deferral(NoticeGround.RISK_TO_LIFE), "b"), proposed);
        add(new NoticeEvent.Lifted(Optional.empty(), "a"));
        add(new NoticeEvent.Deferred(deferral(NoticeGround.ORDER), "a"));
        log.add(REQUEST, log.access(REQUEST));
        log.deliver(REQUEST);
        add(new NoticeEvent.Prevented(Attempt.GIVE, Event.Blocked.NOTICE_FORBIDDEN));
        log.waitUntil(release.plus(Duration.ofDays(2)));
        add(new NoticeEvent.Due(Why.ENDED, release.plus(Duration.ofDays(2))));
        add(new NoticeEvent.Given(NoticeMeans.LETTER, release.plus(Duration.ofDays(2)), "a"));
        assertEquals(List.of(), Replay.run(log.files(), Progress.NONE).disagreements());
    }

    @Test
    void reading_before_the_person_was_told() {
        log.add(REQUEST, log.access(REQUEST));
        assertLie("nothing, since the person concerned has to be told first");
    }

    @Test
    void handing_over_what_was_read_under_an_order_after_the_order_is_over() {
        add(new NoticeEvent.Deferred(deferral(NoticeGround.ORDER), "a"));
        log.add(REQUEST, log.access(REQUEST));
        log.waitUntil(release.plus(Duration.ofDays(2)));
        log.add(REQUEST, log.packed(REQUEST));
        assertLie("nothing, since the person concerned has to be told first");
    }

    @Test
    void refusing_for_a_notice_that_was_given() {
        add(given());
        log.add(REQUEST, new Event.DeliveryFailed(Event.Blocked.NOTICE_NOT_GIVEN));
        assertLie("read, since the person concerned need not be told before");
    }

    @Test
    void saying_what_is_due_of_another_time() {
        add(new NoticeEvent.Due(Why.BEFORE, release.plusSeconds(1)));
        assertLie("BEFORE, since " + release);
    }

    @Test
    void saying_twice_what_is_due() {
        add(new NoticeEvent.Due(Why.BEFORE, release));
        add(new NoticeEvent.Due(Why.BEFORE, release));
        assertLie("nothing, since it was said before");
    }

    @Test
    void saying_that_something_is_due_after_it_was_done() {
        add(given());
        add(new NoticeEvent.Due(Why.BEFORE, release));
        assertLie("nothing, since there is nothing to do about telling the person concerned");
    }

    @Test
    void saying_what_is_due_in_answer_to_another_entry() {
        add(new NoticeEvent.Due(Why.BEFORE, release), 1);
        assertLie("an answer to the latest decision on it");
    }

    @Test
    void telling_in_the_future() {
        add(new NoticeEvent.Given(NoticeMeans.EMAIL, release.plus(Duration.ofDays(1)), "a"));
        assertLie("blocked as WRONG_TIMES");
    }

    @Test
    void telling_twice() {
        add(given());
        add(given());
        assertLie("blocked as NOTICE_GIVEN_ALREADY");
    }

    @Test
    void telling_against_an_order() {
        add(new NoticeEvent.Deferred(deferral(NoticeGround.ORDER), "a"));
        add(given());
        assertLie("blocked as NOTICE_FORBIDDEN");
    }

    @Test
    void telling_in_answer_to_nothing() {
        add(given(), 1);
        assertLie("an answer to entry " + decision);
    }

    @Test
    void waiting_for_a_risk_that_one_person_sees() {
        long proposed = add(new NoticeEvent.DeferralProposed(deferral(NoticeGround.RISK_TO_LIFE), "a"));
        add(new NoticeEvent.Deferred(deferral(NoticeGround.RISK_TO_LIFE), "a"), proposed);
        assertLie("proposed only, since no other person has proposed exactly this");
    }

    @Test
    void waiting_for_another_risk_than_was_proposed() {
        long proposed = add(new NoticeEvent.DeferralProposed(deferral(NoticeGround.RISK_TO_LIFE), "a"));
        add(new NoticeEvent.Deferred(deferral(NoticeGround.RISK_TO_CHILD), "b"), proposed);
        assertLie("proposed only, since no other person has proposed exactly this");
    }

    @Test
    void agreeing_after_seven_days() {
        long proposed = add(new NoticeEvent.DeferralProposed(
                new NoticeDeferral(
                        NoticeGround.RISK_TO_LIFE,
                        Optional.of(release.plus(Duration.ofDays(30))),
                        release.plus(Duration.ofDays(30)),
                        Optional.empty()),
                "a"));
        log.waitUntil(release.plus(Duration.ofDays(8)));
        add(
                new NoticeEvent.Deferred(
                        new NoticeDeferral(
                                NoticeGround.RISK_TO_LIFE,
                                Optional.of(release.plus(Duration.ofDays(30))),
                                release.plus(Duration.ofDays(30)),
                                Optional.empty()),
                        "b"),
                proposed);
        assertLie("proposed only, since no other person has proposed exactly this");
    }

    @Test
    void proposing_an_order() {
        add(new NoticeEvent.DeferralProposed(deferral(NoticeGround.ORDER), "a"));
        assertLie("no proposal, since one person records an order");
    }

    @Test
    void blocking_what_nothing_is_in_the_way_of() {
        add(new NoticeEvent.Prevented(Attempt.GIVE, Event.Blocked.NOTICE_FORBIDDEN));
        assertLie("done, since nothing that the log knows is in its way");
    }

    @Test
    void blocking_for_another_reason_than_there_is() {
        add(given());
        add(new NoticeEvent.Prevented(Attempt.GIVE, Event.Blocked.NO_NOTICE));
        assertLie("blocked as NOTICE_GIVEN_ALREADY");
    }

    @Test
    void telling_of_a_request_that_a_hold_covers() {
        log.decide(OTHER, SomeFacts.hongKongWarrant());
        log.add(OTHER, new NoticeEvent.Given(NoticeMeans.EMAIL, release, "a"));
        assertLie("blocked as NO_NOTICE");
    }
}
