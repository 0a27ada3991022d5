package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.LogLayout;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.ReportBook;
import io.holdfast.audit.ReportedPeriod;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where transparency reports are published. It takes two different people: the first proposes a report that was counted from
 * the log, the second agrees to exactly its bytes. Every attempt that does not count is recorded.
 */
public final class ReportDesk {

    private final Gate gate;

    public ReportDesk(Gate gate) {
        this.gate = gate;
    }

    /** What has been proposed and published so far. */
    public ReportBook book() {
        ReportBook book = new ReportBook();
        gate.ledger().history(Envelope.REPORT).forEach(book::next);
        return book;
    }

    /** The bytes of a report that was proposed. */
    public Optional<byte[]> report(Hash digest) {
        return gate.ledger().content(contentName(digest));
    }

    /**
     * @param from the first instant of the period, {@code to} the first instant after it
     * @param entries how many entries of the log were counted
     * @param bytes the report
     * @return {@code report-proposed}, or {@code report-blocked} if its period is not over
     */
    public CompletionStage<Receipt> propose(Instant from, Instant to, long entries, byte[] bytes, String person) {
        return append(new Proposal(new ReportedPeriod(from, to, entries, Hash.sha256(bytes)), bytes, person));
    }

    /** @return {@code report-published} or {@code report-blocked}; nothing if nobody has proposed this report */
    public Optional<CompletionStage<Receipt>> agree(Hash digest, String person) {
        return book().proposal(digest).map(proposal -> append(new Agreement(proposal, person)));
    }

    /** Records that somebody tried who may not. */
    public CompletionStage<Receipt> refuse(String person) {
        return append(new Refusal(person));
    }

    private CompletionStage<Receipt> append(Attempt attempt) {
        return gate.ledger().append(attempt).thenApply(receipts -> receipts.get(0));
    }

    private static String contentName(Hash digest) {
        return LogLayout.contentName(LogLayout.reportFile(digest)).orElseThrow();
    }

    /** Something that one person wants, and that may have to be blocked. */
    private abstract class Attempt implements Candidate {

        final List<Disclosure> by;
        final CaseKey ownKey = gate.scribe().newKey();
        private final boolean isPerson;

        Attempt(String person) {
            this.isPerson = Actor.isPerson(person);
            this.by = List.of(Disclosure.of("person", person));
        }

        Optional<Blocked> unfit() {
            return isPerson ? Optional.empty() : Optional.of(Blocked.NOT_A_PERSON);
        }

        @Override
        public String subject() {
            return Envelope.REPORT;
        }

        @Override
        public boolean hasHistory() {
            return true;
        }

        List<Draft> blocked(Scribe.Line line, Blocked why) {
            return List.of(line.draft(new Event.ReportBlocked(why), by, ownKey));
        }

        Scribe.Line line(Standing standing, Instant at) {
            return gate.scribe().line(standing, at, Envelope.REPORT);
        }
    }

    private final class Proposal extends Attempt {

        private final Event.ReportProposed event;
        private final Draft.Content content;

        Proposal(ReportedPeriod report, byte[] bytes, String person) {
            super(person);
            this.event = new Event.ReportProposed(report, ownKey.personTag(person));
            this.content = new Draft.Content(contentName(report.digest()), bytes);
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Scribe.Line line = line(standing, at);
            Optional<Blocked> objection = unfit().or(() -> ReportBook.objection(event, at));
            return objection.isPresent()
                    ? blocked(line, objection.get())
                    : List.of(line.keeping(List.of(content)).draft(event, by, ownKey));
        }
    }

    private final class Agreement extends Attempt {

        private final long proposal;
        private final Event.ReportPublished event;

        /** The second tag is made with the first one's key, or they could not be compared. */
        Agreement(Stored proposal, String person) {
            super(person);
            Event.ReportProposed proposed =
                    (Event.ReportProposed) proposal.entry().event();
            CaseKey key = CaseFile.key(gate.ledger(), gate.scribe().vault(), proposal)
                    .orElseThrow(() -> new IllegalStateException(
                            "the key of entry " + proposal.index() + " is gone; the database was changed by somebody"));
            this.proposal = proposal.index();
            this.event = new Event.ReportPublished(proposed.report(), key.personTag(person));
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            ReportBook book = new ReportBook();
            history.forEach(book::next);
            Scribe.Line line = line(standing, at).answering(proposal);
            Optional<Blocked> objection = unfit().or(() -> book.objection(event, proposal, at));
            return objection.isPresent() ? blocked(line, objection.get()) : List.of(line.draft(event, by, ownKey));
        }
    }

    private final class Refusal extends Attempt {

        Refusal(String person) {
            super(person);
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return blocked(line(standing, at), Blocked.NOT_PERMITTED);
        }
    }
}
