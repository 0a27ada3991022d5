package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.PastRequests;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.audit.RulebookBook;
import io.holdfast.audit.RulebookChange;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a rulebook follows another. What lies in the directory of policies ({@link PolicyWatch}) comes into force by itself if it
 * opens nothing; if it opens anything, one person proposes it and another agrees. Every attempt of a person that does not count is
 * recorded.
 */
public final class RulebookDesk {

    private final Gate gate;
    private final PolicyWatch watch;

    public RulebookDesk(Gate gate, PolicyWatch watch) {
        this.gate = gate;
        this.watch = watch;
    }

    public PolicyWatch watch() {
        return watch;
    }

    /** What was proposed, and came into force, so far. */
    public RulebookBook book() {
        RulebookBook book = new RulebookBook();
        gate.ledger().history(Envelope.RULEBOOK).forEach(book::next);
        return book;
    }

    /** Whether it takes two people, as things stand. */
    public boolean takesTwo(NextRulebook next) {
        return book().takesTwo(next.change());
    }

    /** The proposal of it that a second person can agree to. */
    public Optional<Stored> proposal(NextRulebook next) {
        return book().proposal(
                        next.digest(), gate.ledger().standing(), gate.scribe().now());
    }

    /**
     * Puts into force what opens nothing. Fails with {@link NotAlone} if it may not, or not any more: then nothing is
     * recorded, since nobody has tried anything.
     */
    public CompletionStage<Receipt> activate(NextRulebook next) {
        try {
            return append(new Alone(next));
        } catch (NotAlone e) {
            return CompletableFuture.failedStage(e); // found out before it was the writer's turn
        }
    }

    /** What a set that opens something, or whose comparison has grown old, answers to coming into force by itself. */
    public static final class NotAlone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotAlone(Blocked why) {
            super("the rulebook does not come into force by itself: " + why);
        }
    }

    /**
     * Takes seconds: it is counted first what recorded requests would meet.
     *
     * @return {@code rulebook-proposed} or {@code rulebook-blocked}; fails with {@link NoPreviewException}, and then nothing
     *     was recorded
     */
    public CompletionStage<Receipt> propose(String digest, String person) {
        return Previews.whileStale(() -> {
            Optional<NextRulebook> next = next(digest);
            if (next.isEmpty()) {
                return append(new Refusal(digest, Blocked.OTHER_RULEBOOK, Person.of(person)));
            }
            Standing standing = gate.ledger().standing();
            Proposal proposal = new Proposal(next.get(), person, Optional.empty());
            if (proposal.why(standing, gate.scribe().now(standing)).isPresent()) {
                return append(proposal);
            }
            return gate.previews()
                    .of(next.get(), standing)
                    .thenCompose(recorded -> append(new Proposal(next.get(), person, Optional.of(recorded))));
        });
    }

    /** @return {@code rulebook-activated} or {@code rulebook-blocked} */
    public CompletionStage<Receipt> agree(String digest, Person person) {
        Optional<NextRulebook> next = next(digest);
        if (next.isEmpty()) {
            return append(new Refusal(digest, Blocked.OTHER_RULEBOOK, person));
        }
        Optional<Stored> proposal = proposal(next.get());
        return append(
                proposal.isEmpty()
                        ? new Refusal(digest, Blocked.OTHER_PROPOSAL, person)
                        : new Agreement(next.get(), proposal.get(), person));
    }

    /** Records that somebody tried who may not. */
    public CompletionStage<Receipt> refuse(String digest, String person) {
        return append(new Refusal(digest, Blocked.NOT_PERMITTED, Person.of(person)));
    }

    private Optional<NextRulebook> next(String digest) {
        return watch.seen().next().filter(next -> next.digest().equals(digest));
    }

    private CompletionStage<Receipt> append(Candidate attempt) {
        return gate.ledger().append(attempt).thenApply(receipts -> receipts.get(0));
    }

    private static Draft.Content content(NextRulebook next) {
        return new Draft.Content(Genesis.contentName(next.digest()), RulebookArchive.write(next.files()));
    }

    private static RulebookBook book(List<Stored> history) {
        RulebookBook book = new RulebookBook();
        history.forEach(book::next);
        return book;
    }

    private abstract class Attempt implements Candidate {

        @Override
        public String subject() {
            return Envelope.RULEBOOK;
        }

        @Override
        public boolean hasHistory() {
            return true;
        }

        Scribe.Line line(Standing standing, Instant at) {
            return gate.scribe().line(standing, at, Envelope.RULEBOOK);
        }
    }

    private final class Alone extends Attempt {

        private final NextRulebook next;
        private final Draft.Content content;
        private final Event.RulebookActivated event;

        Alone(NextRulebook next) {
            this.next = next;
            this.content = content(next);
            this.event = new Event.RulebookActivated(next.change(), Optional.empty());
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Optional<Blocked> objection = standing.epoch() == next.epoch()
                    ? book(history).objection(event, OptionalLong.empty(), standing, at)
                    : Optional.of(Blocked.OTHER_RULEBOOK);
            if (objection.isPresent()) {
                throw new NotAlone(objection.get());
            }
            return List.of(line(standing, at).keeping(List.of(content)).draft(event));
        }
    }

    /** Something that one person wants, and that may have to be blocked. */
    private abstract class OfAPerson extends Attempt {

        final Person person;
        final List<Disclosure> by;
        final CaseKey ownKey = gate.scribe().newKey();
        private final String digest;

        OfAPerson(String digest, Person person) {
            this.digest = digest;
            this.person = person;
            this.by = person.sealed();
        }

        Optional<Blocked> unfit() {
            return person.isPerson() ? Optional.empty() : Optional.of(Blocked.NOT_A_PERSON);
        }

        List<Draft> blocked(Scribe.Line line, Blocked why) {
            List<Disclosure> sealed = why == Blocked.LOCATED_THERE ? person.sealedWithPlace() : by;
            return List.of(line.draft(new Event.RulebookBlocked(digest, why), sealed, ownKey));
        }
    }

    private final class Proposal extends OfAPerson {

        private final NextRulebook next;
        private final Event.RulebookProposed event;

        /** @param recorded nothing if nobody has counted yet: then it can only be blocked */
        Proposal(NextRulebook next, String person, Optional<PastRequests> recorded) {
            super(next.digest(), Person.of(person));
            this.next = next;
            this.event = new Event.RulebookProposed(next.change(), ownKey.personTag(person), recorded);
        }

        /** Why it is none. */
        Optional<Blocked> why(Standing standing, Instant at) {
            return unfit().or(() -> RulebookBook.objection(event, standing, at))
                    .or(() ->
                            standing.epoch() == next.epoch() ? Optional.empty() : Optional.of(Blocked.OTHER_RULEBOOK));
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Optional<Blocked> why = why(standing, at);
            if (why.isPresent()) {
                return blocked(line(standing, at), why.get());
            }
            if (event.recorded().filter(recorded -> recorded.isFresh(at)).isEmpty()) {
                throw new Previews.Stale();
            }
            return List.of(line(standing, at).draft(event, by, ownKey));
        }
    }

    private final class Agreement extends OfAPerson {

        private final NextRulebook next;
        private final long proposal;
        private final Draft.Content content;
        private final Event.RulebookActivated event;

        /** The second tag is made with the first one's key, or they could not be compared. */
        Agreement(NextRulebook next, Stored proposal, Person person) {
            super(next.digest(), person);
            this.next = next;
            RulebookChange change = ((Event.RulebookProposed) proposal.entry().event()).change();
            CaseKey key = CaseFile.key(gate.ledger(), gate.scribe().vault(), proposal)
                    .orElseThrow(() -> new IllegalStateException(
                            "the key of entry " + proposal.index() + " is gone; the database was changed by somebody"));
            this.proposal = proposal.index();
            this.content = content(next);
            this.event = new Event.RulebookActivated(change, Optional.of(key.personTag(person.subject())));
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Scribe.Line line = line(standing, at).answering(proposal);
            Optional<Blocked> objection = unfit().or(
                            () -> book(history).objection(event, OptionalLong.of(proposal), standing, at))
                    .or(() -> person.isLocatedWhere(next) ? Optional.of(Blocked.LOCATED_THERE) : Optional.empty());
            return objection.isPresent()
                    ? blocked(line, objection.get())
                    : List.of(line.keeping(List.of(content)).draft(event, by, ownKey));
        }
    }

    private final class Refusal extends OfAPerson {

        private final Blocked why;

        Refusal(String digest, Blocked why, Person person) {
            super(digest, person);
            this.why = why;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return blocked(line(standing, at), why);
        }
    }
}
