package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.OPERATOR;
import static io.holdfast.gate.HoldPeople.REASON;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.HoldPreview;
import io.holdfast.audit.HoldProposal.State;
import io.holdfast.audit.PastRequests;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Replay;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Request;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import io.holdfast.policy.Difference.Move;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Tally;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever approves a change of holds sees of it, on a real log. */
class HoldPreviewTest {

    private static final Fate HELD = new Fate(Kind.HELD, 0);
    private static final Fate TWO_APPROVALS = new Fate(Kind.RELEASED, 2);

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
    void the_log_replays() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private HoldPreview preview(Hash proposal) {
        return people.desk()
                .book()
                .find(proposal)
                .orElseThrow()
                .event()
                .preview()
                .orElseThrow();
    }

    private List<Tally.Row> rows(Hash proposal) {
        return preview(proposal).recorded().rows();
    }

    private WantedChange wanted(Optional<Instant> effective, List<Hold> texts, HoldChange... changes) {
        Instant now = clock.instant();
        return new WantedChange(
                List.of(changes), texts, now.plus(Duration.ofDays(7)), effective, now.plus(Duration.ofDays(14)));
    }

    @Test
    void what_was_held_within_30_days_is_counted_as_what_it_would_meet() {
        people.place(hold("users-hk", 1, "HK"));
        work.referred(); // too long ago
        clock.forward(PastRequests.PERIOD.plusSeconds(1));
        String id = work.referred();
        work.referred();
        work.approve(id, "reviewer-1"); // an attempt, and no request

        Hash proposal = people.proposed(people.soon(lift("users-hk", 1)));

        assertEquals(List.of(new Tally.Row(HELD, TWO_APPROVALS, 2, 2)), rows(proposal));
        assertTrue(preview(proposal).recorded().all());
        assertTrue(preview(proposal).underHolds().stream().anyMatch(Move::opens));
    }

    @Test
    void a_paper_that_has_expired_since_hides_nothing() {
        people.place(hold("users-hk", 1, "HK"));
        work.referred();
        clock.forward(Duration.ofDays(29));

        assertEquals(
                List.of(new Tally.Row(HELD, TWO_APPROVALS, 1, 1)),
                rows(people.proposed(people.soon(lift("users-hk", 1)))));
    }

    /** {@code -Dholdfast.recorded=100000} measures it on the rulebook of this repository. */
    @Test
    void every_one_of_many_requests_is_counted() {
        int requests = Integer.getInteger("holdfast.recorded", 600);
        work.close();
        work = requests < 1000
                ? WorkingGate.open(temporary.resolve("many"), clock, OnePack.set())
                : WorkingGate.open(temporary.resolve("many"), clock);
        people = new HoldPeople(work, clock);
        people.place(hold("users-hk", 1, "HK"));
        Request request = work.warrant(Set.of(WorkingGate.HK), "account-1");
        for (int done = 0; done < requests; ) {
            List<CompletionStage<Receipt>> together = new ArrayList<>();
            for (int i = 0; i < 200 && done < requests; i++, done++) {
                together.add(work.gate.submit(request, WorkingGate.AGENCY, Optional.empty()));
            }
            together.forEach(one -> one.toCompletableFuture().join());
        }
        for (int look = 0; look < 3; look++) {
            long start = System.nanoTime();
            Hash proposal = people.proposed(people.soon(lift("users-hk", 1)));
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();

            assertEquals(List.of(new Tally.Row(HELD, TWO_APPROVALS, requests, requests)), rows(proposal));
            System.out.println(
                    "HoldPreviewTest: a proposal over " + requests + " recorded requests took " + millis + " ms");
        }
    }

    @Test
    void what_a_second_hold_keeps_is_told_as_that() {
        people.place(hold("users-hk", 1, "HK"));
        people.place(hold("users-hk-too", 1, "HK"));
        work.referred();

        Hash proposal = people.proposed(people.soon(lift("users-hk", 1)));

        assertEquals(List.of(new Tally.Row(HELD, HELD, 1, 0)), rows(proposal));
        assertEquals(List.of(), preview(proposal).underHolds());
    }

    @Test
    void what_takes_effect_later_is_told_as_of_that_time() {
        people.place(hold("users-hk", 1, "HK"));
        work.referred();
        Instant next = clock.instant().plus(Duration.ofDays(3));
        Hold later = from(hold("users-hk-later", 1, "HK"), next);
        HoldChange place = new HoldChange.Place(RecordedHold.of(later));

        Hash atOnce = people.proposed(wanted(Optional.empty(), List.of(later), lift("users-hk", 1), place));
        Hash then = people.proposed(wanted(Optional.of(next), List.of(later), lift("users-hk", 1), place));

        assertEquals(List.of(new Tally.Row(HELD, TWO_APPROVALS, 1, 1)), rows(atOnce));
        assertEquals(List.of(new Tally.Row(HELD, HELD, 1, 0)), rows(then));
        assertTrue(
                preview(then).underHolds().stream().anyMatch(Move::opens),
                "between the two instants nothing is held, if it took effect at once");
    }

    private static Hold from(Hold hold, Instant from) {
        return new Hold(
                hold.id(),
                hold.version(),
                hold.title(),
                hold.mode(),
                hold.applies(),
                from,
                hold.reviewBy(),
                hold.intake(),
                hold.preserve(),
                hold.exit(),
                hold.exceptions(),
                hold.phases(),
                hold.statement());
    }

    @Test
    void an_approval_is_of_what_was_seen_and_of_no_other_count() {
        people = new HoldPeople(work, new PeopleRule(3, Optional.empty()), clock);
        people.place(hold("users-hk", 1, "HK"));
        Hash first = people.proposed(people.soon(lift("users-hk", 1)));
        people.approve(first, APPROVER);
        work.referred();

        Hash second = people.proposed(people.soon(lift("users-hk", 1)));

        assertNotEquals(rows(first), rows(second));
        assertNotEquals(first, second);
        assertEquals(2, people.desk().book().find(second).orElseThrow().missing());
        people.approve(second, HoldPeople.SECOND);
        assertEquals(State.WAITING, people.state(second));
        assertTrue(people.stands("users-hk"));
    }

    @Test
    void a_new_hold_stands_together_with_what_is_lifted_and_not_before() {
        people.place(hold("users-hk", 1, "HK"));
        Hold next = hold("users-us", 1, "US");
        Hash proposal = people.proposed(wanted(
                Optional.empty(), List.of(next), lift("users-hk", 1), new HoldChange.Place(RecordedHold.of(next))));
        assertFalse(people.stands("users-us"));

        people.approve(proposal, APPROVER);

        assertFalse(people.stands("users-hk"));
        assertTrue(new HoldDesk(work.gate).holds().contains(next), "its texts are those that were proposed");
    }

    @Test
    void a_new_hold_alone_or_one_that_stands_already_is_not_proposed() {
        people.place(hold("users-hk", 1, "HK"));
        HoldChange one = new HoldChange.Place(RecordedHold.of(hold("users-us", 1, "US")));
        HoldChange there = new HoldChange.Place(RecordedHold.of(hold("users-hk", 1, "HK")));
        HoldChange second = new HoldChange.Place(RecordedHold.of(hold("users-us", 2, "US")));

        assertEquals(
                List.of(new Event.HoldChangeBlocked("users-us", Attempt.PROPOSE, Blocked.ONLY_TIGHTENS)),
                people.propose(people.soon(one), OPERATOR, REASON));
        assertEquals(
                List.of(new Event.HoldChangeBlocked("users-hk", Attempt.PROPOSE, Blocked.ALREADY_PLACED)),
                people.propose(people.soon(there), OPERATOR, REASON));
        assertEquals(
                List.of(new Event.HoldChangeBlocked("users-us", Attempt.PROPOSE, Blocked.OTHER_VERSION)),
                people.propose(people.soon(second), OPERATOR, REASON));
        assertEquals(
                List.of(new Event.HoldChangeBlocked(Optional.empty(), Attempt.PROPOSE, Blocked.HOLD_TWICE)),
                people.propose(people.soon(lift("users-hk", 1), there), OPERATOR, REASON));
    }

    @Test
    void without_a_preview_there_is_no_proposal_and_no_entry() {
        people.place(hold("users-hk", 1, "HK"));
        Rulebook inForce = work.gate.rulebook().at(work.log.ledger().standing());
        long entries = work.whole().checkpoint().size();
        work.gate.rulebook().replace(Rulebook.none());

        CompletionException failure = assertThrows(
                CompletionException.class, () -> people.propose(people.soon(lift("users-hk", 1)), OPERATOR, REASON));

        NoPreviewException told = assertInstanceOf(NoPreviewException.class, failure.getCause());
        assertTrue(told.getMessage().startsWith("the log or the rulebook cannot be read: "), told::getMessage);
        assertEquals(entries, work.whole().checkpoint().size());
        work.gate.rulebook().replace(inForce);
        people.proposed(people.soon(lift("users-hk", 1)));
    }

    @Test
    void it_is_looked_again_when_something_changed_meanwhile_and_given_up_when_that_goes_on() {
        AtomicInteger looks = new AtomicInteger();
        CompletionStage<String> second = Previews.whileStale(() -> looks.incrementAndGet() < 2
                ? CompletableFuture.failedStage(new Previews.Stale())
                : CompletableFuture.completedStage("proposed"));
        assertEquals("proposed", second.toCompletableFuture().join());
        looks.set(0);

        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> Previews.<String>whileStale(() -> {
                            looks.incrementAndGet();
                            throw new Previews.Stale();
                        })
                        .toCompletableFuture()
                        .join());

        assertInstanceOf(NoPreviewException.class, failure.getCause());
        assertEquals(3, looks.get());
    }

    @Test
    void holds_that_are_placed_meanwhile_end_in_a_new_look_and_never_in_a_preview_of_the_past() throws Exception {
        people.place(hold("users-hk", 1, "HK"));
        Thread placing = new Thread(() -> {
            for (int i = 0; i < 5; i++) {
                people.place(hold("users-de-" + i, 1, "DE"));
            }
        });
        placing.start();
        for (int i = 0; i < 3; i++) {
            try {
                people.propose(people.soon(lift("users-hk", 1)), OPERATOR, REASON);
            } catch (CompletionException e) {
                assertInstanceOf(NoPreviewException.class, e.getCause());
            }
        }
        placing.join();
        // That every preview is of the standing under which it was proposed, replay finds out.
    }
}
