package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.OPERATOR;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Event;
import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Warning;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Duty;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Missing;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.NoticeGround;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Review;
import io.holdfast.legal.Stop;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random people do random things at the real desks, on a real log. Whatever they do, nothing is read or handed over without two
 * people who approved exactly what stands, with papers that hold, and no hold. {@code -Dholdfast.walk.steps} makes it longer,
 * {@code -Dholdfast.walk.seed} repeats one.
 */
class CaseWalkTest {

    private static final List<String> PEOPLE = List.of("reviewer-1", "reviewer-2", "reviewer-3");

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Map<CaseState, Integer> reached = new EnumMap<>(CaseState.class);
    private WorkingGate work;
    private HoldPeople people;
    private HeldRequests held;
    private ReviewQueue queue;
    private int waited;

    private void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        people = new HoldPeople(work, clock);
        held = new HeldRequests(work.gate);
        queue = new ReviewQueue(work.gate);
    }

    @Test
    void nothing_is_read_or_handed_over_without_two_people_on_exactly_the_last_version_and_under_no_hold() {
        long seed = Long.getLong("holdfast.walk.seed", System.nanoTime());
        int steps = Integer.getInteger("holdfast.walk.steps", 250);
        System.out.println("CaseWalkTest, seed " + seed);
        Random random = new Random(seed);
        List<String> cases = new ArrayList<>();
        open();
        for (int step = 0; step < steps; step++) {
            if (cases.isEmpty() || random.nextInt(6) == 0) {
                cases.add(random.nextBoolean() ? work.referred() : work.referredWithoutOrder());
            }
            // The young ones, so that some come to their end.
            String id = cases.get(cases.size() - 1 - random.nextInt(Math.min(3, cases.size())));
            act(random, id);
            CaseState state = work.gate.find(id).orElseThrow().state();
            reached.merge(state, 1, Integer::sum);
            String where = "seed " + seed + ", step " + step;
            check(id, where);
            if (step % 5 == 0 || step == steps - 1) {
                checkQueue(cases, 1 + random.nextInt(9), where);
            } else {
                queue.catchUp();
            }
        }
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements(), "seed " + seed);
        work.close();
        System.out.println("CaseWalkTest reached " + reached + ", at most " + waited + " waited at once");
    }

    private void act(Random random, String id) {
        Hash version = work.gate.find(id).orElseThrow().version();
        switch (random.nextInt(29)) {
            case 28 -> tell(random, id);
            case 0, 1, 2, 3, 4, 5, 6, 7 -> work.approve(id, version, PEOPLE.get(random.nextInt(3)));
            case 21 -> work.approve(id, version, PEOPLE.get(random.nextInt(3)), Set.of());
            case 8 -> work.approve(id, old(random, id), PEOPLE.get(random.nextInt(3)));
            case 9, 10, 11 -> work.deliver(id);
            case 12 -> { // the same again
                work.deliver(id);
                work.deliver(id);
            }
            case 13, 14 -> changeHold(random);
            case 15, 16 -> shred(id, PEOPLE.get(random.nextInt(3)));
            case 17 -> {
                if (random.nextInt(6) == 0) {
                    clock.forward(Duration.ofDays(random.nextInt(60))); // instruments expire
                }
            }
            case 23, 24, 25 ->
                new NoticeDesk(work.gate)
                        .give(id, NoticeMeans.EMAIL, clock.instant(), OPERATOR)
                        .orElseThrow()
                        .toCompletableFuture()
                        .join();
            case 26 -> {
                Instant end = clock.instant().plus(Duration.ofDays(1 + random.nextInt(2)));
                NoticeDeferral order =
                        new NoticeDeferral(NoticeGround.ORDER, Optional.of(end), end, Optional.of(Hash.ofNothing()));
                new NoticeDesk(work.gate)
                        .defer(id, order, OPERATOR)
                        .orElseThrow()
                        .toCompletableFuture()
                        .join();
                new NoticeWatch(work.gate).look();
            }
            case 19 -> work.review(id, version, new Review.Narrowed(Set.of(DataCategory.SUBSCRIBER)), "reviewer-1");
            case 20 -> {
                if (random.nextInt(3) == 0) {
                    work.review(id, version, stop(random), PEOPLE.get(random.nextInt(3)));
                }
            }
            case 18 -> {
                if (random.nextInt(8) == 0) {
                    work.close();
                    open();
                }
            }
            case 22 -> new ClockDesk(work.gate, Warning.AT_A_QUARTER).look();
            default -> people.desk().book().lastEffect().ifPresent(held::decideAgain);
        }
    }

    /** What followed the log from step to step says what the cases say, and what reads the log from its beginning. */
    private void checkQueue(List<String> cases, int pageSize, String where) {
        List<QueueFromCases.Line> live = QueueFromCases.pages(queue, pageSize);
        assertEquals(QueueFromCases.cases(work.gate, cases), live, where);
        assertEquals(QueueFromCases.pages(new ReviewQueue(work.gate), 200), live, where);
        waited = Math.max(waited, live.size());
    }

    /** More often that it goes on, or nothing would be handed over any more. */
    private void tell(Random random, String id) {
        ClockStep step = random.nextInt(3) == 0
                ? new ClockStep.Stopped(Stop.OBJECTION)
                : new ClockStep.Resumed(Stop.OBJECTION, Resumption.WITHDRAWN);
        new ClockStepDesk(work.gate)
                .take(id, step, Optional.empty(), new Actor("reviewer-1", Set.of(Role.REVIEWER)))
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    /** Placed, then opened for warrants, then shut again, or lifted. */
    private void changeHold(Random random) {
        Optional<Hold> standing = work.log.ledger().standing().hold("walk");
        if (standing.isEmpty()) {
            people.place(hold("walk", 1, "HK"));
            return;
        }
        int version = standing.get().version();
        boolean isOpen = !standing.get().exceptions().isEmpty();
        if (random.nextBoolean()) {
            people.approve(people.proposed(people.soon(lift("walk", version))), APPROVER);
        } else if (isOpen) {
            new HoldDesk(work.gate, PeopleRule.TWO)
                    .tighten(hold("walk", version + 1, "HK"), "operator-1", HoldPeople.REASON)
                    .toCompletableFuture()
                    .join();
        } else {
            Hold next = hold("walk", version + 1, "HK", "warrants");
            people.approve(
                    people.proposed(new WantedChange(
                            List.of(HoldPeople.replace(next)),
                            List.of(next),
                            clock.instant().plus(Duration.ofDays(1)),
                            Optional.empty(),
                            clock.instant().plus(Duration.ofDays(1)))),
                    APPROVER);
        }
    }

    private static Review stop(Random random) {
        return random.nextBoolean()
                ? new Review.Refused(List.of(Reason.CONFLICT_OF_LAWS))
                : new Review.Returned(List.of(new Missing("TRANSLATION")));
    }

    private Hash old(Random random, String id) {
        List<Stored> entries = work.gate.find(id).orElseThrow().entries();
        return entries.get(random.nextInt(entries.size())).entry().leaf().hash();
    }

    private void shred(String id, String person) {
        new ErasureDesk(work.gate)
                .shred(id, ErasureReason.RETENTION_ENDED, Optional.empty(), Person.of(person))
                .orElseThrow()
                .toCompletableFuture()
                .join();
    }

    /** Told from the entries alone, without the code that is under test. */
    private void check(String id, String where) {
        Event.RequestDecided standing = null;
        Set<String> approvers = new HashSet<>();
        Set<String> released = Set.of();
        Hash version = Hash.ofNothing();
        boolean isObjectedTo = false;
        boolean isTold = false;
        Instant notBefore = Instant.MIN;
        Set<DataCategory> most = EnumSet.allOf(DataCategory.class);
        for (Stored stored : work.gate.find(id).orElseThrow().entries()) {
            Event event = stored.entry().event();
            if (event instanceof Event.RequestDecided decided) {
                Outcome outcome = decided.decision().outcome();
                if (outcome == Outcome.RELEASED && !isReleased(standing)) {
                    released = Set.copyOf(approvers);
                }
                standing = decided;
                version = stored.entry().leaf().hash();
                approvers.clear();
            } else if (event instanceof Event.ApprovalGiven given) {
                assertEquals(version, given.version(), where);
                assertTrue(given.confirmed().contains(Duty.CHECK_CONFLICT_OF_LAWS), where);
                approvers.add(given.by());
            } else if (event instanceof Event.RequestReviewed reviewed) {
                assertEquals(version, reviewed.version(), where);
                most.retainAll(reviewed.review() instanceof Review.Narrowed narrowed ? narrowed.granted() : Set.of());
            } else if (event instanceof Event.ClockStepped stepped) {
                isObjectedTo = stepped.step() instanceof ClockStep.Stopped;
            } else if (event instanceof NoticeEvent.Given) {
                isTold = true;
            } else if (event instanceof NoticeEvent.Deferred deferred) {
                notBefore = deferred.deferral().until().orElseThrow();
            } else if (event instanceof Event.Accessed || event instanceof Event.Delivered) {
                assertTrue(isReleased(standing), where);
                assertTrue(!isObjectedTo, where);
                assertTrue(released.size() >= 2, where);
                assertTrue(
                        isTold
                                || standing.facts().nonDisclosure() == NonDisclosure.INDEFINITE
                                        && notBefore.equals(Instant.MIN)
                                || notBefore.isAfter(stored.entry().envelope().at()),
                        where);
                assertTrue(most.containsAll(standing.decision().granted()), where);
                assertEquals(Assurance.VERIFIED, standing.facts().sender(), where);
                assertEquals(Assurance.VERIFIED, standing.facts().document(), where);
                assertEquals(
                        stored.entry().envelope().epoch(),
                        standing.decision().basis().epoch(),
                        where);
            }
        }
    }

    private static boolean isReleased(Event.RequestDecided decided) {
        return decided != null && decided.decision().outcome() == Outcome.RELEASED;
    }
}
