package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static io.holdfast.gate.QueueFromCases.ALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.ClockName;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for people, as whoever looks at it sees it. A search warrant leaves 14 days to object. */
class ReviewQueueTest {

    private static final Person FIRST = Person.of("reviewer-1");
    private static final Person SECOND = Person.of("reviewer-2");
    private static final Duration TIME = Duration.ofDays(14);

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private WorkingGate work;
    private ReviewQueue queue;

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        queue = new ReviewQueue(work.gate);
    }

    @AfterEach
    void close() {
        work.close();
    }

    private List<ReviewQueue.Item> items(Person asker, ReviewQueue.Filter filter) {
        return queue.page(asker, filter, Optional.empty(), 200).orElseThrow().items();
    }

    private ReviewQueue.Item only(Person asker) {
        List<ReviewQueue.Item> items = items(asker, ALL);
        assertEquals(1, items.size());
        return items.get(0);
    }

    private List<String> requests() {
        return items(FIRST, ALL).stream().map(ReviewQueueTest::request).toList();
    }

    private static String request(ReviewQueue.Item item) {
        return item.decided().entry().envelope().subject();
    }

    private Hash version(String id) {
        return work.gate.find(id).orElseThrow().version();
    }

    @Test
    void what_was_referred_waits_until_people_have_released_refused_or_returned_it() {
        String released = work.referred();
        String refused = work.referred();
        String left = work.referred();
        assertEquals(List.of(released, refused, left), requests());

        work.approve(released, "reviewer-1");
        assertEquals(List.of(released, refused, left), requests());
        work.approve(released, "reviewer-2");
        work.review(refused, new Review.Refused(List.of(Reason.CONFLICT_OF_LAWS)), "reviewer-1");

        assertEquals(List.of(left), requests());
    }

    @Test
    void who_asks_is_told_whether_they_have_approved_exactly_this_version() {
        String id = work.referred();
        assertFalse(only(FIRST).isApprovedByAsker());

        work.approve(id, "reviewer-1");

        assertEquals(1, only(FIRST).approvals());
        assertTrue(only(FIRST).isApprovedByAsker());
        assertFalse(only(SECOND).isApprovedByAsker());

        work.review(id, new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER)), "reviewer-3");

        assertEquals(0, only(FIRST).approvals());
        assertFalse(only(FIRST).isApprovedByAsker());
        assertEquals(version(id), only(FIRST).decided().entry().leaf().hash());
        assertEquals(Set.of(DataCategory.SUBSCRIBER), only(FIRST).decision().granted());
    }

    @Test
    void who_asks_is_told_whether_where_they_are_keeps_them_from_approving() {
        work.referred();
        assertTrue(only(new Person("reviewer-1", Set.of(WorkingGate.HK))).isAskerLocatedThere());
        assertTrue(only(new Person("reviewer-1", Set.of(WorkingGate.US))).isAskerLocatedThere());
        assertFalse(
                only(new Person("reviewer-1", Set.of(Jurisdiction.of("DE")))).isAskerLocatedThere());
        assertFalse(only(FIRST).isAskerLocatedThere());
    }

    @Test
    void a_hold_takes_it_out_with_its_next_decision_and_a_lift_brings_it_back_as_new() {
        HoldPeople people = new HoldPeople(work, clock);
        String id = work.referred();
        Instant receipt = clock.instant();
        people.place(hold("users-hk", 1, "HK"));
        work.approve(id, "reviewer-1");
        work.approve(id, "reviewer-2");
        assertEquals(List.of(), requests());
        clock.forward(Duration.ofDays(3));

        people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);
        new HeldRequests(work.gate)
                .decideAgain(people.desk().book().lastEffect().orElseThrow());

        assertEquals(receipt.plus(Duration.ofDays(3)), only(FIRST).place().since());
        assertEquals(Optional.of(receipt.plus(TIME)), only(FIRST).place().due());
        assertEquals(0, only(FIRST).approvals());
    }

    @Test
    void what_is_due_first_comes_first_and_what_is_over_can_be_asked_for() {
        String first = work.referred();
        clock.forward(Duration.ofDays(1));
        String second = work.referred();
        clock.forward(Duration.ofDays(13).minusSeconds(1));
        ReviewQueue.Filter overdue = new ReviewQueue.Filter(Optional.empty(), true);
        assertEquals(List.of(first, second), requests());
        assertEquals(List.of(), items(FIRST, overdue));

        clock.forward(Duration.ofSeconds(1));
        new ClockDesk(work.gate, Warning.AT_A_QUARTER).look();

        List<ReviewQueue.Item> over = items(FIRST, overdue);
        assertEquals(List.of(first), over.stream().map(ReviewQueueTest::request).toList());
        assertEquals(ClockName.OBJECT, over.get(0).clocks().get(0).name());
        assertEquals(CaseClock.State.BREACHED, over.get(0).clocks().get(0).told());
        assertEquals(
                CaseClock.State.WARNED, items(FIRST, ALL).get(1).clocks().get(0).told());
    }

    @Test
    void only_what_comes_from_one_jurisdiction_can_be_asked_for() {
        String id = work.referred();
        assertEquals(
                List.of(id),
                items(FIRST, new ReviewQueue.Filter(Optional.of(WorkingGate.US), false)).stream()
                        .map(ReviewQueueTest::request)
                        .toList());
        assertEquals(List.of(), items(FIRST, new ReviewQueue.Filter(Optional.of(WorkingGate.HK), false)));
    }

    @Test
    void pages_hold_everything_once_though_some_is_decided_between_two_of_them() {
        List<String> all = List.of(work.referred(), work.referred(), work.referred(), work.referred(), work.referred());
        ReviewQueue.Page first = queue.page(FIRST, ALL, Optional.empty(), 2).orElseThrow();
        assertEquals(
                all.subList(0, 2),
                first.items().stream().map(ReviewQueueTest::request).toList());
        assertTrue(first.hasMore());
        work.approve(all.get(0), "reviewer-1");
        work.approve(all.get(1), "reviewer-1");
        work.approve(all.get(1), "reviewer-2"); // the one at which the page ended is gone

        ReviewQueue.Page second = queue.page(
                        FIRST, ALL, Optional.of(first.items().get(1).place()), 3)
                .orElseThrow();

        assertEquals(
                all.subList(2, 5),
                second.items().stream().map(ReviewQueueTest::request).toList());
        assertFalse(second.hasMore());
        assertEquals(4, second.waiting());
        assertEquals(work.whole().checkpoint().size(), second.size());
    }

    @Test
    void a_restart_changes_nothing() {
        work.referred();
        String id = work.referred();
        work.approve(id, "reviewer-1");
        work.review(id, new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER)), "reviewer-2");
        work.approve(id, "reviewer-1");
        List<QueueFromCases.Line> before = QueueFromCases.pages(queue, 200);
        close();
        open();

        assertEquals(before, QueueFromCases.pages(queue, 200));
        assertEquals(2, before.size());
    }

    @Test
    void whoever_asks_while_the_log_is_still_being_read_is_told_so() throws InterruptedException {
        ReviewQueue impatient = new ReviewQueue(work.gate, Duration.ofMillis(20));
        work.referred();
        CountDownLatch isReading = new CountDownLatch(1);
        CountDownLatch isTold = new CountDownLatch(1);
        Thread reader = new Thread(() -> impatient.alone(() -> {
            isReading.countDown();
            try {
                isTold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        reader.start();
        isReading.await();

        assertEquals(Optional.empty(), impatient.page(FIRST, ALL, Optional.empty(), 1));

        isTold.countDown();
        reader.join();
        assertEquals(
                1,
                impatient
                        .page(FIRST, ALL, Optional.empty(), 1)
                        .orElseThrow()
                        .items()
                        .size());
    }
}
