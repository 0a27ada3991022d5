package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.CopyStep;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeptCopy;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Action;
import io.holdfast.legal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The released orders to keep data on which something is to be done, now or later: a fold of the log in memory, one line for each.
 * It also has the store told again of what was begun before a crash. For one thread.
 */
public final class OpenCopies {

    /** What waits for something else is looked at again after this time; what failed too, and the time doubles. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final int MOST_DOUBLINGS = 6;

    private final CopyDesk desk;

    /** When each is to be looked at. */
    private final Map<String, Instant> next = new HashMap<>();

    private final Map<String, Integer> failures = new HashMap<>();

    /** The order to keep data, by the request for production that it waits for. */
    private final Map<String, String> waiting = new HashMap<>();

    private long size;

    public OpenCopies(CopyDesk desk) {
        this.desk = desk;
    }

    /**
     * Does what is due. The first call reads the whole log, every other what it has gained.
     *
     * @return how many entries this call wrote
     * @throws RuntimeException if the log cannot be read or written; another call goes on
     */
    public int look() {
        catchUp();
        Instant now = desk.gate().scribe().now();
        List<String> due = next.entrySet().stream()
                .filter(one -> !one.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        int written = 0;
        for (String request : due) {
            next.put(request, now.plus(again(request))); // also if it fails
            written += desk.lookAt(request);
            plan(request, now);
        }
        return written;
    }

    private void catchUp() {
        LogReader log = LogReader.of(new LedgerSource(desk.gate().ledger(), Map.of()));
        if (log.size() > size) {
            log.entries(size).forEachOrdered(this::next);
        }
    }

    private void next(Stored stored) {
        String subject = stored.entry().envelope().subject();
        Event event = stored.entry().event();
        boolean isOrder = event instanceof Event.RequestDecided decided
                && decided.facts().action() == Action.PRESERVE
                && decided.decision() instanceof Decision.Released;
        if (event instanceof Event.CopyStepped stepped && stepped.step() instanceof CopyStep.Failed) {
            failures.merge(subject, 1, Integer::sum);
        } else if (isOrder && !next.containsKey(subject)) {
            next.put(subject, desk.hasStore() ? Instant.MIN : Instant.MAX); // people say when they have told the store
        } else if (isOrder || next.containsKey(subject) && mayMove(event)) {
            next.put(subject, Instant.MIN);
        } else if (event instanceof Event.RequestDecided) {
            next.remove(subject);
        }
        if (event instanceof Event.CopyStepped stepped && stepped.step() instanceof CopyStep.Linked linked) {
            waiting.put(linked.request(), subject);
        }
        String order = waiting.get(subject);
        if (order != null && next.containsKey(order)) {
            next.put(order, Instant.MIN);
        }
        size = stored.index() + 1;
    }

    private Duration again(String request) {
        return AGAIN.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures.getOrDefault(request, 0)));
    }

    private static boolean mayMove(Event event) {
        return event instanceof Event.CopyStepped || event instanceof Event.ClockStepped;
    }

    private void plan(String request, Instant now) {
        Case found = desk.gate().find(request).orElseThrow();
        KeptCopy copy = KeptCopy.of(found.entries());
        if (found.state() == CaseState.PRESERVED) {
            failures.remove(request);
            Instant until = copy.until().orElseThrow();
            next.put(request, until.isAfter(now) ? until : now.plus(again(request)));
        } else if (found.state() != CaseState.DROPPED && CopyDesk.isOrderToKeep(found) && !desk.hasStore()) {
            next.put(request, Instant.MAX);
        } else if (!CopyDesk.isOrderToKeep(found) || found.state() == CaseState.DROPPED) {
            next.remove(request);
            failures.remove(request);
            copy.production().ifPresent(waiting::remove);
        }
    }
}
