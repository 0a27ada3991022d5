package io.holdfast.witness;

import io.holdfast.note.Checkpoint;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Has the log's checkpoints cosigned and publishes them. It reads the log and never writes it: its threads are its own,
 * and a witness that is slow, down or lying costs the log's writer nothing.
 *
 * <p>It takes the newest checkpoint, asks all witnesses at once, and publishes as soon as their cosignatures are a
 * quorum; what comes later is added. A witness that does not answer in time is left behind and joins again with the
 * next checkpoint. Safe for many threads.
 */
public final class Feeder implements AutoCloseable {
    private static final int MOST_WAITING = 4096;

    private final TrustPolicy policy;
    private final List<VerifierKey> keys;
    private final FedLog log;
    private final boolean holdsBack;
    private final Pace pace;
    private final Clock clock;
    private final Consumer<String> report;
    private final FedWitnesses witnesses;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<Publication> published = Optional.empty();
    private Optional<Publication> quorate = Optional.empty();
    private long publishedAt;
    private Optional<Instant> cosignedAt = Optional.empty();

    /** The last round that was waited for to its end; an answer that comes late may still complete its quorum. */
    private Optional<Round> lastEnded = Optional.empty();

    private boolean closed;

    /** Somebody who waits until an entry is covered. */
    private record Waiting(long index, CompletableFuture<byte[]> answer) {}

    private Feeder(TrustPolicy policy, FedLog log, boolean holdsBack, Pace pace, Clock clock, Consumer<String> report) {
        this.policy = policy;
        this.keys = policy.witnesses().stream().map(TrustPolicy.Witness::key).toList();
        this.log = log;
        this.holdsBack = holdsBack;
        this.pace = pace;
        this.clock = clock;
        this.report = report;
        this.witnesses = FedWitnesses.of(policy, pace, clock, report);
        this.thread = new Thread(this::run, "witness-feeder");
        thread.setDaemon(true);
    }

    /**
     * Starts to publish.
     *
     * @param policy the witnesses with their addresses, and the quorum
     * @param holdsBack whether a checkpoint without a quorum is kept back; otherwise it is published with what it has
     * @param report what the operator must know: one sentence a time, and each only once while it stays so
     * @throws IllegalStateException if the policy has a witness without a usable address, or none
     */
    public static Feeder start(
            TrustPolicy policy, FedLog log, boolean holdsBack, Pace pace, Clock clock, Consumer<String> report) {
        if (holdsBack && !policy.needsWitnesses()) {
            throw new IllegalStateException("the policy says \"quorum none\", so there is no quorum to wait for; "
                    + "state one, or do not ask for it");
        }
        Feeder feeder = new Feeder(policy, log, holdsBack, pace, clock, report);
        if (!holdsBack) {
            feeder.settle(new Round(Head.of(log.newest(), log.tiles()), feeder.keys, 0), true);
        }
        feeder.thread.start();
        return feeder;
    }

    /** The checkpoint for everybody to see, a signed note; nothing until there has been one. */
    public Optional<byte[]> published() {
        lock.lock();
        try {
            return published.map(publication -> publication.note().print());
        } finally {
            lock.unlock();
        }
    }

    /** How it is doing now. */
    public Feeding state() {
        long newest =
                Checkpoint.parse(SignedNote.parse(log.head().get()).text()).size();
        lock.lock();
        try {
            return new Feeding(
                    lastEnded
                            .filter(round -> round.publication(policy).quorum())
                            .isPresent(),
                    newest,
                    size(published),
                    size(quorate),
                    cosignedAt,
                    witnesses.troubles());
        } finally {
            lock.unlock();
        }
    }

    private static long size(Optional<Publication> publication) {
        return publication.map(it -> it.checkpoint().size()).orElse(0L);
    }

    /**
     * Completes with a published checkpoint that a quorum of witnesses cosigned, and whose tree has the entry of this
     * index: at once if there is one, otherwise on demand. Fails after a time limit of its own.
     */
    public CompletionStage<byte[]> covering(long index) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Waiting one = new Waiting(index, answer);
        lock.lock();
        try {
            if (quorate.filter(publication -> publication.covers(index)).isPresent()) {
                answer.complete(quorate.get().note().print());
            } else if (closed || waiting.size() == MOST_WAITING) {
                answer.completeExceptionally(
                        new IllegalStateException(closed ? "the gateway is stopping" : "too many wait already"));
            } else {
                waiting.add(one);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return answer.orTimeout(pace.patience().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((note, failure) -> forget(one));
    }

    private void forget(Waiting one) {
        lock.lock();
        try {
            waiting.remove(one);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Reports troubles = new Reports("publishing", report);
        try {
            long begun = System.nanoTime() - pace.regular().toNanos();
            while (awaitTurn(begun)) {
                begun = System.nanoTime();
                try {
                    publishNewest();
                    troubles.well();
                } catch (RuntimeException e) {
                    // Whatever it was, the log goes on, and so does this: only what is published stays as it is.
                    troubles.trouble("failed: " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false once it is closed */
    private boolean awaitTurn(long lastBegun) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Duration pause = waiting.isEmpty() ? pace.regular() : pace.onDemand();
                long left = lastBegun + pause.toNanos() - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void publishNewest() throws InterruptedException {
        Head head = Head.of(log.newest(), log.tiles());
        if (!isWorthPublishing(head)) {
            return;
        }
        List<FedWitness> asked = witnesses.ready();
        Round round = new Round(head, keys, asked.size());
        asked.forEach(witness -> witnesses.ask(witness, head, checked -> arrived(round, checked)));
        awaitEnd(round, System.nanoTime() + pace.perWitness().toNanos());
        settle(round, !holdsBack);
    }

    private boolean isWorthPublishing(Head head) {
        Optional<Publication> before;
        long at;
        lock.lock();
        try {
            before = published;
            at = publishedAt;
        } finally {
            lock.unlock();
        }
        if (before.isEmpty()) {
            return true;
        }
        Publication last = before.get();
        if (head.size() < last.checkpoint().size()) {
            throw new IllegalStateException("the log went back to " + head.size() + " entries, and "
                    + last.checkpoint().size() + " are published");
        }
        boolean isSame = head.checkpoint().equals(last.checkpoint());
        boolean isFresh = System.nanoTime() - at < pace.unchanged().toNanos();
        return !isSame || !isFresh || policy.needsWitnesses() && !last.quorum();
    }

    /** Until all have answered, or time is up, or what there is suffices and somebody waits for a newer head. */
    private void awaitEnd(Round round, long deadline) throws InterruptedException {
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (!closed && !round.isComplete() && left > 0 && !isOvertaken(round)) {
                changed.awaitNanos(left);
                left = deadline - System.nanoTime();
            }
            lastEnded = Optional.of(round);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOvertaken(Round round) {
        return published
                        .filter(Publication::quorum)
                        .filter(last -> last.checkpoint().equals(round.head().checkpoint()))
                        .isPresent()
                && waiting.stream().anyMatch(one -> one.index() >= round.head().size());
    }

    /** The answer of one witness, at any time: also after its round has ended. */
    private void arrived(Round round, List<NoteSignature> checked) {
        lock.lock();
        try {
            round.answered(checked);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!checked.isEmpty()) {
            settle(round, false);
        }
    }

    /** Publishes what the round has, if it may be and is better than what is published. */
    private void settle(Round round, boolean alsoWithoutQuorum) {
        List<Waiting> covered = new ArrayList<>();
        byte[] note = {};
        lock.lock();
        try {
            Publication publication = round.publication(policy);
            boolean isBetter = published.isEmpty() || publication.replaces(published.get());
            if (isBetter && (publication.quorum() || alsoWithoutQuorum)) {
                published = Optional.of(publication);
                publishedAt = System.nanoTime();
            }
            if (publication.quorum() && (quorate.isEmpty() || publication.replaces(quorate.get()))) {
                quorate = Optional.of(publication);
                cosignedAt = Optional.of(clock.instant());
                note = publication.note().print();
                waiting.stream().filter(one -> publication.covers(one.index())).forEach(covered::add);
                waiting.removeAll(covered);
            }
        } finally {
            lock.unlock();
        }
        // Not under the lock: whoever waits may go on in this very thread.
        for (Waiting one : covered) {
            one.answer().complete(note.clone());
        }
    }

    @Override
    public void close() {
        List<Waiting> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(waiting);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(one -> one.answer().completeExceptionally(new IllegalStateException("the gateway is stopping")));
        thread.interrupt();
        witnesses.close();
    }
}
