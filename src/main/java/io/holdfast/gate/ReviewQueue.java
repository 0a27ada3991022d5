package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Jurisdiction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests that wait for people, in the order in which something is due on them. A fold of the log in memory, kept up to date
 * from its new entries: so replicas see each other's, and nothing can disagree with the log. Safe for many threads.
 *
 * <p>Of every request that waits about 700 bytes are kept (measured with 5,000 warrants that have one clock each), and a hundred
 * or so more for each approval and each clock that was told of; of every other request nothing. What a page shows of a decision is
 * read from the log when it is asked for. The first call of {@link #catchUp} reads the whole log: {@code LargeReviewQueueTest} says
 * how long that takes.
 */
public final class ReviewQueue {

    /** So long somebody who asks waits for the log to be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Gate gate;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, WaitingCase> waiting = new HashMap<>();
    private final NavigableMap<ReviewPlace, WaitingCase> inOrder = new TreeMap<>();

    /** How many entries are taken over. */
    private long size;

    public ReviewQueue(Gate gate) {
        this(gate, PATIENCE);
    }

    ReviewQueue(Gate gate, Duration patience) {
        this.gate = gate;
        this.patience = patience;
    }

    /**
     * Which of them.
     *
     * @param issuer only what comes from there
     * @param isOverdue only those on which a time is over
     */
    public record Filter(Optional<Jurisdiction> issuer, boolean isOverdue) {}

    /**
     * One that waits.
     *
     * @param decided the entry of the decision to look at; an approval or a review names its leaf hash
     * @param decision the same, read
     * @param approvals how many people have approved exactly this
     * @param isApprovedByAsker whether whoever asks is one of them
     * @param isAskerLocatedThere whether whoever asks is located where it concerns somebody, and so holds no approval for it
     * @param clocks those that run on it
     */
    public record Item(
            ReviewPlace place,
            Stored decided,
            Event.RequestDecided event,
            Decision.Referred decision,
            int approvals,
            boolean isApprovedByAsker,
            boolean isAskerLocatedThere,
            List<CaseClock> clocks) {}

    /**
     * @param size how many entries of the log it is made from
     * @param waiting how many wait in all, whatever was asked for
     * @param hasMore whether some are left behind the last one
     */
    public record Page(long size, int waiting, List<Item> items, boolean hasMore) {}

    /** Takes over what the log has gained. */
    public void catchUp() {
        alone(this::follow);
    }

    /** Whoever asks meanwhile waits for as long as they have patience. */
    void alone(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        LogReader log = LogReader.of(new LedgerSource(gate.ledger(), Map.of()));
        if (log.size() > size) {
            log.entries(size).forEachOrdered(this::next);
        }
    }

    private void next(Stored stored) {
        String request = stored.entry().envelope().subject();
        WaitingCase known = waiting.get(request);
        boolean isDecided = stored.entry().event() instanceof Event.RequestDecided;
        boolean isReferred = stored.entry().event() instanceof Event.RequestDecided decided
                && decided.decision() instanceof Decision.Referred;
        if (known == null && isReferred) {
            WaitingCase one = new WaitingCase(OpenCases.before(gate.ledger(), stored));
            waiting.put(request, one);
            inOrder.put(one.place(), one);
        } else if (known != null) {
            inOrder.remove(known.place());
            if (isDecided && !isReferred) {
                waiting.remove(request);
            } else {
                known.next(stored);
                inOrder.put(known.place(), known);
            }
        }
        size = stored.index() + 1;
    }

    /**
     * Those that wait, as of the newest entry.
     *
     * @param after only those behind this place
     * @param most so many at most
     * @return nothing if the log is still being read after five seconds
     * @throws IllegalStateException if a decision is not signed by this log: then nothing is shown
     * @throws VaultUnavailableException if it cannot be told now whether the asker has approved one of them
     */
    public Optional<Page> page(Person asker, Filter filter, Optional<ReviewPlace> after, int most) {
        if (!isMine()) {
            return Optional.empty();
        }
        List<WaitingCase.Seen> seen;
        long of;
        int all;
        try {
            follow();
            seen = seen(filter, after, most + 1);
            of = size;
            all = waiting.size();
        } finally {
            lock.unlock();
        }
        KeyHistory keys = gate.ledger().standing().keys();
        List<Item> items =
                seen.stream().limit(most).map(one -> item(one, asker, keys)).toList();
        return Optional.of(new Page(of, all, items, seen.size() > most));
    }

    private boolean isMine() {
        try {
            return lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<WaitingCase.Seen> seen(Filter filter, Optional<ReviewPlace> after, int most) {
        Instant now = gate.scribe().now();
        List<WaitingCase.Seen> seen = new ArrayList<>();
        for (WaitingCase one : after.map(place -> inOrder.tailMap(place, false))
                .orElse(inOrder)
                .values()) {
            if (seen.size() == most || filter.isOverdue() && !one.place().isOverdue(now)) {
                break; // what is due later comes later
            }
            if (filter.issuer().isEmpty() || filter.issuer().get().equals(one.issuer())) {
                seen.add(one.seen());
            }
        }
        return seen;
    }

    private Item item(WaitingCase.Seen seen, Person asker, KeyHistory keys) {
        Ledger ledger = gate.ledger();
        Stored decided = ledger.entry(seen.decided()).orElseThrow();
        seen.check(decided, keys);
        Event.RequestDecided event = (Event.RequestDecided) decided.entry().event();
        return new Item(
                seen.place(),
                decided,
                event,
                (Decision.Referred) event.decision(),
                seen.approvedBy().size(),
                hasApproved(asker, seen),
                asker.isLocatedWhere(event.facts()),
                seen.clocks());
    }

    /** If it has no key any more, it was shredded a moment ago, and waits for nobody. */
    private boolean hasApproved(Person somebody, WaitingCase.Seen seen) {
        return !seen.approvedBy().isEmpty()
                && CaseFile.key(
                                gate.ledger(),
                                gate.scribe().vault(),
                                seen.place().first())
                        .filter(key -> seen.approvedBy().contains(key.personTag(somebody.subject())))
                        .isPresent();
    }
}
