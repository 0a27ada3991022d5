package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where people approve. An approval names the leaf hash of one decision; any later decision on the request ends it. With the
 * last approval that is needed the request is decided again, under the rules and holds of that moment; and with an earlier one
 * too, if by now it would not be waiting any more.
 */
public final class ReviewDesk {

    private final Gate gate;

    public ReviewDesk(Gate gate) {
        this.gate = gate;
    }

    /**
     * Records the approval, or the attempt and why it was blocked.
     *
     * @param person who approves; sealed, and in the entry only as a tag of this case. Where they are is sealed too, and in the
     *     entry only if it blocks the approval
     * @return receipts of what was written, the last one being the newest state; nothing if there is no such request
     */
    public Optional<CompletionStage<List<Receipt>>> approve(String requestId, Hash version, Person person) {
        return gate.find(requestId)
                .map(found -> CaseFile.key(gate.ledger(), gate.scribe().vault(), found.first()))
                .map(key -> gate.ledger().append(new Approval(requestId, version, person, key)));
    }

    private final class Approval implements Candidate {

        private final String requestId;
        private final Hash version;
        private final Person person;
        private final Optional<CaseKey> caseKey;

        /** For what is said of a case that has none any more. */
        private final CaseKey ownKey = gate.scribe().newKey();

        Approval(String requestId, Hash version, Person person, Optional<CaseKey> caseKey) {
            this.requestId = requestId;
            this.version = version;
            this.person = person;
            this.caseKey = caseKey;
        }

        @Override
        public String subject() {
            return requestId;
        }

        @Override
        public boolean hasHistory() {
            return true;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Case found = Case.of(requestId, history, standing.keys()).orElseThrow();
            Scribe.Line line = gate.scribe()
                    .line(standing, at, requestId)
                    .answering(found.decided().index());
            List<Disclosure> by = person.sealed();
            if (found.shredded().isPresent()) {
                return blocked(line, Event.Blocked.SHREDDED, by, ownKey);
            }
            CaseKey key = caseKey.orElseThrow(() -> new IllegalStateException("the key of case " + requestId
                    + " is gone, and no entry says that the case was shredded; the database was changed by somebody"));
            String tag = key.personTag(person.subject());
            Set<String> approvedBy = found.approvedBy();
            if (!(found.decision() instanceof Decision.Referred referred)) {
                return blocked(line, Event.Blocked.NOT_AWAITING_APPROVAL, by, key);
            }
            if (person.isLocatedWhere(found.event().facts())) {
                return blocked(line, Event.Blocked.LOCATED_THERE, person.sealedWithPlace(), key);
            }
            if (!found.version().equals(version)) {
                return blocked(line, Event.Blocked.OTHER_VERSION, by, key);
            }
            if (approvedBy.contains(tag)) {
                return blocked(line, Event.Blocked.SAME_PERSON_TWICE, by, key);
            }
            List<Draft> drafts = new ArrayList<>();
            drafts.add(line.draft(new Event.ApprovalGiven(version, tag), by, key));
            int approvals = approvedBy.size() + 1;
            Event.RequestDecided again = found.decidedAgainWithOneMore(gate.rulebook(), standing, at);
            if (approvals >= referred.obligations().approvals() || isStopped(again.decision())) {
                drafts.add(line.draft(again));
            }
            return drafts;
        }

        private List<Draft> blocked(Scribe.Line line, Event.Blocked why, List<Disclosure> by, CaseKey key) {
            return List.of(line.draft(new Event.ApprovalBlocked(why), by, key));
        }

        /** By a hold that came meanwhile, by another rulebook, or by time. */
        private static boolean isStopped(Decision now) {
            return !(now instanceof Decision.Referred) && !(now instanceof Decision.Released);
        }
    }
}
