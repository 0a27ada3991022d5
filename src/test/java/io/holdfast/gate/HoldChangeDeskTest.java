package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.OPERATOR;
import static io.holdfast.gate.HoldPeople.REASON;
import static io.holdfast.gate.HoldPeople.SECOND;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static io.holdfast.gate.HoldPeople.replace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Event.Ending;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.HoldProposal.State;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lifting and widening on a real log: what it takes, what stops it, and that the log alone proves it afterwards. */
class HoldChangeDeskTest {

    private static final String HK = "hk-nsl-2020";

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private HoldPeople people;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock, OnePack.set());
        people = new HoldPeople(work, clock);
    }

    @AfterEach
    void the_log_verifies_and_replays() {
        work.whole();
        assertEquals(
                List.of(),
                LogVerifier.verify(
                                work.source(),
                                Anchors.ofKeys(List.of(work.log.signer().verifierKey()), Optional.empty()),
                                Scrutiny.full(clock.instant()),
                                Progress.NONE)
                        .findings());
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private static Event blocked(Attempt attempt, Blocked why) {
        return new Event.HoldChangeBlocked(Optional.empty(), attempt, why);
    }

    private static Event blockedOn(String hold, Blocked why) {
        return new Event.HoldChangeBlocked(hold, Attempt.PROPOSE, why);
    }

    private long epoch() {
        return work.log.ledger().standing().epoch();
    }

    @Test
    void one_person_proposes_a_second_approves_and_the_hold_is_lifted_with_that() {
        long epoch = epoch();
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        assertTrue(people.stands(HK), "one person was enough");
        assertEquals(State.WAITING, people.state(proposal));

        List<Event> written = people.approve(proposal, APPROVER);

        assertEquals(new Event.HoldsChanged(proposal, List.of(lift(HK, 1))), written.get(1));
        assertFalse(people.stands(HK));
        assertEquals(epoch + 1, epoch());
        assertEquals(State.IN_EFFECT, people.state(proposal));
        assertEquals(
                List.of(EntryKind.HOLD_CHANGE_PROPOSED, EntryKind.HOLD_CHANGE_APPROVED, EntryKind.HOLDS_CHANGED),
                work.whole().kindsOn(Envelope.HOLD_CHANGES));
    }

    @Test
    void nobody_approves_what_becomes_of_a_hold_that_is_about_the_place_where_they_are() {
        Actor there = new Actor("approver-2", SECOND.roles(), Set.of(Jurisdiction.of("IS"), Jurisdiction.of("HK")));
        Actor elsewhere = new Actor("approver-2", SECOND.roles(), Set.of(Jurisdiction.of("IS")));
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));

        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.LOCATED_THERE)), people.approve(proposal, there));
        assertTrue(people.stands(HK));

        people.approve(proposal, elsewhere);
        assertFalse(people.stands(HK));
    }

    @Test
    void a_stance_change_lifts_one_hold_and_widens_another_at_once() {
        people.place(hold("de", 1, "DE"));
        Hold wider = hold("de", 2, "DE", "warrants");

        Hash proposal = people.proposed(new WantedChange(
                List.of(lift(HK, 1), replace(wider)),
                List.of(wider),
                clock.instant().plus(Duration.ofDays(1)),
                Optional.empty(),
                clock.instant().plus(Duration.ofDays(2))));
        people.approve(proposal, APPROVER);

        assertFalse(people.stands(HK));
        assertEquals(wider, new HoldDesk(work.gate).holds().get(0), "its texts are those that were proposed");
    }

    @Test
    void more_people_can_be_asked_for() {
        people = new HoldPeople(work, new PeopleRule(3, Optional.empty()), clock);
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));

        assertEquals(1, people.approve(proposal, APPROVER).size());
        assertTrue(people.stands(HK));
        people.approve(proposal, SECOND);

        assertFalse(people.stands(HK));
    }

    @Test
    void only_those_named_can_approve_where_names_are_set() {
        people = new HoldPeople(work, new PeopleRule(2, Optional.of(Set.of("approver-2"))), clock);
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));

        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.NOT_PERMITTED)), people.approve(proposal, APPROVER));
        people.approve(proposal, SECOND);

        assertFalse(people.stands(HK));
    }

    @Test
    void a_rule_that_one_person_or_nobody_could_satisfy_is_none() {
        assertThrows(IllegalArgumentException.class, () -> new PeopleRule(1, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new PeopleRule(3, Optional.of(Set.of("approver-1"))));
        assertThrows(IllegalArgumentException.class, () -> new PeopleRule(2, Optional.of(Set.of("admin"))));
    }

    @Test
    void one_objection_stops_it_until_whoever_objects_takes_it_back() {
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        people.object(proposal, SECOND);

        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.OBJECTED)), people.approve(proposal, APPROVER));
        assertEquals(
                List.of(blocked(Attempt.WITHDRAW_OBJECTION, Blocked.NOT_YOURS)),
                people.withdrawObjection(proposal, APPROVER));
        assertEquals(List.of(blocked(Attempt.OBJECT, Blocked.SAME_PERSON_TWICE)), people.object(proposal, SECOND));
        people.withdrawObjection(proposal, SECOND);
        people.approve(proposal, APPROVER);

        assertFalse(people.stands(HK));
    }

    @Test
    void an_objection_takes_back_the_own_approval_and_no_other() {
        people = new HoldPeople(work, new PeopleRule(3, Optional.empty()), clock);
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        people.approve(proposal, APPROVER);
        people.object(proposal, APPROVER);
        people.withdrawObjection(proposal, APPROVER);

        assertEquals(2, people.desk().book().find(proposal).orElseThrow().missing());
        people.approve(proposal, SECOND);
        assertTrue(people.stands(HK));
        people.approve(proposal, APPROVER);
        assertFalse(people.stands(HK));
    }

    @Test
    void what_is_scheduled_takes_effect_when_its_time_comes_and_once() {
        Instant monday = clock.instant().plus(Duration.ofDays(3));
        Hash proposal = people.proposed(people.at(Optional.of(monday), lift(HK, 1)));
        assertEquals(1, people.approve(proposal, APPROVER).size());
        assertEquals(State.SCHEDULED, people.state(proposal));
        clock.forward(Duration.ofDays(3).minusSeconds(1));
        assertEquals(0, people.desk().settle());

        clock.forward(Duration.ofSeconds(1));

        assertEquals(1, people.desk().settle());
        assertEquals(0, people.desk().settle());
        assertFalse(people.stands(HK));
    }

    @Test
    void an_objection_to_what_is_scheduled_keeps_it_from_taking_effect_and_then_it_is_too_late() {
        Hash proposal = people.proposed(people.at(Optional.of(clock.instant().plus(Duration.ofDays(3))), lift(HK, 1)));
        people.approve(proposal, APPROVER);
        people.object(proposal, SECOND);
        clock.forward(Duration.ofDays(4));
        assertEquals(0, people.desk().settle());
        assertTrue(people.stands(HK));

        clock.forward(Duration.ofDays(11));

        assertEquals(
                List.of(
                        blocked(Attempt.WITHDRAW_OBJECTION, Blocked.TOO_LATE),
                        new Event.HoldChangeEnded(proposal, Ending.EFFECTIVE_BY)),
                people.withdrawObjection(proposal, SECOND));
        assertTrue(people.stands(HK));
    }

    @Test
    void taking_the_last_objection_back_once_its_time_has_come_puts_it_in_effect() {
        Hash proposal = people.proposed(people.at(Optional.of(clock.instant().plus(Duration.ofDays(3))), lift(HK, 1)));
        people.approve(proposal, APPROVER);
        people.object(proposal, SECOND);
        clock.forward(Duration.ofDays(4));

        people.withdrawObjection(proposal, SECOND);

        assertFalse(people.stands(HK));
    }

    @Test
    void people_are_told_before_the_time_to_approve_is_over_and_before_that_to_take_effect_is() {
        Instant day = clock.instant().plus(Duration.ofDays(13));
        Hash proposal = people.proposed(people.at(Optional.of(day), lift(HK, 1)));
        clock.forward(Duration.ofDays(5));
        assertEquals(List.of(), people.desk().nearlyOver(Warning.AT_A_QUARTER));
        clock.forward(Duration.ofDays(1));
        assertEquals(
                Ending.APPROVE_BY,
                people.desk().nearlyOver(Warning.AT_A_QUARTER).get(0).nextEnding());

        people.approve(proposal, APPROVER);

        assertEquals(List.of(), people.desk().nearlyOver(Warning.AT_A_QUARTER));
        clock.forward(Duration.ofDays(5));
        HoldProposal told = people.desk().nearlyOver(Warning.AT_A_QUARTER).get(0);
        assertEquals(Ending.EFFECTIVE_BY, told.nextEnding());
        assertEquals(day.plus(Duration.ofDays(1)), told.nextEnd());
        clock.forward(Duration.ofDays(4));
        assertEquals(List.of(), people.desk().nearlyOver(Warning.AT_A_QUARTER), "it is over");
    }

    @Test
    void what_nobody_approves_in_time_expires() {
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        clock.forward(Duration.ofDays(7).plusSeconds(1));

        assertEquals(1, people.desk().settle());

        assertEquals(State.EXPIRED, people.state(proposal));
        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.ENDED)), people.approve(proposal, APPROVER));
        assertTrue(people.stands(HK));
    }

    @Test
    void a_hold_placed_meanwhile_suspends_what_was_proposed_before_it() {
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        people.place(hold("de", 1, "DE"));

        assertEquals(
                List.of(
                        blocked(Attempt.APPROVE, Blocked.OTHER_STANDING),
                        new Event.HoldChangeEnded(proposal, Ending.EPOCH)),
                people.approve(proposal, APPROVER));
        assertEquals(State.SUSPENDED, people.state(proposal));
        assertTrue(people.stands(HK));
    }

    @Test
    void a_hold_placed_before_the_time_comes_suspends_what_was_approved_and_scheduled() {
        Hash proposal = people.proposed(people.at(Optional.of(clock.instant().plus(Duration.ofDays(3))), lift(HK, 1)));
        people.approve(proposal, APPROVER);
        people.place(hold("de", 1, "DE"));
        clock.forward(Duration.ofDays(3));

        assertEquals(1, people.desk().settle());

        assertEquals(State.SUSPENDED, people.state(proposal));
        assertTrue(people.stands(HK));
    }

    @Test
    void of_two_that_were_proposed_together_the_first_in_effect_suspends_the_other() {
        people.place(hold("de", 1, "DE"));
        Hash first = people.proposed(people.soon(lift(HK, 1)));
        Hash other = people.proposed(people.soon(lift("de", 1)));
        people.approve(first, APPROVER);

        people.approve(other, APPROVER);

        assertEquals(State.SUSPENDED, people.state(other));
        assertTrue(people.stands("de"));
    }

    @Test
    void only_whoever_proposed_it_withdraws_it() {
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));

        assertEquals(List.of(blocked(Attempt.WITHDRAW, Blocked.NOT_YOURS)), people.withdraw(proposal, APPROVER));
        assertInstanceOf(
                Event.HoldChangeWithdrawn.class,
                people.withdraw(proposal, OPERATOR).get(0));

        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.ENDED)), people.approve(proposal, APPROVER));
        assertTrue(people.stands(HK));
    }

    @Test
    void a_hold_whose_way_out_asks_for_a_document_is_not_loosened_without_its_digest() {
        List<Exit> exits = List.of(
                new Exit.NamedReview("report"),
                new Exit.ExternalGuidance("a ministry"),
                new Exit.ExternalEvent("a consensus"),
                new Exit.BoardResolution(),
                new Exit.None());
        for (int i = 0; i < exits.size(); i++) {
            String id = "exit-" + i;
            people.place(hold(id, 1, "DE", exits.get(i)));

            assertEquals(
                    List.of(blockedOn(id, Blocked.NO_EVIDENCE)),
                    people.propose(people.soon(lift(id, 1)), OPERATOR, REASON));
            assertEquals(
                    List.of(blockedOn(id, Blocked.NO_EVIDENCE)),
                    people.propose(
                            people.soon(replace(hold(id, 2, "DE", exits.get(i), "warrants"))), OPERATOR, REASON));
        }
        HoldChange withReport = new HoldChange.Lift(
                "exit-0", 1, Optional.of(Hash.sha256("a report".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        people.approve(people.proposed(people.soon(withReport)), APPROVER);
        assertFalse(people.stands("exit-0"));
    }

    @Test
    void an_easier_way_out_is_no_tightening() {
        people.place(hold("de", 1, "DE", new Exit.NamedReview("report")));

        Event event = new HoldDesk(work.gate)
                .tighten(hold("de", 2, "DE"), "operator-1", REASON)
                .toCompletableFuture()
                .join()
                .stored()
                .entry()
                .event();

        assertEquals(new Event.HoldChangeBlocked("de", Attempt.TIGHTEN, Blocked.NOT_A_TIGHTENING), event);
    }

    @Test
    void what_only_tightens_is_sent_to_whoever_can_do_that_alone_but_may_be_part_of_more() {
        people.place(hold("de", 1, "DE", "warrants"));
        HoldChange tighter = replace(hold("de", 2, "DE"));

        assertEquals(
                List.of(blockedOn("de", Blocked.ONLY_TIGHTENS)),
                people.propose(people.soon(tighter), OPERATOR, REASON));
        Hold whole = hold("de", 2, "DE");
        Hash proposal = people.proposed(new WantedChange(
                List.of(tighter, lift(HK, 1)),
                List.of(whole),
                clock.instant().plus(Duration.ofDays(1)),
                Optional.empty(),
                clock.instant().plus(Duration.ofDays(1))));
        people.approve(proposal, APPROVER);

        assertEquals(2, work.log.ledger().standing().hold("de").orElseThrow().version());
        assertFalse(people.stands(HK));
    }

    @Test
    void a_change_must_be_of_the_version_in_force_and_of_a_hold_once() {
        assertEquals(
                List.of(blockedOn("none", Blocked.NO_SUCH_HOLD)),
                people.propose(people.soon(lift("none", 1)), OPERATOR, REASON));
        assertEquals(
                List.of(blockedOn(HK, Blocked.OTHER_VERSION)),
                people.propose(people.soon(lift(HK, 2)), OPERATOR, REASON));
        people.place(hold("de", 1, "DE"));
        assertEquals(
                List.of(blockedOn("de", Blocked.OTHER_VERSION)),
                people.propose(people.soon(replace(hold("de", 3, "DE", "warrants"))), OPERATOR, REASON));
        assertEquals(
                List.of(blocked(Attempt.PROPOSE, Blocked.HOLD_TWICE)),
                people.propose(people.soon(lift(HK, 1), lift(HK, 1)), OPERATOR, REASON));
    }

    @Test
    void its_times_must_be_in_order_and_near() {
        Instant now = clock.instant();
        Duration day = Duration.ofDays(1);
        List<WantedChange> wrong = List.of(
                times(now, Optional.empty(), now.plus(day)),
                times(now.plus(day), Optional.empty(), now.plusSeconds(1)),
                times(now.plus(day), Optional.of(now.plus(day).plusSeconds(1)), now.plus(day)),
                times(now.plus(day), Optional.empty(), now.plus(Duration.ofDays(91))));
        for (WantedChange one : wrong) {
            assertEquals(List.of(blockedOn(HK, Blocked.WRONG_TIMES)), people.propose(one, OPERATOR, REASON));
        }
    }

    private static WantedChange times(Instant approveBy, Optional<Instant> effective, Instant effectiveBy) {
        return new WantedChange(List.of(lift(HK, 1)), List.of(), approveBy, effective, effectiveBy);
    }

    @Test
    void who_sends_requests_or_has_not_the_role_has_no_say() {
        Actor agent = new Actor("agent-1", Set.of(Role.LE_AGENT, Role.LEGAL_OPERATOR, Role.LEGAL_APPROVER));
        Actor reviewer = new Actor("reviewer-1", Set.of(Role.REVIEWER, Role.AUDITOR, Role.PLATFORM_ENGINEER));
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        for (Actor actor : List.of(agent, reviewer)) {
            assertEquals(
                    List.of(blockedOn(HK, Blocked.NOT_PERMITTED)),
                    people.propose(people.soon(lift(HK, 1)), actor, REASON));
            assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.NOT_PERMITTED)), people.approve(proposal, actor));
            assertEquals(List.of(blocked(Attempt.OBJECT, Blocked.NOT_PERMITTED)), people.object(proposal, actor));
            assertEquals(List.of(blocked(Attempt.WITHDRAW, Blocked.NOT_PERMITTED)), people.withdraw(proposal, actor));
        }
        assertEquals(List.of(blocked(Attempt.APPROVE, Blocked.NOT_PERMITTED)), people.approve(proposal, OPERATOR));
    }

    @Test
    void what_was_proposed_survives_a_restart() {
        Hash proposal = people.proposed(people.soon(lift(HK, 1)));
        work.close();
        work = WorkingGate.open(temporary.resolve("data"), clock, OnePack.set());
        people = new HoldPeople(work, clock);

        people.approve(proposal, APPROVER);

        assertFalse(people.stands(HK));
    }
}
