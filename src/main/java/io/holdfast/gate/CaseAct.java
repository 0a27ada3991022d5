package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Standing;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a person does on one request. Who they are is sealed under the key of the case, or, once that is gone, under its own. */
abstract class CaseAct extends CaseStep {

    private final Optional<CaseKey> caseKey;
    private final CaseKey ownKey;

    CaseAct(Gate gate, Case found) {
        super(gate, found.id());
        this.caseKey = CaseFile.key(gate.ledger(), gate.scribe().vault(), found.first());
        this.ownKey = gate.scribe().newKey();
    }

    @Override
    final List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
        return found.state() == CaseState.SHREDDED
                ? List.of(shredded(found, line, ownKey))
                : drafts(found, standing, at, line, caseKey.orElseThrow(this::keyIsGone));
    }

    /** That it does not count, since the case is shredded. */
    abstract Draft shredded(Case found, Scribe.Line line, CaseKey key);

    abstract List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line, CaseKey key);
}
