package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Opens one sealed claim of one entry. That somebody did is durable before they see it; so is every refused attempt. */
public final class SealedClaims {

    /** The names of all claims that entries seal: so no other word can get into an entry about one. */
    private static final Set<String> NAMES = Set.of(
            "agency",
            "issued-by",
            "docket",
            "case-reference",
            "officer",
            "document",
            "targets",
            "period",
            "pseudonyms",
            "necessity",
            "person",
            "located-in",
            "recipient",
            "question",
            "reason");

    private final Gate gate;

    public SealedClaims(Gate gate) {
        this.gate = gate;
    }

    /** What came of it. */
    public sealed interface Result {

        /** @param disclosure anybody can check it against the entry */
        record Opened(Disclosure disclosure, Receipt receipt) implements Result {}

        /** @param shredded the entry that shredded the case, if that is why */
        record Refused(Blocked why, Optional<Stored> shredded, Receipt receipt) implements Result {}
    }

    /**
     * @param person who opens it, and {@code recipient} for whom; both sealed in the entry that records it
     * @return nothing if there is no such entry, or it has no such claim
     */
    public Optional<CompletionStage<Result>> open(long index, String claim, String person, String recipient) {
        Optional<Stored> entry = gate.ledger().entry(index).filter(found -> NAMES.contains(claim));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Opening opening = new Opening(entry.get(), claim, person, Optional.of(recipient));
        Optional<Disclosure> found = CaseFile.open(gate.ledger(), gate.scribe().vault(), entry.get()).stream()
                .filter(disclosure -> disclosure.name().equals(claim))
                .findFirst();
        return found.isPresent() || opening.shredded().isPresent()
                ? Optional.of(append(opening).thenApply(receipt -> result(receipt, found, opening)))
                : Optional.empty();
    }

    /**
     * Records that somebody tried who may not.
     *
     * @return nothing if there is no such entry, or no claim has this name
     */
    public Optional<CompletionStage<Receipt>> refuse(long index, String claim, String person) {
        return gate.ledger()
                .entry(index)
                .filter(found -> NAMES.contains(claim))
                .map(entry -> append(new Opening(entry, claim, person, Optional.empty())));
    }

    private CompletionStage<Receipt> append(Opening opening) {
        return gate.ledger().append(opening).thenApply(receipts -> receipts.get(0));
    }

    /** Shown only if the entry in the log says that it was opened. */
    private static Result result(Receipt receipt, Optional<Disclosure> found, Opening opening) {
        return receipt.stored().entry().event() instanceof Event.ClaimOpeningBlocked blocked
                ? new Result.Refused(blocked.blocked(), opening.shredded(), receipt)
                : new Result.Opened(found.orElseThrow(), receipt);
    }

    private final class Opening implements Candidate {

        private final Stored entry;
        private final String claim;
        private final Optional<String> recipient;
        private final List<Disclosure> sealed;
        private final CaseKey key = gate.scribe().newKey();

        /** @param recipient nothing if the person may not */
        Opening(Stored entry, String claim, String person, Optional<String> recipient) {
            this.entry = entry;
            this.claim = claim;
            this.recipient = recipient;
            Disclosure by = Disclosure.of("person", person);
            this.sealed = recipient
                    .map(name -> List.of(by, Disclosure.of("recipient", name)))
                    .orElse(List.of(by));
        }

        Optional<Stored> shredded() {
            return hasHistory() ? shredded(gate.ledger().history(subject())) : Optional.empty();
        }

        private Optional<Stored> shredded(List<Stored> history) {
            return gate.caseOf(subject(), history, gate.ledger().standing().keys())
                    .flatMap(Case::shredded);
        }

        @Override
        public String subject() {
            return entry.entry().envelope().subject();
        }

        /** Only a request can be shredded. */
        @Override
        public boolean hasHistory() {
            return entry.entry().envelope().isAboutRequest();
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Scribe.Line line = gate.scribe().line(standing, at, subject()).answering(entry.index());
            return List.of(line.draft(event(history), sealed, key));
        }

        private Event event(List<Stored> history) {
            if (recipient.isEmpty()) {
                return new Event.ClaimOpeningBlocked(claim, entry.index(), Blocked.NOT_PERMITTED);
            }
            return shredded(history).isPresent()
                    ? new Event.ClaimOpeningBlocked(claim, entry.index(), Blocked.SHREDDED)
                    : new Event.ClaimOpened(claim, entry.index());
        }
    }
}
