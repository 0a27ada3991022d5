package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where people look at what was referred. Each step names the leaf hash of one decision; any later decision on the request ends
 * it. One person stops: narrows, returns or refuses, at once. It takes different people to release: with the last approval that
 * is needed the request is decided again, under the rules and holds of that moment. Every attempt that does not count is recorded.
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
     * @param confirmed of the duties that the decision names, those that this person has seen to; what else is confirmed is
     *     not recorded
     * @return receipts of what was written, the last one being the newest state; nothing if there is no such request
     */
    public Optional<CompletionStage<List<Receipt>>> approve(
            String requestId, Hash version, Person person, Set<Duty> confirmed) {
        return gate.find(requestId).map(found -> gate.ledger().append(new Approval(found, version, person, confirmed)));
    }

    /**
     * Narrows, returns or refuses it. What people have said stays: no later decision on it gives more. Approvals from before count
     * for nothing.
     *
     * @return {@code request-reviewed} and the decision that it leads to, or {@code review-blocked}; nothing if there is no such
     *     request
     */
    public Optional<CompletionStage<List<Receipt>>> review(
            String requestId, Hash version, Review review, Person person) {
        return gate.find(requestId).map(found -> gate.ledger().append(new Stop(found, version, review, person)));
    }

    /** What one person does about one version. */
    private abstract class Wish extends CaseAct {

        private final Hash version;
        private final Person person;

        Wish(Case found, Hash version, Person person) {
            super(gate, found);
            this.version = version;
            this.person = person;
        }

        @Override
        final Draft shredded(Case found, Scribe.Line line, CaseKey key) {
            return line.draft(blocked(found, Blocked.SHREDDED), person.sealed(), key);
        }

        @Override
        final List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line, CaseKey key) {
            String tag = key.personTag(person.subject());
            Optional<Blocked> why = unfit(found, tag);
            if (why.isPresent()) {
                return List.of(line.draft(blocked(found, why.get()), sealed(why.get()), key));
            }
            List<Draft> drafts = new ArrayList<>();
            drafts.add(line.draft(event(found, version, tag), person.sealed(), key));
            next(found, standing, at).ifPresent(decided -> drafts.add(line.draft(decided)));
            return drafts;
        }

        /** Where somebody is stays out, unless that has decided. */
        private List<Disclosure> sealed(Blocked why) {
            return why == Blocked.LOCATED_THERE ? person.sealedWithPlace() : person.sealed();
        }

        private Optional<Blocked> unfit(Case found, String tag) {
            if (found.state() != CaseState.REFERRED) {
                return Optional.of(Blocked.NOT_AWAITING_APPROVAL);
            }
            Optional<Blocked> who = unfit(person, found);
            if (who.isPresent()) {
                return who;
            }
            return found.version().equals(version) ? objection(found, tag) : Optional.of(Blocked.OTHER_VERSION);
        }

        /** Why this does not count of whom it comes from, and from where: where people are, others have power over them. */
        abstract Optional<Blocked> unfit(Person somebody, Case found);

        /** Why this does not count on the version that stands. */
        abstract Optional<Blocked> objection(Case found, String tag);

        abstract Event blocked(Case found, Blocked why);

        abstract Event event(Case found, Hash of, String tag);

        /** The decision that it leads to. */
        abstract Optional<Event> next(Case found, Standing standing, Instant at);
    }

    private final class Approval extends Wish {

        private final Set<Duty> confirmed;

        Approval(Case found, Hash version, Person person, Set<Duty> confirmed) {
            super(found, version, person);
            this.confirmed = confirmed;
        }

        @Override
        Optional<Blocked> unfit(Person somebody, Case found) {
            if (!somebody.isPerson()) {
                return Optional.of(Blocked.NOT_A_PERSON);
            }
            return somebody.isLocatedWhere(found.event().facts())
                    ? Optional.of(Blocked.LOCATED_THERE)
                    : Optional.empty();
        }

        @Override
        Optional<Blocked> objection(Case found, String tag) {
            if (found.approvedBy().contains(tag)) {
                return Optional.of(Blocked.SAME_PERSON_TWICE);
            }
            return unanswered(found).isEmpty() ? Optional.empty() : Optional.of(Blocked.UNANSWERED);
        }

        private Set<Duty> unanswered(Case found) {
            Set<Duty> unanswered = found.toConfirm();
            unanswered.removeAll(confirmed);
            return unanswered;
        }

        @Override
        Event blocked(Case found, Blocked why) {
            return why == Blocked.UNANSWERED
                    ? new Event.ApprovalBlocked(why, unanswered(found))
                    : new Event.ApprovalBlocked(why);
        }

        @Override
        Event event(Case found, Hash of, String tag) {
            Set<Duty> asked = found.toConfirm();
            asked.retainAll(confirmed);
            return new Event.ApprovalGiven(of, tag, asked);
        }

        @Override
        Optional<Event> next(Case found, Standing standing, Instant at) {
            int needed = ((Decision.Referred) found.decision()).obligations().approvals();
            Event.RequestDecided again = found.decidedAgainWithOneMore(gate.rulebook(), standing, at);
            return found.approvedBy().size() + 1 >= needed || isStopped(again.decision())
                    ? Optional.of(again)
                    : Optional.empty();
        }

        /** By a hold that came meanwhile, by another rulebook, or by time. */
        private static boolean isStopped(Decision now) {
            return !(now instanceof Decision.Referred) && !(now instanceof Decision.Released);
        }
    }

    private final class Stop extends Wish {

        private final Review review;

        Stop(Case found, Hash version, Review review, Person person) {
            super(found, version, person);
            this.review = review;
        }

        /** It only takes away: whoever is there can stop like anybody else. */
        @Override
        Optional<Blocked> unfit(Person somebody, Case found) {
            return Optional.empty();
        }

        @Override
        Optional<Blocked> objection(Case found, String tag) {
            return review instanceof Review.Narrowed narrowed && !found.isNarrower(narrowed)
                    ? Optional.of(Blocked.NOT_NARROWER)
                    : Optional.empty();
        }

        @Override
        Event blocked(Case found, Blocked why) {
            return new Event.ReviewBlocked(review.verdict(), why);
        }

        @Override
        Event event(Case found, Hash of, String tag) {
            return new Event.RequestReviewed(of, tag, review);
        }

        @Override
        Optional<Event> next(Case found, Standing standing, Instant at) {
            return Optional.of(found.reviewed(review, gate.rulebook(), standing, at));
        }
    }
}
