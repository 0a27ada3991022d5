package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.ClockName;
import io.holdfast.audit.Event;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests on which a clock runs or can begin, in memory: a fold of the log that is kept up to date from its new entries.
 * One line for each. For one thread; {@link #count} is for many.
 */
final class OpenCases {

    /** When something may have to be written on a request. It may be out of date: then there is nothing. */
    private record Due(Instant at, String request) {}

    /** What was taken to be written and is not in the log after this time is taken again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Warning warning;
    private final Map<String, CaseClocks> open = new HashMap<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Map<CaseClock.State, Map<ClockName, Integer>> counts = new EnumMap<>(CaseClock.State.class);
    private volatile Map<CaseClock.State, Map<ClockName, Integer>> shown = Map.of();

    /** How many entries are taken over. */
    private long size;

    OpenCases(Ledger ledger, Warning warning) {
        this.ledger = ledger;
        this.warning = warning;
        for (CaseClock.State state : CaseClock.State.values()) {
            counts.put(state, new EnumMap<>(ClockName.class));
        }
    }

    /** Takes over what the log has gained, the whole of it at the first call. */
    void catchUp() {
        LogReader log = LogReader.of(new LedgerSource(ledger, Map.of()));
        if (log.size() == size) {
            return;
        }
        log.entries(size).forEachOrdered(this::next);
        Map<CaseClock.State, Map<ClockName, Integer>> copy = new EnumMap<>(CaseClock.State.class);
        counts.forEach((state, byName) -> copy.put(state, Map.copyOf(byName)));
        shown = copy;
    }

    private void next(Stored stored) {
        String request = stored.entry().envelope().subject();
        CaseClocks clocks = open.get(request);
        if (clocks != null) {
            Optional<Instant> queuedFor = clocks.nextAt(warning);
            count(clocks, -1);
            clocks.next(stored);
            keep(request, clocks, queuedFor);
        } else if (stored.entry().event() instanceof Event.RequestDecided) {
            keep(request, CaseClocks.of(before(ledger, stored)), Optional.empty());
        }
        size = stored.index() + 1;
    }

    /**
     * The entries on a request up to this decision. A first one has nothing before it; one that answers another may be on a
     * request of which nothing is known here so far.
     */
    static List<Stored> before(Ledger ledger, Stored stored) {
        if (stored.entry().envelope().previous().isEmpty()) {
            return List.of(stored);
        }
        return ledger.history(stored.entry().envelope().subject()).stream()
                .filter(earlier -> earlier.index() <= stored.index())
                .toList();
    }

    private void keep(String request, CaseClocks clocks, Optional<Instant> queuedFor) {
        if (!clocks.isOpen()) {
            open.remove(request);
            return;
        }
        open.put(request, clocks);
        count(clocks, 1);
        clocks.nextAt(warning)
                .filter(at -> !queuedFor.equals(Optional.of(at)))
                .ifPresent(at -> queue.add(new Due(at, request)));
    }

    private void count(CaseClocks clocks, int by) {
        clocks.running().forEach(clock -> counts.get(clock.told()).merge(clock.name(), by, Integer::sum));
    }

    /** The requests on which something has to be written by now, at most so many. The next call names others. */
    List<String> takeDue(Instant now, int most) {
        List<String> due = new ArrayList<>();
        while (due.size() < most && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            String request = queue.remove().request();
            CaseClocks clocks = open.get(request);
            if (clocks != null && !clocks.dueAt(now, warning).isEmpty()) {
                due.add(request);
            }
        }
        due.forEach(request -> queue.add(new Due(now.plus(AGAIN), request)));
        return due;
    }

    /** How many clocks of this name the log says this of, as of the last time that this was brought up to date. */
    int count(ClockName name, CaseClock.State state) {
        return shown.getOrDefault(state, Map.of()).getOrDefault(name, 0);
    }
}
