package io.holdfast.gate;

import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Facts;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where cases are shredded. Destroying is final, so it takes two different people: the first proposes, the second agrees to
 * that proposal, and with the entry that says so the key of the case is gone, in one transaction. Not while the case is in
 * flight. Every attempt that does not count is recorded.
 */
public final class ErasureDesk {

    private final Gate gate;

    public ErasureDesk(Gate gate) {
        this.gate = gate;
    }

    /**
     * Proposes, or agrees to what another person has proposed.
     *
     * @param proposal the leaf hash of the proposal that is agreed to; without it, whichever stands for the same reason
     * @param person who does; sealed under a key that is not that of the case, so that it outlives it. Nobody agrees who is
     *     located in a place that the case concerns; proposing is open to them
     * @return the newest receipt: {@code erasure-proposed}, {@code case-shredded} or {@code erasure-blocked}; nothing if there
     *     is no such request
     */
    public Optional<CompletionStage<Receipt>> shred(
            String requestId, ErasureReason reason, Optional<Hash> proposal, Person person) {
        return append(requestId, reason, proposal, person, true);
    }

    /** Records that somebody tried who may not. */
    public Optional<CompletionStage<Receipt>> refuse(String requestId, ErasureReason reason, Person person) {
        return append(requestId, reason, Optional.empty(), person, false);
    }

    private Optional<CompletionStage<Receipt>> append(
            String requestId, ErasureReason reason, Optional<Hash> proposal, Person person, boolean isPermitted) {
        return gate.find(requestId)
                .map(found -> CaseFile.key(gate.ledger(), gate.scribe().vault(), found.first()))
                .map(key -> gate.ledger()
                        .append(new Erasure(requestId, reason, proposal, person, isPermitted, key))
                        .thenApply(receipts -> receipts.get(receipts.size() - 1)));
    }

    private final class Erasure extends CaseStep {

        private final ErasureReason reason;
        private final Optional<Hash> agreesTo;
        private final boolean isPermitted;
        private final Optional<String> tag;
        private final Person person;
        private final List<Disclosure> by;
        private final CaseKey ownKey = gate.scribe().newKey();

        Erasure(
                String requestId,
                ErasureReason reason,
                Optional<Hash> agreesTo,
                Person person,
                boolean isPermitted,
                Optional<CaseKey> key) {
            super(gate, requestId);
            this.reason = reason;
            this.agreesTo = agreesTo;
            this.isPermitted = isPermitted;
            this.tag = key.map(it -> it.personTag(person.subject()));
            this.person = person;
            this.by = person.sealed();
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            if (!isPermitted) {
                return blocked(line, Blocked.NOT_PERMITTED);
            }
            if (found.shredded().isPresent()) {
                return blocked(line, Blocked.SHREDDED);
            }
            if (!person.isPerson()) {
                return blocked(line, Blocked.NOT_A_PERSON);
            }
            List<Draft> drafts = new ArrayList<>(2);
            if (found.state().isKept()) {
                return blocked(line, Blocked.IN_FLIGHT);
            }
            if (found.state().isInFlight()) {
                // Its instrument may have expired since, or a hold may stand.
                Event.RequestDecided now = found.decidedAgain(gate.rulebook(), standing, at);
                if (isWaiting(now.decision())) {
                    return blocked(line, Blocked.IN_FLIGHT);
                }
                drafts.add(line.draft(now)); // it has ended since, and the log has to say so first
            }
            Optional<Stored> proposal = drafts.isEmpty() ? found.proposal(at) : Optional.empty();
            drafts.addAll(
                    proposal.isPresent()
                            ? second(line, proposal.get(), found.event().facts())
                            : first(line));
            return drafts;
        }

        private List<Draft> first(Scribe.Line line) {
            return agreesTo.isPresent()
                    ? blocked(line, Blocked.OTHER_PROPOSAL)
                    : List.of(line.draft(new Event.ErasureProposed(reason, tag()), by, ownKey));
        }

        private List<Draft> second(Scribe.Line line, Stored proposal, Facts facts) {
            Event.ErasureProposed proposed =
                    (Event.ErasureProposed) proposal.entry().event();
            Hash version = proposal.entry().leaf().hash();
            if (proposed.reason() != reason || !agreesTo.orElse(version).equals(version)) {
                return blocked(line, Blocked.OTHER_PROPOSAL);
            }
            if (proposed.by().equals(tag())) {
                return blocked(line, Blocked.SAME_PERSON_TWICE);
            }
            return person.isLocatedWhere(facts)
                    ? List.of(line.draft(
                            new Event.ErasureBlocked(reason, Blocked.LOCATED_THERE), person.sealedWithPlace(), ownKey))
                    : List.of(
                            line.answering(proposal.index()).draft(new Event.CaseShredded(reason, tag()), by, ownKey));
        }

        private List<Draft> blocked(Scribe.Line line, Blocked why) {
            return List.of(line.draft(new Event.ErasureBlocked(reason, why), by, ownKey));
        }

        private String tag() {
            return tag.orElseThrow(this::keyIsGone);
        }

        private static boolean isWaiting(Decision decision) {
            return decision instanceof Decision.Referred || decision instanceof Decision.Released;
        }
    }
}
