package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Anchors;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.LogVerifier;
import io.holdfast.audit.PastRequests;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.RulebookBook;
import io.holdfast.audit.Scrutiny;
import io.holdfast.audit.Verification;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.policy.Difference.Fate;
import io.holdfast.policy.Difference.Kind;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Tally;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a rulebook follows another, on a real log that is verified and replayed after each test. */
class RulebookDeskTest {

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private PolicyWatch watch;
    private RulebookDesk desk;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock, OnePack.set());
        watch = new PolicyWatch(work.gate);
        desk = new RulebookDesk(work.gate, watch);
    }

    @AfterEach
    void check() {
        check(work);
        work.close();
    }

    private static void check(WorkingGate work) {
        LogSource log = work.source();
        Verification verification = LogVerifier.verify(
                log,
                Anchors.ofKeys(List.of(work.log.signer().verifierKey()), Optional.empty()),
                Scrutiny.full(Instant.now().plus(Duration.ofDays(60))),
                Progress.NONE);
        assertEquals(List.of(), verification.findings());
        assertEquals(List.of(), Replay.run(log, Progress.NONE).disagreements());
    }

    private NextRulebook seen(PolicySet set) {
        PolicyWatch.Seen seen = watch.look(set);
        assertEquals(List.of(), seen.problems());
        return seen.next().orElseThrow();
    }

    private static Event event(Receipt receipt) {
        return receipt.stored().entry().event();
    }

    private Event propose(String digest, String person) {
        return event(desk.propose(digest, person).toCompletableFuture().join());
    }

    private Event agree(String digest, String person) {
        return event(desk.agree(digest, Person.of(person)).toCompletableFuture().join());
    }

    private void assertBlocked(Blocked why, Event event) {
        assertEquals(why, assertInstanceOf(Event.RulebookBlocked.class, event).blocked());
    }

    private String inForce() {
        return work.gate.ledger().standing().rulebook();
    }

    @Test
    void what_opens_nothing_comes_into_force_with_its_difference_in_the_log() {
        String before = work.referred();
        NextRulebook next = seen(OnePack.stricter());
        assertFalse(desk.takesTwo(next));

        Event.RulebookActivated activated = assertInstanceOf(
                Event.RulebookActivated.class,
                event(desk.activate(next).toCompletableFuture().join()));

        assertEquals(OnePack.stricter().digest(), inForce());
        assertEquals(Optional.empty(), activated.by());
        assertEquals(
                "[released on 2 approvals to released on 3 approvals]",
                activated.change().law().toString());
        assertEquals(
                OnePack.stricter().digest(),
                work.gate
                        .find(work.referred())
                        .orElseThrow()
                        .decided()
                        .entry()
                        .envelope()
                        .rulebook());
        // Two were enough when it came in; under the rules of today three approve what was decided under them.
        work.approve(before, "reviewer-1");
        work.approve(before, "reviewer-2");
        assertEquals(Outcome.REFERRED, outcome(before));
        for (int i = 1; i <= 3; i++) {
            assertEquals(Outcome.REFERRED, outcome(before));
            work.approve(before, "reviewer-" + i);
        }
        assertEquals(Outcome.RELEASED, outcome(before));
    }

    private Outcome outcome(String request) {
        return work.gate.find(request).orElseThrow().event().decision().outcome();
    }

    @Test
    void a_release_that_was_not_collected_is_decided_again_under_the_new_one() {
        String released = work.released();
        desk.activate(seen(OnePack.stricter())).toCompletableFuture().join();

        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(released));
    }

    /** Two people approved what stood in the decision; what a rulebook adds to it they have not seen. */
    @Test
    void what_two_people_approved_does_not_grow_with_a_rulebook() {
        work.close();
        String all =
                "instrument: [US-SW]\n      action: [DISCLOSE]\n      channel: [DIRECT]\n      authority: [JUDGE]\n"
                        + "      category: [SUBSCRIBER, IDENTIFICATION, TRAFFIC, CONTENT]";
        work = WorkingGate.open(temporary.resolve("narrow"), clock, OnePack.with(all, all.replace(", CONTENT", "")));
        watch = new PolicyWatch(work.gate);
        desk = new RulebookDesk(work.gate, watch);
        String released = work.released();
        String referred = work.referred();
        work.approve(referred, "reviewer-1");
        String digest = seen(OnePack.set()).digest();
        propose(digest, "person-1");
        agree(digest, "person-2");

        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(released));
        assertEquals(Outcome.REFERRED, outcome(released));
        work.approve(referred, "reviewer-2");
        assertEquals(Outcome.REFERRED, outcome(referred));
        for (String request : List.of(released, referred)) {
            work.approve(request, "reviewer-1");
            work.approve(request, "reviewer-2");
            assertInstanceOf(Delivery.Result.Packed.class, work.deliver(request));
        }
    }

    @Test
    void what_one_person_has_narrowed_stays_so_under_every_rulebook_that_follows() {
        String id = work.referred();
        Set<DataCategory> left = Set.of(DataCategory.SUBSCRIBER);
        work.review(id, new Review.Narrowed(left), "reviewer-1");
        desk.activate(seen(OnePack.stricter())).toCompletableFuture().join();
        work.approve(id, "reviewer-1");
        work.approve(id, "reviewer-2");

        assertEquals(Outcome.REFERRED, outcome(id));
        assertEquals(OnePack.stricter().digest(), rulebookOf(id));
        assertEquals(left, work.gate.find(id).orElseThrow().decision().granted());

        String back = seen(OnePack.set()).digest();
        propose(back, "person-1");
        agree(back, "person-2");
        for (int i = 1; i <= 3; i++) {
            work.approve(id, "reviewer-" + i);
        }

        assertEquals(Outcome.RELEASED, outcome(id));
        assertEquals(back, rulebookOf(id));
        assertEquals(left, work.gate.find(id).orElseThrow().decision().granted());
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(id));
    }

    @Test
    void what_one_person_has_refused_no_rulebook_opens_again() {
        String id = work.referred();
        work.review(id, new Review.Refused(List.of(Reason.PRIVILEGE_OR_PRESS)), "reviewer-1");
        String digest = seen(OnePack.looser()).digest();
        propose(digest, "person-1");
        agree(digest, "person-2");

        work.approve(id, "reviewer-1");
        work.approve(id, "reviewer-2");

        assertInstanceOf(Delivery.Result.NotReleased.class, work.deliver(id));
        assertEquals(Outcome.REFUSED, outcome(id));
    }

    private String rulebookOf(String request) {
        return work.gate
                .find(request)
                .orElseThrow()
                .decided()
                .entry()
                .envelope()
                .rulebook();
    }

    @Test
    void what_opens_does_not_come_into_force_by_itself_and_leaves_no_entry() {
        NextRulebook next = seen(OnePack.looser());
        assertTrue(desk.takesTwo(next));
        long entries = work.whole().checkpoint().size();

        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> desk.activate(next).toCompletableFuture().join());

        assertInstanceOf(RulebookDesk.NotAlone.class, failure.getCause());
        assertEquals(entries, work.whole().checkpoint().size());
        assertEquals(OnePack.set().digest(), inForce());
    }

    @Test
    void what_opens_takes_two_different_people() {
        String digest = seen(OnePack.looser()).digest();
        assertInstanceOf(Event.RulebookProposed.class, propose(digest, "person-1"));
        assertBlocked(Blocked.SAME_PERSON_TWICE, agree(digest, "person-1"));
        assertEquals(OnePack.set().digest(), inForce());

        Event.RulebookActivated activated = assertInstanceOf(Event.RulebookActivated.class, agree(digest, "person-2"));

        assertTrue(activated.change().opens());
        assertEquals(digest, inForce());
        assertEquals(
                List.of(EntryKind.RULEBOOK_PROPOSED, EntryKind.RULEBOOK_BLOCKED, EntryKind.RULEBOOK_ACTIVATED),
                work.whole().kindsOn(Envelope.RULEBOOK));
    }

    @Test
    void a_word_for_nobody_neither_proposes_nor_agrees() {
        String digest = seen(OnePack.looser()).digest();
        assertBlocked(Blocked.NOT_A_PERSON, propose(digest, "system"));
        propose(digest, "person-1");
        assertBlocked(Blocked.NOT_A_PERSON, agree(digest, "Admin"));

        assertEquals(OnePack.set().digest(), inForce());
    }

    @Test
    void nobody_agrees_to_what_nobody_proposed_or_to_what_does_not_lie_there() {
        String digest = seen(OnePack.looser()).digest();
        assertBlocked(Blocked.OTHER_PROPOSAL, agree(digest, "person-1"));
        assertBlocked(Blocked.OTHER_RULEBOOK, agree("ab".repeat(32), "person-1"));
        assertBlocked(Blocked.OTHER_RULEBOOK, propose("ab".repeat(32), "person-1"));

        propose(digest, "person-1");
        seen(OnePack.stricter()); // somebody has put another set there
        assertBlocked(Blocked.OTHER_RULEBOOK, agree(digest, "person-2"));
    }

    @Test
    void whoever_may_not_is_recorded() {
        assertBlocked(
                Blocked.NOT_PERMITTED,
                event(desk.refuse(OnePack.looser().digest(), "person-1")
                        .toCompletableFuture()
                        .join()));
    }

    @Test
    void what_recorded_requests_would_meet_is_told_with_a_proposal() {
        work.close();
        work = WorkingGate.open(temporary.resolve("stricter"), clock, OnePack.stricter());
        watch = new PolicyWatch(work.gate);
        desk = new RulebookDesk(work.gate, watch);
        work.referred();
        work.referred();
        clock.forward(Duration.ofDays(1));
        String digest = seen(OnePack.set()).digest();

        Event.RulebookProposed proposed = assertInstanceOf(Event.RulebookProposed.class, propose(digest, "person-1"));

        PastRequests recorded = proposed.recorded().orElseThrow();
        assertTrue(recorded.all());
        assertEquals(
                List.of(new Tally.Row(new Fate(Kind.RELEASED, 3), new Fate(Kind.RELEASED, 2), 2, 0)), recorded.rows());
        assertInstanceOf(Event.RulebookActivated.class, agree(digest, "person-2"));
    }

    @Test
    void nobody_agrees_to_what_opens_something_for_requests_from_where_they_are() {
        String digest = seen(OnePack.looser()).digest();
        propose(digest, "person-1");
        Person there = new Person("person-2", Set.of(Jurisdiction.of("IS"), Jurisdiction.of("US")));

        assertBlocked(
                Blocked.LOCATED_THERE,
                event(desk.agree(digest, there).toCompletableFuture().join()));
        assertEquals(OnePack.set().digest(), inForce());

        Person elsewhere = new Person("person-2", Set.of(Jurisdiction.of("IS")));
        assertInstanceOf(
                Event.RulebookActivated.class,
                event(desk.agree(digest, elsewhere).toCompletableFuture().join()));
    }

    @Test
    void a_proposal_stands_for_thirty_days() {
        String digest = seen(OnePack.looser()).digest();
        propose(digest, "person-1");
        clock.forward(RulebookBook.STANDS.plus(Duration.ofSeconds(1)));
        assertBlocked(Blocked.OTHER_PROPOSAL, agree(digest, "person-2"));
    }

    @Test
    void a_hold_in_between_ends_a_proposal_and_it_is_compared_again() {
        String digest = seen(OnePack.looser()).digest();
        propose(digest, "person-1");
        Hold hold = work.gate.ledger().standing().holds().holds().get(0);
        Hold stricter = new Hold(
                hold.id(),
                hold.version() + 1,
                hold.title(),
                hold.mode(),
                hold.applies(),
                hold.from(),
                hold.reviewBy(),
                hold.intake(),
                hold.preserve(),
                hold.exit(),
                List.of(),
                hold.phases(),
                java.util.Map.of("en", "Without exceptions."));
        new HoldDesk(work.gate)
                .tighten(stricter, "person-3", "a reason")
                .toCompletableFuture()
                .join();

        assertBlocked(Blocked.OTHER_PROPOSAL, agree(digest, "person-2"));
        assertBlocked(Blocked.OTHER_RULEBOOK, propose(digest, "person-1"));
        seen(OnePack.looser());
        assertInstanceOf(Event.RulebookProposed.class, propose(digest, "person-1"));
        assertInstanceOf(Event.RulebookActivated.class, agree(digest, "person-2"));
    }

    @Test
    void what_breaks_a_statement_is_no_next_rulebook() {
        PolicyWatch.Seen seen = watch.look(OnePack.forbidden());

        assertEquals(Optional.empty(), seen.next());
        assertTrue(seen.problems().get(0).sentence().startsWith("statement content-needs-a-court does not hold"));
        assertBlocked(Blocked.OTHER_RULEBOOK, propose(OnePack.forbidden().digest(), "person-1"));
        assertEquals(OnePack.set().digest(), inForce());
    }

    @Test
    void going_back_takes_two() {
        desk.activate(seen(OnePack.alike("Another title")))
                .toCompletableFuture()
                .join();
        NextRulebook back = seen(OnePack.set());

        assertFalse(back.change().opens());
        assertTrue(desk.takesTwo(back));
        propose(back.digest(), "person-1");
        assertInstanceOf(Event.RulebookActivated.class, agree(back.digest(), "person-2"));
    }

    @Test
    void after_a_restart_the_one_in_force_is_read_from_beside_the_log() {
        desk.activate(seen(OnePack.stricter())).toCompletableFuture().join();
        work.close();
        open(); // with the files of the first one

        assertThrows(StaleRulebookException.class, watch::inForce);
        assertStale(work);
        watch.follow();
        assertEquals(OnePack.stricter().digest(), watch.inForce().digest());
        work.referred();
    }

    @Test
    void of_three_replicas_one_puts_it_into_force_and_the_others_follow() throws IOException {
        Duration lease = Duration.ofSeconds(5);
        Path first = temporary.resolve("replica-0");
        Path second = temporary.resolve("replica-1");
        try (Postgres pool = Postgres.create();
                WorkingGate one = WorkingGate.replica(first, pool.shared(lease), OnePack.set())) {
            Files.createDirectories(second);
            copyKeys(first, second);
            try (Postgres other = Postgres.existing(pool.address());
                    WorkingGate two = WorkingGate.replica(second, other.shared(lease), OnePack.set())) {
                PolicyWatch watchOfOne = new PolicyWatch(one.gate);
                PolicyWatch watchOfTwo = new PolicyWatch(two.gate);
                NextRulebook seenByOne =
                        watchOfOne.look(OnePack.stricter()).next().orElseThrow();
                NextRulebook seenByTwo =
                        watchOfTwo.look(OnePack.stricter()).next().orElseThrow();

                new RulebookDesk(one.gate, watchOfOne)
                        .activate(seenByOne)
                        .toCompletableFuture()
                        .join();
                // It had the same set at hand: it decides with it at once.
                assertEquals(OnePack.stricter().digest(), decidedUnder(two));
                CompletionException late = assertThrows(
                        CompletionException.class,
                        () -> new RulebookDesk(two.gate, watchOfTwo)
                                .activate(seenByTwo)
                                .toCompletableFuture()
                                .join());
                assertInstanceOf(RulebookDesk.NotAlone.class, late.getCause());

                // And of a set that it has never seen it learns from the database.
                NextRulebook next = watchOfOne
                        .look(OnePack.with("approvals: 2", "approvals: 4"))
                        .next()
                        .orElseThrow();
                new RulebookDesk(one.gate, watchOfOne)
                        .activate(next)
                        .toCompletableFuture()
                        .join();
                assertStale(two);
                long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (!two.gate.ledger().standing().rulebook().equals(next.digest()) && System.nanoTime() < end) {
                    Thread.onSpinWait(); // until it has looked at what others have appended
                }
                watchOfTwo.follow();
                assertEquals(next.digest(), decidedUnder(two));
                check(two);
            }
        }
    }

    /** It finds out before it is the writer's turn or then, depending on how fresh its view is. */
    private static void assertStale(WorkingGate gate) {
        RuntimeException refused = assertThrows(RuntimeException.class, gate::referred);
        assertInstanceOf(
                StaleRulebookException.class, refused instanceof CompletionException ? refused.getCause() : refused);
    }

    private static String decidedUnder(WorkingGate gate) {
        String id = gate.referred();
        return gate.gate.find(id).orElseThrow().decided().entry().envelope().rulebook();
    }

    private static void copyKeys(Path from, Path to) throws IOException {
        try (var files = Files.walk(from.resolve("keys"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void what_was_changed_in_the_database_is_not_decided_with() {
        byte[] other = io.holdfast.audit.RulebookArchive.write(OnePack.looser());
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> PolicyWatch.kept(Optional.of(other), OnePack.set().digest()));
        assertTrue(refused.getMessage().contains("cannot be read from the database"), refused::getMessage);
        assertThrows(
                IllegalStateException.class,
                () -> PolicyWatch.kept(Optional.empty(), Hash.ofNothing().hex()));
    }
}
