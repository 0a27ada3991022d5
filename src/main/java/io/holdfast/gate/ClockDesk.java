package io.holdfast.gate;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.ClockName;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Warning;
import java.time.Instant;
import java.util.List;

/**
 * Says in the log that the time on a request is nearly over, and that it is over. Nothing else happens then: no release, no
 * decision. What is due the log alone says, so a restart loses nothing, and of several replicas one writes. For one thread;
 * {@link #count} is for many.
 */
public final class ClockDesk {

    /** So many requests are taken up at once. */
    private static final int MOST = 1024;

    private final Gate gate;
    private final Warning warning;
    private final OpenCases cases;

    public ClockDesk(Gate gate, Warning warning) {
        this.gate = gate;
        this.warning = warning;
        this.cases = new OpenCases(gate.ledger(), warning);
    }

    /**
     * Writes what is due. The first call reads the whole log, every other what it has gained.
     *
     * @return on how many requests this call wrote
     * @throws RuntimeException if the log cannot be read or written; another call goes on
     */
    public int look() {
        int written = 0;
        Instant now = gate.scribe().now();
        for (List<String> due = due(now); !due.isEmpty(); due = due(now)) {
            written += ManyAtOnce.write(
                    gate.ledger(), due.stream().map(Telling::new).toList());
        }
        return written;
    }

    private List<String> due(Instant now) {
        cases.catchUp();
        return cases.takeDue(now, MOST);
    }

    /** How many clocks run of which the log says this, at the last look. */
    public int count(ClockName name, CaseClock.State state) {
        return cases.count(name, state);
    }

    private final class Telling extends CaseStep {

        Telling(String requestId) {
            super(gate, requestId);
        }

        /** Another replica may have said it, or the request was answered meanwhile: then there is nothing to do. */
        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            List<Event> due = CaseClocks.of(found.entries()).dueAt(at, warning);
            if (due.isEmpty()) {
                throw new NothingToDoException();
            }
            return due.stream().map(line::draft).toList();
        }
    }
}
