package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Draft;
import io.holdfast.audit.EntryWriter;
import io.holdfast.audit.Event;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.evidence.Examination;
import io.holdfast.evidence.Examiner;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Request;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Takes requests in. Whatever comes out was decided under the holds and the rulebook in force at its place in the log, and
 * is durable, signed and provable before anybody hears of it. Safe for many threads; does not block.
 */
public final class Gate {

    private final Ledger ledger;
    private final Scribe scribe;
    private final Examiner examiner;
    private final RulebookInForce rulebook;
    private final Previews previews = new Previews(this);
    private final SignedBefore signed = new SignedBefore();

    public Gate(
            Ledger ledger,
            String origin,
            EntryWriter writer,
            Vault vault,
            Examiner examiner,
            RulebookInForce rulebook,
            Clock clock) {
        this.ledger = ledger;
        this.scribe = new Scribe(origin, writer, vault, clock);
        this.examiner = examiner;
        this.rulebook = rulebook;
    }

    Scribe scribe() {
        return scribe;
    }

    Ledger ledger() {
        return ledger;
    }

    RulebookInForce rulebook() {
        return rulebook;
    }

    Previews previews() {
        return previews;
    }

    /**
     * Examines, decides, records.
     *
     * @param sender the enrolled authority that the caller has proved to act for
     * @param call set if the caller may repeat the call; then the first call's receipt comes back
     * @return a receipt for the decision; fails with {@link io.holdfast.audit.LedgerException}, and then nothing is released
     */
    public CompletionStage<Receipt> submit(Request request, Authority sender, Optional<Call> call) {
        Examination examination = examiner.examine(request, sender);
        SealedRequest sealed = SealedRequest.of(request, sender, scribe.pseudonyms());
        return ledger.append(new Submission(examination, sealed, call)).thenApply(receipts -> receipts.get(0));
    }

    /** The enrolled authority of this id. */
    public Optional<Authority> authority(String id) {
        return examiner.registry().find(id);
    }

    /** Whether the request came from this authority; opens the sealed name for the comparison, and shows it to nobody. */
    public boolean isFrom(Case found, Authority authority) {
        return CaseFile.open(ledger, scribe.vault(), found.first()).stream()
                .anyMatch(claim -> claim.name().equals(SealedRequest.AGENCY)
                        && claim.value().asText().equals(authority.id()));
    }

    /** The authority that sent it, if it is enrolled now; opens the sealed name, and shows it to nobody. */
    Optional<Authority> sender(Case found) {
        return CaseFile.open(ledger, scribe.vault(), found.first()).stream()
                .filter(claim -> claim.name().equals(SealedRequest.AGENCY))
                .findFirst()
                .flatMap(claim -> authority(claim.value().asText()));
    }

    /**
     * Appends, and waits until it is durable.
     *
     * @return for the newest entry of it
     * @throws NothingToDoException if there was nothing to append
     * @throws LedgerException if it cannot be appended
     */
    Receipt append(Candidate candidate) {
        try {
            List<Receipt> receipts =
                    ledger.append(candidate).toCompletableFuture().join();
            return receipts.get(receipts.size() - 1);
        } catch (CompletionException e) {
            if (e.getCause() instanceof NothingToDoException nothing) {
                throw nothing;
            }
            if (e.getCause() instanceof LedgerException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What is known of a request. */
    public Optional<Case> find(String requestId) {
        return caseOf(requestId, ledger.history(requestId), ledger.standing().keys());
    }

    /**
     * The case that these entries are, each of which the log has signed.
     *
     * @throws IllegalStateException as {@link Case#of}
     */
    Optional<Case> caseOf(String requestId, List<Stored> entries, KeyHistory keys) {
        return Case.of(requestId, entries, keys, signed.under(keys));
    }

    private final class Submission implements Candidate {

        private final Examination examination;
        private final SealedRequest sealed;
        private final Optional<Call> call;
        private final CaseKey key = scribe.newKey();

        Submission(Examination examination, SealedRequest sealed, Optional<Call> call) {
            this.examination = examination;
            this.sealed = sealed;
            this.call = call;
        }

        @Override
        public String subject() {
            return key.caseId();
        }

        @Override
        public boolean hasHistory() {
            return false;
        }

        @Override
        public Optional<Once> once() {
            return call.map(it -> new Once(
                    scribe.vault().callDigest("call", it.caller() + "\n" + it.key()),
                    scribe.vault().callDigest("body", it.body())));
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Event event = new Event.RequestDecided(
                    examination.facts(),
                    examination.checks(),
                    examiner.registry().digest(),
                    rulebook.decide(examination.facts(), standing, at));
            return List.of(scribe.line(standing, at, subject()).draft(event, sealed.claims(), sealed.tags(), key));
        }
    }
}
