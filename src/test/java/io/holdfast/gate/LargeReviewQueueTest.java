package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Receipt;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the queue costs. {@code -Dholdfast.queue.decided=95000 -Dholdfast.queue.waiting=5000} makes the log as large as that. The
 * figures are printed; of a small log the bytes are noise.
 */
class LargeReviewQueueTest {

    private static final int DECIDED = Integer.getInteger("holdfast.queue.decided", 400);
    private static final int WAITING = Integer.getInteger("holdfast.queue.waiting", 300);
    private static final int AT_ONCE = 500;
    private static final int CALLS = 20;

    private static final Person ASKER = Person.of("reviewer-1");
    private static final Authority STRANGER = new Authority(
            "stranger",
            "Nobody who is enrolled",
            WorkingGate.US,
            AuthorityLevel.JUDGE,
            Authority.Enrolment.OUT_OF_BAND,
            false,
            Set.of(),
            Set.of(),
            Optional.empty());

    @TempDir
    Path temporary;

    private final List<CompletableFuture<Receipt>> sent = new ArrayList<>();

    @Test
    void a_long_log_with_many_that_wait_is_read_once_and_then_only_what_is_new() {
        try (WorkingGate work = WorkingGate.open(temporary.resolve("data"), Clock.systemUTC())) {
            fill(work);
            long before = usedBytes();
            ReviewQueue queue = new ReviewQueue(work.gate);
            long start = System.nanoTime();
            queue.catchUp();
            double first = milliseconds(start);
            long bytes = usedBytes() - before;
            String one = work.referred();
            start = System.nanoTime();
            queue.catchUp();
            double next = milliseconds(start);
            double idle = each(() -> page(queue, QueueFromCases.ALL, Optional.empty(), 1));
            double fifty = each(() -> page(queue, QueueFromCases.ALL, Optional.empty(), 50));
            double most = each(() -> page(queue, QueueFromCases.ALL, Optional.empty(), 200));
            double nothing = each(() ->
                    page(queue, new ReviewQueue.Filter(Optional.of(WorkingGate.HK), false), Optional.empty(), 200));
            page(queue, QueueFromCases.ALL, Optional.empty(), 50)
                    .items()
                    .forEach(item ->
                            work.approve(item.decided().entry().envelope().subject(), "reviewer-1"));
            double approved = each(() -> page(queue, QueueFromCases.ALL, Optional.empty(), 50));

            System.out.printf(
                    "LargeReviewQueueTest: %d decided, %d wait; the whole log %.0f ms, one new entry %.2f ms; %d bytes for"
                            + " each that waits; a page of 1 %.2f ms, of 50 %.2f ms, of 200 %.2f ms, of 50 that the asker has"
                            + " approved %.2f ms, of none that match %.2f ms%n",
                    DECIDED, WAITING, first, next, bytes / WAITING, idle, fifty, most, approved, nothing);
            ReviewQueue.Page page = page(queue, QueueFromCases.ALL, Optional.empty(), 50);
            assertEquals(WAITING + 1, page.waiting());
            assertTrue(page.items().stream().allMatch(ReviewQueue.Item::isApprovedByAsker));
            List<QueueFromCases.Line> all = QueueFromCases.pages(queue, 200);
            assertEquals(WAITING + 1, all.size());
            assertEquals(one, all.get(WAITING).request());
            assertEquals(QueueFromCases.pages(new ReviewQueue(work.gate), 200), all);
        }
    }

    /** Those that wait are spread over all of it. */
    private void fill(WorkingGate work) {
        int all = DECIDED + WAITING;
        long waiting = 0;
        for (int i = 0; i < all; i++) {
            boolean isWaiting = (long) (i + 1) * WAITING / all > waiting;
            waiting += isWaiting ? 1 : 0;
            sent.add(work.gate
                    .submit(
                            work.warrant(Set.of(WorkingGate.HK), "account-" + i),
                            isWaiting ? WorkingGate.AGENCY : STRANGER,
                            Optional.empty())
                    .toCompletableFuture());
            if (sent.size() == AT_ONCE) {
                settle(work);
            }
        }
        settle(work);
    }

    private void settle(WorkingGate work) {
        sent.forEach(CompletableFuture::join);
        if (!sent.isEmpty()) {
            String last =
                    sent.get(sent.size() - 1).join().stored().entry().envelope().subject();
            assertTrue(Set.of(Outcome.REFERRED, Outcome.REFUSED)
                    .contains(work.gate.find(last).orElseThrow().decision().outcome()));
        }
        sent.clear();
    }

    private static ReviewQueue.Page page(
            ReviewQueue queue, ReviewQueue.Filter filter, Optional<ReviewPlace> after, int most) {
        return queue.page(ASKER, filter, after, most).orElseThrow();
    }

    private static double each(Supplier<ReviewQueue.Page> call) {
        call.get();
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.get();
        }
        return milliseconds(start) / CALLS;
    }

    private static double milliseconds(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
