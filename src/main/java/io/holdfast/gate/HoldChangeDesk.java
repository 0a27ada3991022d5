package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Envelope;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Attempt;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.HoldChange;
import io.holdfast.audit.HoldChangeBook;
import io.holdfast.audit.HoldPreview;
import io.holdfast.audit.HoldProposal;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.audit.Warning;
import io.holdfast.legal.Hold;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where people agree to lift holds and to widen them. One proposes exactly what is to happen, others approve exactly that;
 * one objection stops it. Every attempt that does not count is recorded. The rules are those of {@link HoldChangeBook}, which
 * replay asks again; here is only what the sealed part alone can tell: who somebody is, and whether a reason is one.
 */
public final class HoldChangeDesk {

    /** So many letters and digits a reason has, so many different ones among them. */
    private static final int LEAST_OF_A_REASON = 10;

    private static final int LEAST_DIFFERENT = 4;

    private final Gate gate;
    private final PeopleRule rule;

    /** The leaf hashes of entries whose signature was good: checking one costs more than reading it. */
    private final Set<Hash> checked = ConcurrentHashMap.newKeySet();

    HoldChangeDesk(Gate gate, PeopleRule rule) {
        this.gate = gate;
        this.rule = rule;
    }

    /** What has been proposed, and what became of it. */
    public HoldChangeBook book() {
        return book(gate.ledger().history(Envelope.HOLD_CHANGES), gate.ledger().standing());
    }

    private HoldChangeBook book(List<Stored> history, Standing standing) {
        OwnEntries.check(Envelope.HOLD_CHANGES, history, standing.keys(), checked);
        HoldChangeBook book = new HoldChangeBook();
        history.forEach(book::next);
        return book;
    }

    /**
     * Takes seconds: it is found out first what it would do, which is part of what others approve. Not if it is blocked anyway.
     *
     * @return {@code hold-change-proposed}, or {@code hold-change-blocked}; fails with {@link NoPreviewException}, and then
     *     nothing was recorded
     */
    public CompletionStage<List<Receipt>> propose(WantedChange wanted, Actor actor, String reason) {
        Proposal proposal = new Proposal(wanted, actor, reason);
        return Previews.whileStale(() -> {
            Standing standing = gate.ledger().standing();
            if (proposal.why(book(), standing, gate.scribe().now(standing)).isPresent()) {
                return gate.ledger().append(proposal);
            }
            return gate.previews()
                    .of(wanted, standing)
                    .thenCompose(preview -> gate.ledger().append(new Proposal(proposal, preview, standing.epoch())));
        });
    }

    /** Until when a proposal of this moment can be approved, if nobody says otherwise. */
    public Instant approveBy() {
        return gate.scribe().now().truncatedTo(ChronoUnit.SECONDS).plus(WantedChange.APPROVE_WITHIN);
    }

    /** Proposes to lift the version of a hold that is in force, as soon as it is approved. */
    public CompletionStage<List<Receipt>> proposeLift(
            String holdId, Optional<Hash> evidence, Actor actor, String reason) {
        int version = gate.ledger().standing().hold(holdId).map(Hold::version).orElse(1);
        Instant approveBy = approveBy();
        return propose(
                new WantedChange(
                        List.of(new HoldChange.Lift(holdId, version, evidence)),
                        List.of(),
                        approveBy,
                        Optional.empty(),
                        approveBy.plus(WantedChange.EFFECTIVE_WITHIN)),
                actor,
                reason);
    }

    /**
     * @param proposal the leaf hash of exactly what is approved
     * @return {@code hold-change-approved}, followed by {@code holds-changed} if that was the last approval and its time has
     *     come; or {@code hold-change-blocked}, followed by {@code hold-change-ended} if its end has come. Nothing if there is
     *     no such proposal
     */
    public Optional<CompletionStage<List<Receipt>>> approve(Hash proposal, Actor actor) {
        return answer(proposal, Attempt.APPROVE, actor, Optional.empty());
    }

    /** One objection stops it until {@link #withdrawObjection}. Answers like {@link #approve}. */
    public Optional<CompletionStage<List<Receipt>>> object(Hash proposal, Actor actor, String reason) {
        return answer(proposal, Attempt.OBJECT, actor, Optional.of(reason));
    }

    /** By whoever objects. Answers like {@link #approve}. */
    public Optional<CompletionStage<List<Receipt>>> withdrawObjection(Hash proposal, Actor actor) {
        return answer(proposal, Attempt.WITHDRAW_OBJECTION, actor, Optional.empty());
    }

    /** By whoever proposed it. Answers like {@link #approve}. */
    public Optional<CompletionStage<List<Receipt>>> withdraw(Hash proposal, Actor actor) {
        return answer(proposal, Attempt.WITHDRAW, actor, Optional.empty());
    }

    private Optional<CompletionStage<List<Receipt>>> answer(
            Hash version, Attempt attempt, Actor actor, Optional<String> reason) {
        return book().find(version).map(proposal -> gate.ledger().append(new Answer(proposal, attempt, actor, reason)));
    }

    /**
     * Brings into effect what is approved and due, and ends what cannot take effect any more. Several replicas may do it at
     * once: each step is in the log once.
     *
     * @return how many entries this call wrote
     */
    public int settle() {
        Standing standing = gate.ledger().standing();
        Instant at = gate.scribe().now(standing);
        int written = 0;
        for (HoldProposal proposal : book().all()) {
            if (next(proposal, standing, at).isPresent() && isSettled(proposal.index())) {
                written++;
            }
        }
        return written;
    }

    /** Those whose time to be approved, or to take effect, is nearly over. */
    public List<HoldProposal> nearlyOver(Warning warning) {
        Standing standing = gate.ledger().standing();
        Instant at = gate.scribe().now(standing);
        return book().all().stream()
                .filter(proposal -> proposal.isNearlyOver(warning, standing, at))
                .toList();
    }

    private boolean isSettled(long proposal) {
        try {
            gate.ledger().append(new Settlement(proposal)).toCompletableFuture().join();
            return true;
        } catch (NothingToDoException e) {
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof NothingToDoException) {
                return false;
            }
            throw e;
        }
    }

    /** What the gateway itself has to write about a proposal now. */
    private static Optional<Event> next(HoldProposal proposal, Standing standing, Instant at) {
        if (proposal.isDue(standing, at)) {
            return Optional.of(proposal.effect());
        }
        return proposal.ending(standing, at).map(because -> new Event.HoldChangeEnded(proposal.version(), because));
    }

    private Scribe.Line line(Standing standing, Instant at) {
        return gate.scribe().line(standing, at, Envelope.HOLD_CHANGES);
    }

    private Scribe.Line attempt(Standing standing, Instant at) {
        return gate.scribe().line(standing, at, Envelope.HOLD_ATTEMPTS);
    }

    private abstract static class Step implements Candidate {
        @Override
        public String subject() {
            return Envelope.HOLD_CHANGES;
        }

        @Override
        public boolean hasHistory() {
            return true;
        }
    }

    /** Something that one person wants, and that may have to be blocked. */
    private abstract class Wish extends Step {

        final Attempt attempt;
        final Actor actor;
        final Optional<String> reason;
        final List<Disclosure> sealed = new ArrayList<>();
        final CaseKey ownKey;

        Wish(Attempt attempt, Actor actor, Optional<String> reason, CaseKey ownKey) {
            this.ownKey = ownKey;
            this.attempt = attempt;
            this.actor = actor;
            this.reason = reason;
            sealed.add(Disclosure.of("person", actor.subject()));
            reason.ifPresent(text -> sealed.add(Disclosure.of("reason", text)));
        }

        /** What only the sealed part tells. */
        Optional<Blocked> unfit() {
            if (!actor.isPerson()) {
                return Optional.of(Blocked.NOT_A_PERSON);
            }
            if (!isPermitted()) {
                return Optional.of(Blocked.NOT_PERMITTED);
            }
            return reason.filter(text -> !isReason(text)).map(text -> Blocked.NO_REASON);
        }

        private boolean isPermitted() {
            return switch (attempt) {
                case APPROVE -> actor.mayApproveHoldChanges() && rule.isEligible(actor.subject());
                case OBJECT, WITHDRAW_OBJECTION -> actor.mayApproveHoldChanges();
                default -> actor.mayProposeHoldChanges();
            };
        }

        Draft blocked(Scribe.Line line, Optional<String> hold, Blocked why) {
            List<Disclosure> all = why == Blocked.LOCATED_THERE ? actor.person().sealedWithPlace() : sealed;
            return line.draft(new Event.HoldChangeBlocked(hold, attempt, why), all, ownKey);
        }
    }

    /** A dot is none, nor is a dot ten times over. */
    private static boolean isReason(String text) {
        return text.codePoints().filter(Character::isLetterOrDigit).count() >= LEAST_OF_A_REASON
                && text.codePoints()
                                .filter(Character::isLetterOrDigit)
                                .distinct()
                                .count()
                        >= LEAST_DIFFERENT;
    }

    private final class Proposal extends Wish {

        private final Event.HoldChangeProposed event;
        private final List<Draft.Content> texts;

        /** Under which the preview was made. */
        private final long epoch;

        /** Of which nobody has looked yet what it would do: it can only be blocked. */
        Proposal(WantedChange wanted, Actor actor, String reason) {
            super(Attempt.PROPOSE, actor, Optional.of(reason), gate.scribe().newKey());
            this.event = new Event.HoldChangeProposed(
                    wanted.changes(),
                    wanted.approveBy(),
                    wanted.effective(),
                    wanted.effectiveBy(),
                    rule.people(),
                    ownKey.personTag(actor.subject()),
                    Optional.empty());
            this.texts = wanted.texts().stream().map(HoldDesk::content).toList();
            this.epoch = -1;
        }

        Proposal(Proposal blind, HoldPreview preview, long epoch) {
            super(Attempt.PROPOSE, blind.actor, blind.reason, blind.ownKey);
            this.event = new Event.HoldChangeProposed(
                    blind.event.changes(),
                    blind.event.approveBy(),
                    blind.event.effective(),
                    blind.event.effectiveBy(),
                    blind.event.people(),
                    blind.event.by(),
                    Optional.of(preview));
            this.texts = blind.texts;
            this.epoch = epoch;
        }

        /** Why it is none. */
        Optional<Blocked> why(HoldChangeBook book, Standing standing, Instant at) {
            return unfit().or(() -> book.objection(event, -1, standing, at));
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Optional<Blocked> why = why(book(history, standing), standing, at);
            if (why.isPresent()) {
                return List.of(blocked(attempt(standing, at), onlyHold(), why.get()));
            }
            boolean isSeen = epoch == standing.epoch()
                    && event.preview()
                            .filter(preview -> preview.recorded().isFresh(at))
                            .isPresent();
            if (!isSeen) {
                throw new Previews.Stale();
            }
            return List.of(line(standing, at).keeping(texts).draft(event, sealed, ownKey));
        }

        private Optional<String> onlyHold() {
            return event.changes().size() == 1
                    ? Optional.of(event.changes().get(0).holdId())
                    : Optional.empty();
        }
    }

    private final class Answer extends Wish {

        private final long proposal;
        private final Event event;

        /** The tag is made with the key of the proposal, or two people could not be told apart. */
        Answer(HoldProposal proposal, Attempt attempt, Actor actor, Optional<String> reason) {
            super(attempt, actor, reason, gate.scribe().newKey());
            CaseKey key = CaseFile.key(gate.ledger(), gate.scribe().vault(), proposal.stored())
                    .orElseThrow(() -> new IllegalStateException(
                            "the key of entry " + proposal.index() + " is gone; the database was changed by somebody"));
            this.proposal = proposal.index();
            this.event = event(attempt, proposal.version(), key.personTag(actor.subject()));
        }

        private static Event event(Attempt attempt, Hash version, String tag) {
            return switch (attempt) {
                case APPROVE -> new Event.HoldChangeApproved(version, tag);
                case OBJECT -> new Event.HoldChangeObjected(version, tag);
                case WITHDRAW_OBJECTION -> new Event.HoldObjectionWithdrawn(version, tag);
                case WITHDRAW -> new Event.HoldChangeWithdrawn(version, tag);
                case PLACE, TIGHTEN, LIFT, PROPOSE ->
                    throw new IllegalArgumentException(attempt + " answers no proposal");
            };
        }

        /** Nobody approves what becomes of a hold that is about the place where they are. They may object. */
        private Optional<Blocked> located(HoldProposal proposal, Standing standing) {
            boolean isThere = attempt == Attempt.APPROVE
                    && proposal.event().changes().stream()
                            .flatMap(change -> Stream.concat(
                                    standing.hold(change.holdId()).stream(),
                                    change.next().map(RecordedHold::hold).stream()))
                            .anyMatch(hold -> actor.person().isLocatedWhere(hold));
            return isThere ? Optional.of(Blocked.LOCATED_THERE) : Optional.empty();
        }

        /** What happens next is written with it: the effect, which is the last entry since it raises the epoch, or the end. */
        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            HoldChangeBook book = book(history, standing);
            HoldProposal before = book.at(proposal)
                    .orElseThrow(() -> new IllegalStateException("entry " + proposal + " is gone from the log"));
            Scribe.Line line = line(standing, at).answering(proposal);
            Optional<Blocked> why =
                    unfit().or(() -> located(before, standing)).or(() -> book.objection(event, proposal, standing, at));
            List<Draft> drafts = new ArrayList<>();
            drafts.add(why.map(blocked -> blocked(attempt(standing, at).answering(proposal), Optional.empty(), blocked))
                    .orElseGet(() -> line.draft(event, sealed, ownKey)));
            HoldProposal now = why.isPresent() ? before : before.after(event);
            next(now, standing, at).ifPresent(further -> drafts.add(line.draft(further)));
            return drafts;
        }
    }

    private final class Settlement extends Step {

        private final long proposal;

        Settlement(long proposal) {
            this.proposal = proposal;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return book(history, standing)
                    .at(proposal)
                    .flatMap(found -> next(found, standing, at))
                    .map(event -> List.of(line(standing, at).answering(proposal).draft(event)))
                    .orElseThrow(NothingToDoException::new);
        }
    }
}
