package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Opens one sealed claim of one entry. That somebody did is durable before they see it. */
public final class SealedClaims {

    private final Gate gate;

    public SealedClaims(Gate gate) {
        this.gate = gate;
    }

    /**
     * @param person who opens it; sealed in the entry that records it
     * @return the disclosure, which anybody can check against the entry; nothing if the entry has no such claim
     */
    public Optional<CompletionStage<Disclosure>> open(long index, String claim, String person) {
        Optional<Stored> entry = gate.ledger().entry(index);
        Optional<Disclosure> found = entry.flatMap(
                stored -> CaseFile.open(gate.ledger(), gate.scribe().vault(), stored).stream()
                        .filter(disclosure -> disclosure.name().equals(claim))
                        .findFirst());
        return found.map(disclosure ->
                gate.ledger().append(new Opening(entry.get(), claim, person)).thenApply(receipts -> disclosure));
    }

    private final class Opening implements Candidate {

        private final Stored entry;
        private final String claim;
        private final String person;
        private final CaseKey key = gate.scribe().newKey();

        Opening(Stored entry, String claim, String person) {
            this.entry = entry;
            this.claim = claim;
            this.person = person;
        }

        @Override
        public String subject() {
            return entry.entry().envelope().subject();
        }

        @Override
        public boolean hasHistory() {
            return false; // opening depends on nothing that other entries say
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return List.of(gate.scribe()
                    .line(standing, at, subject())
                    .answering(entry.index())
                    .draft(new Event.ClaimOpened(claim, entry.index()), List.of(Disclosure.of("person", person)), key));
        }
    }
}
