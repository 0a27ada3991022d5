package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import java.time.Instant;
import java.util.List;

/** Something that is done on one request: prepared on where the case stands at that place of the log, and answering its decision. */
abstract class CaseStep implements Candidate {

    private final Gate gate;
    private final String requestId;

    CaseStep(Gate gate, String requestId) {
        this.gate = gate;
        this.requestId = requestId;
    }

    @Override
    public final String subject() {
        return requestId;
    }

    @Override
    public final boolean hasHistory() {
        return true;
    }

    @Override
    public final List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
        Case found = gate.caseOf(requestId, history, standing.keys()).orElseThrow();
        Scribe.Line line = gate.scribe()
                .line(standing, at, requestId)
                .answering(found.decided().index());
        return drafts(found, standing, at, line);
    }

    /**
     * @param line answers the latest decision
     * @throws NothingToDoException if there is nothing to write
     */
    abstract List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line);

    /** The key of the case was there and is not; or it is not said that it is gone. */
    final IllegalStateException keyIsGone() {
        return new IllegalStateException("the key of case " + requestId
                + " is gone, and no entry says that the case was shredded; the database was changed by somebody");
    }
}
