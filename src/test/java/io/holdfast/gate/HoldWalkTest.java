package io.holdfast.gate;

import static io.holdfast.gate.HoldPeople.hold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.OnePack;
import io.holdfast.fixture.SettableClock;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Outcome;
import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random people do random things at the hold desk and on requests, for many steps. What they did is kept here by their names,
 * and the log is held to it after every step: it knows tags only, so the two cannot make the same mistake. A failure tells the
 * seed and the step, which is the shortest failing prefix: {@code -Dholdfast.seed=... -Dholdfast.walk=step}.
 */
class HoldWalkTest {

    private static final int STEPS = Integer.getInteger("holdfast.walk", 200);

    /** A log is begun anew after so many: the check of the whole log after each of them would take too long otherwise. */
    private static final int STEPS_OF_A_LOG = 300;

    private static final List<String> HOLDS = List.of("users-hk", "users-us", "hk-nsl-2020");
    private static final List<String> PEOPLE = List.of("ann", "bea", "cem", "dov", "eva", "system");

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @TempDir
    Path temporary;

    /** What is known of a proposal by the names of people. */
    private static final class Known {
        final String by;
        final int people;
        final WantedChange wanted;
        final long epoch;
        final Set<String> approvedBy = new HashSet<>();
        final Set<String> objectedBy = new HashSet<>();
        boolean isOver;

        Known(String by, int people, WantedChange wanted, long epoch) {
            this.by = by;
            this.people = people;
            this.wanted = wanted;
            this.epoch = epoch;
        }
    }

    private Path folder;
    private WorkingGate work;
    private PeopleRule rule;
    private HoldDesk desk;
    private HeldRequests held;
    private final Map<Hash, Known> proposals = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private Standing folded;
    private long seen;

    @Test
    void whatever_people_do_nothing_is_loosened_by_one_nor_released_under_a_hold() {
        int step = 0;
        try {
            for (int log = 0; step < STEPS; log++) {
                begin(log);
                for (int i = 0; i < STEPS_OF_A_LOG && step < STEPS; i++, step++) {
                    step();
                }
                end();
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Dholdfast.seed=" + seed + " -Dholdfast.walk=" + (step + 1), e);
        }
        System.out.println("HoldWalkTest: -Dholdfast.seed=" + seed + ", " + step + " steps, " + done);
    }

    private void begin(int number) {
        folder = temporary.resolve("data-" + number);
        work = WorkingGate.open(folder, clock, OnePack.set());
        rule = new PeopleRule(2 + random.nextInt(2), Optional.empty());
        proposals.clear();
        requests.clear();
        folded = Standing.BEFORE_GENESIS;
        seen = 0;
        serve();
        checkNew();
    }

    private void serve() {
        desk = new HoldDesk(work.gate, rule);
        held = new HeldRequests(work.gate);
    }

    private void end() {
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
        work.close();
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1 -> propose();
            case 2, 3, 4, 5, 6 -> answer(Event.Attempt.APPROVE);
            case 7 -> answer(Event.Attempt.OBJECT);
            case 8 -> answer(Event.Attempt.WITHDRAW_OBJECTION);
            case 9 -> answer(random.nextInt(3) == 0 ? Event.Attempt.WITHDRAW : Event.Attempt.APPROVE);
            case 10 -> place();
            case 11 ->
                tell("submit", () -> {
                    requests.add(work.referred());
                    return 1;
                });
            case 12 -> onRequest();
            case 13 ->
                tell("deliver", () -> {
                    if (requests.isEmpty()) {
                        return 0;
                    }
                    work.deliver(oneOf(requests));
                    return 0; // of what is not released nothing new is said
                });
            case 14 -> {
                clock.forward(Duration.ofHours(random.nextInt(8) - 1L)); // now and then it is set back
                tell("settle", () -> {
                    desk.changes().settle();
                    desk.changes().book().lastEffect().ifPresent(held::decideAgain);
                    return 0;
                });
            }
            default -> {
                if (random.nextInt(5) == 0) {
                    work.close();
                    work = WorkingGate.open(folder, clock, OnePack.set());
                    serve();
                }
            }
        }
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Mostly one that is not over. */
    private Hash oneOfOpen() {
        List<Hash> open = proposals.keySet().stream()
                .filter(version -> !proposals.get(version).isOver)
                .toList();
        return open.isEmpty() || random.nextInt(10) == 0 ? oneOf(List.copyOf(proposals.keySet())) : oneOf(open);
    }

    /** In any roles; somebody is one person in all of them. */
    private Actor somebody() {
        Set<Role> roles = new HashSet<>();
        for (Role role : Role.values()) {
            boolean isLegal = role == Role.LEGAL_APPROVER || role == Role.LEGAL_OPERATOR;
            if (random.nextInt(20) < (isLegal ? 18 : 1)) {
                roles.add(role);
            }
        }
        return new Actor(oneOf(PEOPLE), roles);
    }

    private String reason() {
        return random.nextInt(8) == 0 ? "." : HoldPeople.REASON;
    }

    private static String place(String id) {
        return id.equals("users-us") ? "US" : "HK";
    }

    private void place() {
        String id = oneOf(HOLDS.subList(0, 2));
        boolean isThere = work.log.ledger().standing().hold(id).isPresent();
        tell("place", () -> {
            desk.place(hold(id, 1, place(id)), "ann", HoldPeople.REASON)
                    .toCompletableFuture()
                    .join();
            return 1;
        });
        assertTrue(isThere || work.log.ledger().standing().hold(id).isPresent());
    }

    private void propose() {
        Actor actor = somebody();
        String id = oneOf(HOLDS);
        int version = work.log.ledger().standing().hold(id).map(Hold::version).orElse(1);
        int named = random.nextInt(8) == 0 ? version + 1 : version;
        Hold wider = hold(id, named + 1, place(id), "exception-" + random.nextInt(1000));
        boolean isLift = random.nextInt(3) > 0 || id.equals("hk-nsl-2020");
        HoldChange change = isLift ? HoldPeople.lift(id, named) : HoldPeople.replace(wider);
        Instant now = clock.instant();
        Optional<Instant> effective =
                random.nextBoolean() ? Optional.of(now.plus(Duration.ofHours(random.nextInt(30)))) : Optional.empty();
        WantedChange wanted = new WantedChange(
                List.of(change),
                isLift ? List.of() : List.of(wider),
                now.plus(Duration.ofHours(random.nextInt(24))),
                effective,
                now.plus(Duration.ofHours(20L + random.nextInt(24))));
        long epoch = work.log.ledger().standing().epoch();
        List<Receipt> receipts = tellAll("propose", () -> desk.changes().propose(wanted, actor, reason()));
        Stored first = receipts.get(0).stored();
        if (first.entry().event() instanceof Event.HoldChangeProposed) {
            proposals.put(first.entry().leaf().hash(), new Known(actor.subject(), rule.people(), wanted, epoch));
        }
    }

    private void answer(Event.Attempt attempt) {
        if (proposals.isEmpty()) {
            return;
        }
        Hash version = oneOfOpen();
        Known known = proposals.get(version);
        Actor actor = somebody();
        String why = reason();
        HoldChangeDesk changes = desk.changes();
        List<Receipt> receipts = tellAll(
                attempt.name(),
                () -> (switch (attempt) {
                            case APPROVE -> changes.approve(version, actor);
                            case OBJECT -> changes.object(version, actor, why);
                            case WITHDRAW_OBJECTION -> changes.withdrawObjection(version, actor);
                            default -> changes.withdraw(version, actor);
                        })
                        .orElseThrow());
        boolean counted = !(receipts.get(0).stored().entry().event() instanceof Event.HoldChangeBlocked);
        if (counted) {
            assertTrue(!known.isOver, "something counted for what was over");
            assertTrue(Actor.isPerson(actor.subject()) && !actor.roles().contains(Role.LE_AGENT));
        }
        // Names are taken down after the fact; an effect that came with this very entry is looked at afterwards.
        if (counted && attempt == Event.Attempt.APPROVE) {
            known.approvedBy.add(actor.subject());
        } else if (counted && attempt == Event.Attempt.OBJECT) {
            known.objectedBy.add(actor.subject());
            known.approvedBy.remove(actor.subject());
        } else if (counted && attempt == Event.Attempt.WITHDRAW_OBJECTION) {
            assertTrue(known.objectedBy.remove(actor.subject()), "somebody took back the objection of another person");
        } else if (counted) {
            assertEquals(known.by, actor.subject(), "somebody withdrew what another person had proposed");
            known.isOver = true;
        }
        checkNew();
    }

    private void onRequest() {
        if (requests.isEmpty()) {
            return;
        }
        String id = oneOf(requests);
        tell("review", () -> {
            work.approve(id, oneOf(PEOPLE));
            return 1;
        });
    }

    private interface Doing {
        int entriesAtLeast();
    }

    private interface Asking {
        CompletionStage<List<Receipt>> receipts();
    }

    private void tell(String what, Doing doing) {
        long before = size();
        int least = doing.entriesAtLeast();
        assertTrue(size() >= before + least, "an attempt without an entry");
        done.merge(what, 1, Integer::sum);
        checkNew();
    }

    /** What was written is looked at by whoever asked, once they have taken down what it means. */
    private List<Receipt> tellAll(String what, Asking asking) {
        long before = size();
        List<Receipt> receipts = asking.receipts().toCompletableFuture().join();
        boolean isBlocked = receipts.get(0).stored().entry().event() instanceof Event.HoldChangeBlocked;
        assertTrue(size() > before, "an attempt without an entry");
        done.merge(what + (isBlocked ? " blocked" : ""), 1, Integer::sum);
        if (what.equals("propose")) {
            checkNew();
        }
        return receipts;
    }

    private long size() {
        return Checkpoint.open(
                        work.log.ledger().checkpoint(),
                        List.of(work.log.signer().verifierKey()),
                        TemporaryLog.ORIGIN)
                .size();
    }

    /** Every entry since the last look, against what people did. */
    private void checkNew() {
        Ledger ledger = work.log.ledger();
        for (long size = size(); seen < size; seen++) {
            Stored stored = ledger.entry(seen).orElseThrow();
            Event event = stored.entry().event();
            if (event instanceof Event.HoldsChanged changed) {
                checkEffect(changed, stored.entry().envelope().at());
            } else if (event instanceof Event.HoldChangeEnded ended) {
                proposals.get(ended.proposal()).isOver = true;
            } else if (event instanceof Event.Delivered || event instanceof Event.Accessed) {
                assertTrue(!isHeld(), "something was released under a hold");
                checkReleased(stored.entry().envelope().subject(), stored.index());
            }
            folded = folded.after(stored.entry().envelope(), event);
        }
        assertEquals(folded, ledger.standing(), "what is in force is not what the log says");
    }

    /** The sample requests are all about users in Hong Kong, and their instrument is the one of every exception. */
    private boolean isHeld() {
        return folded.recorded().stream()
                .map(RecordedHold::hold)
                .anyMatch(hold ->
                        hold.id().equals("users-hk") && hold.exceptions().isEmpty());
    }

    private void checkEffect(Event.HoldsChanged changed, Instant at) {
        Known known = proposals.get(changed.proposal());
        Set<String> agreed = new HashSet<>(known.approvedBy);
        agreed.add(known.by);
        assertTrue(agreed.size() >= known.people, "holds were changed by " + agreed.size());
        assertTrue(agreed.stream().allMatch(Actor::isPerson));
        assertTrue(known.objectedBy.isEmpty(), "holds were changed against an objection");
        assertTrue(!known.isOver, "holds were changed by what was over");
        assertEquals(known.wanted.changes(), changed.changes(), "another change than was approved");
        assertEquals(known.epoch, folded.epoch(), "a change survived another one");
        assertTrue(!at.isAfter(known.wanted.effectiveBy()));
        assertTrue(known.wanted.effective().map(from -> !at.isBefore(from)).orElse(true));
        known.isOver = true;
        done.merge("in effect", 1, Integer::sum);
    }

    /** Two people approved the last version of it that waited for people. */
    private void checkReleased(String request, long index) {
        Set<String> tags = new HashSet<>();
        boolean isReleased = false;
        for (Stored stored : work.log.ledger().history(request)) {
            if (stored.index() >= index) {
                break;
            }
            if (stored.entry().event() instanceof Event.ApprovalGiven given) {
                tags.add(given.by());
            } else if (stored.entry().event() instanceof Event.RequestDecided decided) {
                Outcome outcome = decided.decision().outcome();
                isReleased = outcome == Outcome.RELEASED;
                if (!isReleased) {
                    tags.clear();
                }
            }
        }
        assertTrue(isReleased && tags.size() >= 2, "released with " + tags.size() + " approvals");
        done.merge("read or handed over", 1, Integer::sum);
    }
}
