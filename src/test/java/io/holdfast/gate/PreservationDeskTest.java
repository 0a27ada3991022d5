package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.APPROVER;
import static io.holdfast.gate.HoldPeople.hold;
import static io.holdfast.gate.HoldPeople.lift;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.CopyStep;
import io.holdfast.audit.Disagreement;
import io.holdfast.audit.Draft;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.SettableClock;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Request;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order to keep data under 18 USC 2703(f): 90 days, and once 90 more, on a real log. */
class PreservationDeskTest {

    private static final Person AGENT = Person.of("agent-1");
    private static final Duration NINETY = Duration.ofDays(90);

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Shelf shelf = new Shelf();
    private WorkingGate work;
    private List<String> lies = List.of();
    private OpenCopies copies;
    private PreservationDesk desk;

    /** A store that has every account but one, and does what it is told while it is up. */
    private static final class Shelf implements PreservingStore {
        final Set<String> kept = new TreeSet<>();
        final List<Optional<Instant>> ends = new ArrayList<>();
        boolean isDown;
        Runnable meanwhile = () -> {};

        @Override
        public boolean preserve(
                String copy,
                Request.Target target,
                Set<DataCategory> categories,
                Instant from,
                Instant to,
                Optional<Instant> until) {
            check();
            ends.add(until);
            kept.add(copy);
            meanwhile.run();
            return true;
        }

        @Override
        public void drop(String copy, Request.Target target) {
            check();
            kept.remove(copy);
        }

        private void check() {
            if (isDown) {
                throw new UserDataStore.UnavailableException("down", null);
            }
        }
    }

    @BeforeEach
    void open() {
        work = WorkingGate.open(temporary.resolve("data"), clock);
        desk = new PreservationDesk(work.gate);
        copies = new OpenCopies(new CopyDesk(work.gate, Optional.of(shelf)));
    }

    @AfterEach
    void the_log_replays() {
        work.whole();
        assertEquals(
                lies,
                Replay.run(work.source(), Progress.NONE).disagreements().stream()
                        .map(Disagreement::should)
                        .toList());
        work.close();
    }

    private void restart() {
        work.close();
        open();
    }

    private CaseState state(String id) {
        return work.gate.find(id).orElseThrow().state();
    }

    private List<EntryKind> kinds(String id) {
        return work.whole().kindsOn(id);
    }

    private static Event event(Receipt receipt) {
        return receipt.stored().entry().event();
    }

    private static void assertBlocked(Blocked why, Receipt receipt) {
        assertEquals(
                why,
                assertInstanceOf(Event.PreservationBlocked.class, event(receipt))
                        .blocked());
    }

    private Instant until(String id) {
        return KeptCopy.of(work.gate.find(id).orElseThrow().entries()).until().orElseThrow();
    }

    @Test
    void the_store_is_told_once_the_log_says_so_and_nothing_is_handed_over() {
        String id = work.letter();
        Instant receipt = clock.instant();
        shelf.meanwhile = () -> assertEquals(CaseState.ACCESSED, state(id));
        assertEquals(2, copies.look());
        assertEquals(0, copies.look());
        assertEquals(Set.of(id), shelf.kept);
        assertEquals(List.of(Optional.of(receipt.plus(NINETY))), shelf.ends);
        assertEquals(List.of(EntryKind.REQUEST_DECIDED, EntryKind.ACCESSED, EntryKind.PRESERVED), kinds(id));
        assertEquals(receipt.plus(NINETY), until(id));
        assertInstanceOf(Delivery.Result.NothingToDeliver.class, work.deliver(id));
    }

    @Test
    void its_time_ends_it_and_the_store_drops_it() {
        String id = work.letter();
        copies.look();
        clock.forward(NINETY.minusSeconds(1));
        assertEquals(0, copies.look());
        clock.forward(Duration.ofSeconds(1));
        assertEquals(1, copies.look());
        assertEquals(CaseState.OVER, state(id));
        assertEquals(1, copies.look());
        assertEquals(CaseState.DROPPED, state(id));
        assertEquals(Set.of(), shelf.kept);
        assertEquals(0, copies.look());
    }

    @Test
    void it_is_extended_once_from_the_first_end_and_passes_the_same_gate() {
        String id = work.letter();
        Instant receipt = clock.instant();
        copies.look();
        clock.forward(Duration.ofDays(80));
        HoldPeople people = new HoldPeople(work, clock);
        people.place(hold("users-hk", 1, "HK"));
        assertBlocked(Blocked.NOT_RELEASED, desk.extend(id, AGENT));
        people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);

        assertInstanceOf(Event.CopyStepped.class, event(desk.extend(id, AGENT)));

        assertEquals(receipt.plus(NINETY).plus(NINETY), until(id));
        assertBlocked(Blocked.ALREADY_SAID, desk.extend(id, AGENT));
        copies.look();
        assertEquals(Optional.of(receipt.plus(NINETY).plus(NINETY)), shelf.ends.get(shelf.ends.size() - 1));
        clock.forward(Duration.ofDays(100).minusSeconds(1));
        assertEquals(0, copies.look());
        clock.forward(Duration.ofSeconds(1));
        copies.look();
        copies.look();
        assertEquals(Set.of(), shelf.kept);
    }

    @Test
    void what_is_over_is_not_extended() {
        String id = work.letter();
        copies.look();
        clock.forward(NINETY);
        assertBlocked(Blocked.TOO_LATE, desk.extend(id, AGENT));
        copies.look();
        assertBlocked(Blocked.NO_SUCH_COPY, desk.extend(id, AGENT));
    }

    @Test
    void what_a_hold_covers_is_not_carried_out() {
        new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));
        String id = work.letter();
        assertEquals(0, copies.look());
        assertEquals(CaseState.HELD, state(id));
        assertEquals(Set.of(), shelf.kept);
    }

    @Test
    void a_hold_that_lands_while_the_store_is_told_leaves_no_copy() {
        String id = work.letter();
        shelf.meanwhile = () -> new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));
        copies.look();
        assertEquals(CaseState.HELD, state(id));
        assertEquals(Set.of(), shelf.kept);
    }

    @Test
    void a_hold_that_says_so_keeps_what_is_there_beyond_its_time() {
        String id = work.letter();
        copies.look();
        HoldPeople people = new HoldPeople(work, clock);
        people.place(hold("users-hk", 1, "HK"));
        assertTrue(work.log.ledger().standing().hold("users-hk").orElseThrow().preserve());
        clock.forward(NINETY);
        copies.look();
        assertEquals(CaseState.PRESERVED, state(id));
        people.approve(people.proposed(people.soon(lift("users-hk", 1))), APPROVER);
        clock.forward(Duration.ofMinutes(2));
        copies.look();
        assertEquals(CaseState.OVER, state(id));
    }

    @Test
    void what_cannot_be_confirmed_is_recorded_as_failed_and_tried_again() {
        String id = work.letter();
        shelf.isDown = true;
        copies.look();
        assertEquals(CaseState.RELEASED, state(id));
        assertEquals(0, copies.look());
        shelf.isDown = false;
        clock.forward(Duration.ofMinutes(2));
        copies.look();
        assertEquals(CaseState.PRESERVED, state(id));
        assertEquals(
                List.of(
                        EntryKind.REQUEST_DECIDED,
                        EntryKind.ACCESSED,
                        EntryKind.PRESERVATION_FAILED,
                        EntryKind.ACCESSED,
                        EntryKind.PRESERVED),
                kinds(id));
    }

    @Test
    void a_restart_forgets_nothing_and_the_drop_waits_for_the_store() {
        String id = work.letter();
        restart();
        copies.look();
        clock.forward(NINETY);
        restart();
        copies.look();
        assertEquals(CaseState.OVER, state(id));
        shelf.isDown = true;
        copies.look();
        assertEquals(CaseState.OVER, state(id));
        restart();
        shelf.isDown = false;
        copies.look();
        assertEquals(CaseState.DROPPED, state(id));
    }

    @Test
    void what_was_produced_is_kept_no_more() {
        String id = work.letter();
        copies.look();
        String production = work.referred();
        assertInstanceOf(Event.CopyStepped.class, event(desk.link(id, Optional.of(production), AGENT)));
        assertBlocked(Blocked.ALREADY_SAID, desk.link(id, Optional.of(production), AGENT));
        assertEquals(0, copies.look());
        work.approve(production, "reviewer-1");
        work.approve(production, "reviewer-2");
        assertInstanceOf(Delivery.Result.Packed.class, work.deliver(production));
        copies.look();
        copies.look();
        assertEquals(CaseState.DROPPED, state(id));
        assertTrue(work.gate.find(id).orElseThrow().entries().stream()
                .anyMatch(stored -> stored.entry()
                        .event()
                        .equals(new Event.CopyStepped(new CopyStep.Ended(CopyStep.Because.PRODUCED)))));
    }

    @Test
    void a_request_that_is_not_there_is_no_production() {
        String id = work.letter();
        assertBlocked(Blocked.NO_SUCH_REQUEST, desk.link(id, Optional.empty(), AGENT));
        assertBlocked(Blocked.NO_SUCH_COPY, desk.link(id, Optional.of(work.referred()), AGENT));
        copies.look();
        assertBlocked(
                Blocked.NO_SUCH_REQUEST, desk.link(id, Optional.of("00000000-0000-7000-8000-000000000000"), AGENT));
    }

    @Test
    void the_sender_gives_it_up_and_it_can_be_shredded_only_when_it_is_gone() {
        String id = work.letter();
        copies.look();
        ErasureDesk erasures = new ErasureDesk(work.gate);
        Event tried = event(erasures.shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of("operator-1"))
                .orElseThrow()
                .toCompletableFuture()
                .join());
        assertEquals(new Event.ErasureBlocked(ErasureReason.COURT_ORDER, Blocked.IN_FLIGHT), tried);
        desk.withdraw(id, AGENT);
        assertEquals(CaseState.OVER, state(id));
        copies.look();
        assertEquals(Set.of(), shelf.kept);
        for (String person : List.of("operator-1", "operator-2")) {
            erasures.shred(id, ErasureReason.COURT_ORDER, Optional.empty(), Person.of(person))
                    .orElseThrow()
                    .toCompletableFuture()
                    .join();
        }
        assertEquals(CaseState.SHREDDED, state(id));
        assertBlocked(Blocked.SHREDDED, desk.extend(id, AGENT));
    }

    @Test
    void where_people_tell_the_store_they_say_so_and_their_names_are_sealed() {
        String id = work.letter();
        assertEquals(0, new OpenCopies(new CopyDesk(work.gate, Optional.empty())).look());
        Receipt kept = desk.confirm(id, 1, Person.of("engineer-1")).orElseThrow();
        assertEquals(EntryKind.PRESERVED, kept.stored().entry().kind());
        assertTrue(desk.confirm(id, 1, Person.of("engineer-1")).isEmpty());
        desk.withdraw(id, AGENT);
        Receipt gone = desk.confirm(id, 0, Person.of("engineer-1")).orElseThrow();
        assertEquals(EntryKind.COPY_DROPPED, gone.stored().entry().kind());
        assertEquals(CaseState.DROPPED, state(id));
    }

    @Test
    void two_replicas_that_tell_the_store_at_once_leave_one_copy_that_is_kept() {
        String id = work.letter();
        OpenCopies other = new OpenCopies(new CopyDesk(work.gate, Optional.of(shelf)));
        shelf.meanwhile = () -> {
            shelf.meanwhile = () -> {};
            other.look();
        };
        copies.look();
        assertEquals(CaseState.PRESERVED, state(id));
        assertEquals(Set.of(id), shelf.kept);
    }

    /** Whatever people do in whatever order: what the store keeps is what the log says, and never longer than the law. */
    @Test
    void random_steps_never_keep_a_copy_that_the_log_does_not_know_of() {
        long seed = Long.getLong("holdfast.copies.seed", System.nanoTime());
        System.out.println("PreservationDeskTest, seed " + seed);
        Random random = new Random(seed);
        List<String> cases = new ArrayList<>();
        HoldPeople people = new HoldPeople(work, clock);
        Instant begin = clock.instant();
        int steps = Integer.getInteger("holdfast.copies.steps", 150);
        for (int step = 0; step < steps; step++) {
            if (cases.isEmpty() || random.nextInt(8) == 0) {
                cases.add(work.letter());
            }
            String id = cases.get(random.nextInt(cases.size()));
            switch (random.nextInt(9)) {
                case 0 -> desk.extend(id, AGENT);
                case 1 -> desk.withdraw(id, AGENT);
                case 2 -> desk.link(id, Optional.of(work.referred()), AGENT);
                case 3 -> shelf.isDown = !shelf.isDown;
                case 4 -> clock.forward(Duration.ofDays(random.nextInt(20)));
                case 5 -> {
                    if (work.log.ledger().standing().hold("walk").isEmpty()) {
                        people.place(hold("walk", 1, "HK"));
                    } else {
                        people.approve(people.proposed(people.soon(lift("walk", 1))), APPROVER);
                    }
                }
                default -> look();
            }
            if (clock.instant().isAfter(begin.plus(Duration.ofDays(250)))) {
                break; // papers and pseudonyms of later are another matter
            }
        }
        shelf.isDown = false;
        work.log
                .ledger()
                .standing()
                .hold("walk")
                .ifPresent(it -> people.approve(people.proposed(people.soon(lift("walk", it.version()))), APPROVER));
        for (int i = 0; i < 6; i++) {
            clock.forward(Duration.ofHours(2));
            look();
        }
        for (String id : cases) {
            boolean isKept = state(id) == CaseState.PRESERVED;
            assertEquals(isKept, shelf.kept.contains(id), "seed " + seed + " " + id + " " + state(id));
            if (isKept) {
                assertTrue(clock.instant().isBefore(until(id)), "seed " + seed);
            }
        }
    }

    @Test
    void replay_finds_a_copy_that_is_kept_too_long_extended_under_a_hold_ended_too_early_or_handed_over() {
        String id = work.letter();
        Instant end = clock.instant().plus(NINETY);
        Set<DataCategory> categories =
                work.gate.find(id).orElseThrow().decision().granted();
        say(id, copied(categories, end));
        say(id, new Event.CopyStepped(new CopyStep.Linked("nowhere")));
        say(id, new Event.CopyStepped(new CopyStep.Ended(CopyStep.Because.PRODUCED)));
        String other = work.letter();
        say(other, new Event.Accessed(Action.PRESERVE, categories, 1));
        say(other, copied(categories, end.plusSeconds(1)));
        new HoldPeople(work, clock).place(hold("users-hk", 1, "HK"));
        say(other, new Event.CopyStepped(new CopyStep.Extended(end.plus(NINETY))));
        say(other, new Event.CopyStepped(new CopyStep.Ended(CopyStep.Because.EXPIRED)));
        say(
                other,
                new PackageEvent.Made(
                        categories,
                        1,
                        1,
                        Hash.ofNothing(),
                        Optional.empty(),
                        clock.instant().plus(Duration.ofDays(1)),
                        1));

        lies = List.of(
                "nothing, since the log does not say that the store was to be told",
                "blocked as NO_SUCH_REQUEST",
                "blocked as TOO_EARLY",
                "blocked as WRONG_TIMES",
                "nothing, since it was released under epoch 1, and epoch 2 is in force",
                "blocked as TOO_EARLY",
                "nothing, since nothing was read for it");
    }

    private static Event copied(Set<DataCategory> categories, Instant until) {
        return new Event.CopyStepped(new CopyStep.Preserved(categories, 1, until, Optional.empty()));
    }

    /** Writes it down whether or not it is true. */
    private void say(String id, Event event) {
        work.log
                .ledger()
                .append(new Candidate() {
                    @Override
                    public String subject() {
                        return id;
                    }

                    @Override
                    public boolean hasHistory() {
                        return true;
                    }

                    @Override
                    public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
                        return List.of(work.gate
                                .scribe()
                                .line(standing, at, id)
                                .answering(history.get(0).index())
                                .draft(event));
                    }
                })
                .toCompletableFuture()
                .join();
    }

    private void look() {
        try {
            copies.look();
        } catch (UserDataStore.UnavailableException e) {
            // The keeper looks again.
        }
    }
}
