package io.holdfast.gate;

import static io.holdfast.gate.WalkViolation.check;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.audit.Entry;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.gate.WalkViolation.Property;
import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.Hash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Does what is drawn on a gate with all its desks and a real log, and looks after every step for what must not be
 * ({@link Property}). Stops at the first violation.
 */
final class Walk {

    /** @param step the index of the act after which it was found */
    record Found(int step, WalkViolation violation) {}

    private final Path folder;
    private final WalkDesks.Road road;
    private final int people;
    private final BiConsumer<String, String> count;
    private final WalkMemory memory;
    private WalkDesks desks;

    /**
     * @param folder with a log that has begun ({@link WalkDesks#begin}); the walk goes on in it
     * @param people that a change of holds takes
     * @param count is told each kind of act, and what came of it
     */
    Walk(Path folder, WalkDesks.Road road, int people, BiConsumer<String, String> count) {
        this.folder = folder;
        this.road = road;
        this.people = people;
        this.count = count;
        this.memory = new WalkMemory(people);
    }

    /** @param asAuditor whether at the end the whole log is verified and replayed */
    Optional<Found> run(List<WalkAct> acts, boolean asAuditor) {
        int step = 0;
        try (WalkDesks open = new WalkDesks(folder, road, new PeopleRule(people, Optional.empty()), memory)) {
            desks = open;
            take(WalkDesks.DONE);
            for (; step < acts.size(); step++) {
                step(acts.get(step));
            }
            step = acts.size() - 1;
            if (asAuditor) {
                checkQueue();
                checkWholeLog();
            }
            return Optional.empty();
        } catch (WalkViolation violation) {
            return Optional.of(new Found(step, violation));
        } catch (RuntimeException | AssertionError thrown) {
            return Optional.of(new Found(step, new WalkViolation(thrown)));
        }
    }

    private void step(WalkAct act) {
        WalkDesks.Done done = desks.does(act);
        List<Stored> written = take(done);
        count.accept(act.name(), done.otherwise().orElseGet(() -> came(act, done, written)));
        checkLive();
    }

    /** Whoever tried has left an entry that says so, and whether it counted. */
    private static String came(WalkAct act, WalkDesks.Done done, List<Stored> written) {
        for (Stored stored : written) {
            if (done.let().contains(stored.entry().kind())) {
                return "let";
            }
            if (done.stopped().contains(stored.entry().kind())) {
                return "blocked";
            }
        }
        throw new WalkViolation(Property.ATTEMPT_WITHOUT_ENTRY, act.words());
    }

    private long size() {
        return Checkpoint.open(
                        desks.work().log.ledger().checkpoint(),
                        List.of(desks.work().log.signer().verifierKey()),
                        TemporaryLog.ORIGIN)
                .size();
    }

    /** Reads what the log has gained, once, and looks at each case that it is about. */
    private List<Stored> take(WalkDesks.Done done) {
        List<Stored> written = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        for (long size = size(), i = memory.entries().size(); i < size; i++) {
            Stored stored = desks.work().log.ledger().entry(i).orElseThrow();
            memory.take(stored, done);
            count.accept("entries", stored.entry().kind().code());
            written.add(stored);
            if (stored.entry().envelope().isAboutRequest()) {
                touched.add(stored.entry().envelope().subject());
            }
        }
        for (String id : touched) {
            memory.cases().get(id).checkSameAs(desks.work().gate.find(id).orElseThrow());
        }
        return written;
    }

    private record ProposalState(Hash version, HoldProposal.State state, Set<String> by, Set<String> against) {}

    private static List<ProposalState> states(Collection<HoldProposal> proposals) {
        return proposals.stream()
                .map(one -> new ProposalState(one.version(), one.state(), one.approvedBy(), one.objectedBy()))
                .toList();
    }

    /** What the gateway holds in memory, and what it reads to decide, is the fold of the entries. */
    private void checkLive() {
        Standing live = desks.work().log.ledger().standing();
        check(live.equals(memory.folded()), Property.LIVE_IS_NOT_THE_LOG, "what is in force");
        check(
                states(desks.holds().changes().book().all())
                        .equals(states(memory.book().all())),
                Property.LIVE_IS_NOT_THE_LOG,
                "the proposals");
        List<QueueFromCases.Line> waiting = memory.cases().values().stream()
                .flatMap(one -> one.line().stream())
                .sorted(Comparator.comparing(
                                (QueueFromCases.Line line) -> line.due().orElse(Instant.MAX))
                        .thenComparing(QueueFromCases.Line::since)
                        .thenComparing(QueueFromCases.Line::first))
                .toList();
        check(
                QueueFromCases.pages(desks.queue(), 7).equals(waiting),
                Property.LIVE_IS_NOT_THE_LOG,
                "the queue of what waits for people");
    }

    /** Whoever reads the log from its beginning sees the same queue, and so does whoever asks each case. */
    private void checkQueue() {
        Gate gate = desks.work().gate;
        List<QueueFromCases.Line> live = QueueFromCases.pages(desks.queue(), 7);
        check(
                QueueFromCases.pages(new ReviewQueue(gate), 200).equals(live)
                        && QueueFromCases.cases(gate, memory.cases().keySet()).equals(live),
                Property.LIVE_IS_NOT_THE_LOG,
                "the queue from the beginning");
    }

    /** As an auditor would: every signature, every proof, and every decision made again. */
    private void checkWholeLog() {
        try {
            List<Entry> entries = desks.work().whole().entries();
            assertEquals(memory.entries().size(), entries.size());
            Standing again = Standing.BEFORE_GENESIS;
            for (Entry entry : entries) {
                again = again.after(entry.envelope(), entry.event());
            }
            assertEquals(again, desks.work().log.ledger().standing());
            assertEquals(
                    List.of(), Replay.run(desks.work().source(), Progress.NONE).disagreements());
        } catch (AssertionError e) {
            throw new WalkViolation(Property.LOG_DOES_NOT_REPLAY, e.getMessage());
        }
    }
}
