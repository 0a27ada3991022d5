package io.holdfast.gate;

import io.holdfast.audit.CaseNotice;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.NoticeEvent.Attempt;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.tlog.Hash;
import io.holdfast.vault.CaseKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where people say what became of telling the person concerned. One person says that it was done, records an order that forbids
 * it, and takes back what was in the way. A risk that only the platform sees keeps somebody from knowing without a court: so it
 * takes two different people, neither of them where others have power over them for this request. Every attempt that does not
 * count is recorded.
 */
public final class NoticeDesk {

    private final Gate gate;

    public NoticeDesk(Gate gate) {
        this.gate = gate;
    }

    /**
     * Records that the person was told.
     *
     * @param told when, at the latest now
     * @param actor sealed, and in the entry only as a tag of this case
     * @return the newest receipt: {@code notice-given} or {@code notice-blocked}; nothing if there is no such request
     */
    public Optional<CompletionStage<Receipt>> give(String requestId, NoticeMeans means, Instant told, Actor actor) {
        return append(requestId, new Giving(means, told), actor);
    }

    /**
     * Records an order, or proposes to wait for a risk, or agrees to exactly what another person has proposed.
     *
     * @return the newest receipt: {@code notice-deferred}, {@code notice-deferral-proposed} or {@code notice-blocked}; nothing if
     *     there is no such request
     */
    public Optional<CompletionStage<Receipt>> defer(String requestId, NoticeDeferral deferral, Actor actor) {
        return append(requestId, new Deferring(deferral), actor);
    }

    /**
     * Records that what was in the way is not there any more.
     *
     * @param evidence SHA-256 of the document that says so; an order asks for it
     * @return the newest receipt: {@code notice-deferral-lifted} or {@code notice-blocked}; nothing if there is no such request
     */
    public Optional<CompletionStage<Receipt>> lift(String requestId, Optional<Hash> evidence, Actor actor) {
        return append(requestId, new Lifting(evidence), actor);
    }

    private Optional<CompletionStage<Receipt>> append(String requestId, Wish wish, Actor actor) {
        return gate.find(requestId)
                .map(found -> gate.ledger()
                        .append(new Step(found, wish, actor))
                        .thenApply(receipts -> receipts.get(receipts.size() - 1)));
    }

    /** What one person wants. */
    private interface Wish {

        Attempt attempt();

        /** Whether the person must be told nothing of a request that a hold covers by now. */
        default boolean isDecidedFirst() {
            return false;
        }

        default boolean mayFromWhereTheyAre(Person person, Case found) {
            return true;
        }

        Optional<Blocked> objection(CaseNotice notice, String tag, Instant at);

        NoticeEvent event(CaseNotice notice, String tag, Instant at);

        /** What the entry answers, if not the latest decision. */
        default Optional<Long> answers(CaseNotice notice, Instant at) {
            return Optional.empty();
        }
    }

    private record Giving(NoticeMeans means, Instant told) implements Wish {
        @Override
        public Attempt attempt() {
            return Attempt.GIVE;
        }

        @Override
        public boolean isDecidedFirst() {
            return true;
        }

        @Override
        public Optional<Blocked> objection(CaseNotice notice, String tag, Instant at) {
            return notice.giving(told, at);
        }

        @Override
        public NoticeEvent event(CaseNotice notice, String tag, Instant at) {
            return new NoticeEvent.Given(means, told, tag);
        }
    }

    private record Deferring(NoticeDeferral deferral) implements Wish {
        @Override
        public Attempt attempt() {
            return Attempt.DEFER;
        }

        @Override
        public boolean mayFromWhereTheyAre(Person person, Case found) {
            return !person.isLocatedWhere(found.event().facts());
        }

        @Override
        public Optional<Blocked> objection(CaseNotice notice, String tag, Instant at) {
            return notice.deferring(deferral, at)
                    .or(() -> same(notice, at)
                            .filter(first -> first.by().equals(tag))
                            .map(it -> Blocked.SAME_PERSON_TWICE));
        }

        private Optional<CaseNotice.Proposal> same(CaseNotice notice, Instant at) {
            return notice.proposal(at).filter(first -> first.deferral().equals(deferral));
        }

        @Override
        public NoticeEvent event(CaseNotice notice, String tag, Instant at) {
            return deferral.ground().isOrdered() || same(notice, at).isPresent()
                    ? new NoticeEvent.Deferred(deferral, tag)
                    : new NoticeEvent.DeferralProposed(deferral, tag);
        }

        @Override
        public Optional<Long> answers(CaseNotice notice, Instant at) {
            return deferral.ground().isOrdered()
                    ? Optional.empty()
                    : same(notice, at).map(CaseNotice.Proposal::index);
        }
    }

    private record Lifting(Optional<Hash> evidence) implements Wish {
        @Override
        public Attempt attempt() {
            return Attempt.LIFT;
        }

        @Override
        public Optional<Blocked> objection(CaseNotice notice, String tag, Instant at) {
            return notice.lifting(evidence.isPresent(), at);
        }

        @Override
        public NoticeEvent event(CaseNotice notice, String tag, Instant at) {
            return new NoticeEvent.Lifted(evidence, tag);
        }
    }

    private final class Step extends CaseAct {

        private final Wish wish;
        private final Actor actor;
        private final Person person;

        Step(Case found, Wish wish, Actor actor) {
            super(gate, found);
            this.wish = wish;
            this.actor = actor;
            this.person = actor.person();
        }

        @Override
        Draft shredded(Case found, Scribe.Line line, CaseKey key) {
            return line.draft(blocked(Blocked.SHREDDED), person.sealed(), key);
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line, CaseKey key) {
            if (!actor.maySeeToNotices()) {
                Blocked why = actor.isPerson() ? Blocked.NOT_PERMITTED : Blocked.NOT_A_PERSON;
                return List.of(line.draft(blocked(why), person.sealed(), key));
            }
            CaseNotice notice = found.notice();
            if (wish.isDecidedFirst() && found.state().isInFlight()) {
                Event.RequestDecided now = found.decidedAgain(gate.rulebook(), standing, at);
                if (!now.decision().equals(found.decision())) {
                    // A hold may stand by now, and the log has to say so first; whoever told the person looks again.
                    Blocked why = wish.objection(notice.after(now, at), "", at).orElse(Blocked.OTHER_VERSION);
                    return List.of(line.draft(now), line.draft(blocked(why), person.sealed(), key));
                }
            }
            String tag = key.personTag(person.subject());
            Optional<Blocked> why = wish.objection(notice, tag, at);
            if (why.isPresent()) {
                return List.of(line.draft(blocked(why.get()), person.sealed(), key));
            }
            if (!wish.mayFromWhereTheyAre(person, found)) {
                return List.of(line.draft(blocked(Blocked.LOCATED_THERE), person.sealedWithPlace(), key));
            }
            Scribe.Line answer = wish.answers(notice, at).map(line::answering).orElse(line);
            return List.of(answer.draft(wish.event(notice, tag, at), person.sealed(), key));
        }

        private NoticeEvent blocked(Blocked why) {
            return new NoticeEvent.Prevented(wish.attempt(), why);
        }
    }
}
