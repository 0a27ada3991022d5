package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was collected and is not deleted yet: it goes on with what was interrupted, and takes away what is not to be kept any longer.
 * The spool says which cases there are, and the log what is to become of each. For one thread.
 */
public final class OpenPackages {

    /** What does not get on is tried again after this time, and the time doubles. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private static final int MOST_DOUBLINGS = 8;

    /** So that one large case does not keep the others from being looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Try(Instant next, int failures) {}

    private final Gate gate;
    private final Delivery delivery;
    private final PackageDesk desk;
    private final Collector collector;
    private final Map<String, Try> tries = new HashMap<>();

    OpenPackages(Gate gate, Delivery delivery, PackageDesk desk, Collector collector) {
        this.gate = gate;
        this.delivery = delivery;
        this.desk = desk;
        this.collector = collector;
    }

    /**
     * Does what is due.
     *
     * @return for how many cases something was done
     * @throws RuntimeException if the log or the spool cannot be read or written; another call goes on
     */
    public int look() {
        List<String> cases = collector.cases();
        tries.keySet().retainAll(cases);
        int done = 0;
        for (String id : cases) {
            done += lookAt(id) ? 1 : 0;
        }
        return done;
    }

    private boolean lookAt(String id) {
        Case found = gate.find(id).orElseThrow();
        if (found.state() == CaseState.ACCESSED) {
            return goOn(id);
        }
        if (found.packages().current().isPresent()) {
            return desk.delete(id);
        }
        // Of a case that was stopped, or shredded. What is being read again by now is not of these.
        List<Stored> entries = found.entries();
        return collector.dropUpTo(id, entries.get(entries.size() - 1).index()) > 0;
    }

    private boolean goOn(String id) {
        Instant now = gate.scribe().now();
        Try last = tries.getOrDefault(id, new Try(Instant.MIN, 0));
        if (now.isBefore(last.next())) {
            return false;
        }
        Delivery.Result result = delivery.deliver(id, PATIENCE).orElseThrow();
        if (result instanceof Delivery.Result.Collecting collecting) {
            int failures = collecting.waitsFor().isPresent() ? last.failures() + 1 : 0;
            tries.put(id, new Try(now.plus(AGAIN.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures))), failures));
        }
        return !(result instanceof Delivery.Result.Collecting);
    }
}
