package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.OPERATOR;
import static io.holdfast.gate.HoldPeople.SECOND;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in which approvals are gamed elsewhere, each tried on a real log, and what whoever tries it is told. */
class GamedApprovalsTest {

    private static final String HK = "hk-nsl-2020";

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    /** People who try: the last thing that they did is what was told. */
    private static final class Table {
        final HoldPeople people;
        final SettableClock clock;
        final WorkingGate work;

        Table(WorkingGate work, int howMany, SettableClock clock) {
            this.people = new HoldPeople(work, new PeopleRule(howMany, Optional.empty()), clock);
            this.clock = clock;
            this.work = work;
        }

        /** Of a proposal that is approved, and waits for its time. */
        Hash scheduled() {
            Hash proposal =
                    people.proposed(people.at(Optional.of(clock.instant().plus(Duration.ofDays(3))), lift(HK, 1)));
            people.approve(proposal, APPROVER);
            assertEquals(HoldProposal.State.SCHEDULED, people.state(proposal));
            return proposal;
        }

        /** Of a proposal that waits for another person. */
        Hash waiting() {
            return people.proposed(people.soon(lift(HK, 1)));
        }

        String told(List<Event> events) {
            return HoldChangeTexts.why((Event.HoldChangeBlocked) events.get(0));
        }

        String told(Hash proposal) {
            return HoldChangeTexts.state(people.desk().book().find(proposal).orElseThrow());
        }
    }

    private interface Attempt {
        String told(Table at);
    }

    enum Way {
        EDIT_AFTER_APPROVAL("One more person has to approve exactly this.", 2, at -> {
            at.scheduled();
            Hash edited = at.people.proposed(at.people.soon(lift(HK, 1))); // the same, but at once
            at.people.desk().settle();
            return at.told(edited);
        }),
        OWN_APPROVAL_AS_ADMINISTRATOR(
                "You have proposed it, and nobody approves what is their own, whatever their roles.", 2, at -> {
                    Set<Role> all = EnumSet.allOf(Role.class);
                    all.remove(Role.LE_AGENT);
                    return at.told(at.people.approve(at.waiting(), new Actor(OPERATOR.subject(), all)));
                }),
        ONE_PERSON_IN_TWO_ROLES(
                "You have approved it already, and one person counts once, in however many roles.", 3, at -> {
                    Hash proposal = at.waiting();
                    at.people.approve(proposal, APPROVER);
                    return at.told(at.people.approve(
                            proposal, new Actor(APPROVER.subject(), Set.of(Role.LEGAL_APPROVER, Role.LEGAL_OPERATOR))));
                }),
        APPROVAL_AFTER_OBJECTION("Somebody objects, and nobody can approve it until they take that back.", 2, at -> {
            Hash proposal = at.waiting();
            at.people.object(proposal, SECOND);
            return at.told(at.people.approve(proposal, APPROVER));
        }),
        REVERT_TO_WHAT_WAS_APPROVED(
                "It is over, and what was approved of it counts for nothing else: it has to be proposed again.",
                2,
                at -> {
                    Hash approved = at.scheduled();
                    at.people.withdraw(approved, OPERATOR);
                    Hash again = at.waiting();
                    assertEquals(
                            1, at.people.desk().book().find(again).orElseThrow().missing());
                    return at.told(at.people.approve(approved, SECOND));
                }),
        EXPIRED_APPROVAL(
                "Its time is over by the log's own clock, which is never set back: it has to be proposed again.",
                2,
                at -> {
                    Hash proposal = at.waiting();
                    at.clock.forward(Duration.ofDays(7).plusSeconds(1));
                    return at.told(at.people.approve(proposal, APPROVER));
                }),
        PREVIEW_THAT_IS_NOT_TRUE_ANY_MORE(
                "A hold, a key or the rulebook has changed since, so it is suspended: it has to be proposed again.",
                2,
                at -> {
                    at.people.place(HoldPeople.hold("cover", 1, "HK", "warrants")); // so that it seems to open less
                    Hash proposal = at.waiting();
                    at.people.place(HoldPeople.hold("another", 1, "DE"));
                    return at.told(at.people.approve(proposal, APPROVER));
                }),
        REASON_OF_ONE_DOT("What was given as a reason says nothing; say in words why.", 2, at -> {
            for (String reason : List.of("", " ", "          ", "..........", "aaaaaaaaaaaa", "- - - - - - - - - -")) {
                at.told(at.people.propose(at.people.soon(lift(HK, 1)), OPERATOR, reason));
            }
            return at.told(at.people.propose(at.people.soon(lift(HK, 1)), OPERATOR, "."));
        }),
        SENTINEL_IDENTITIES(
                "The token's subject is a word for nobody; a person has to answer for this by name.", 2, at -> {
                    Hash proposal = at.waiting();
                    String told = "";
                    for (String nobody : List.of(
                            "", "system", "admin", "Administrator", "anonymous", "unknown", "root", " operator-2")) {
                        told = at.told(at.people.approve(proposal, new Actor(nobody, Set.of(Role.LEGAL_APPROVER))));
                    }
                    return told;
                }),
        CLOCK_SET_BACK(
                "Its time is over by the log's own clock, which is never set back: it has to be proposed again.",
                2,
                at -> {
                    Hash proposal = at.waiting();
                    at.clock.forward(Duration.ofDays(8));
                    at.work.referred(); // anything at all stands in the log at that time
                    at.clock.forward(Duration.ofDays(-8));
                    return at.told(at.people.approve(proposal, APPROVER));
                });

        private final String told;
        private final int people;
        private final Attempt attempt;

        Way(String told, int people, Attempt attempt) {
            this.told = told;
            this.people = people;
            this.attempt = attempt;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void it_is_refused_with_a_sentence_and_the_hold_stands(Way way) {
        try (WorkingGate work = WorkingGate.open(temporary.resolve("data"), clock, OnePack.set())) {
            Table table = new Table(work, way.people, clock);

            assertEquals(way.told, way.attempt.told(table));

            assertTrue(table.people.stands(HK));
            work.whole();
            assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        }
    }
}
