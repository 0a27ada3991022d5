package io.holdfast.gate;

import io.holdfast.audit.Candidate;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.audit.UnreadableException;
import io.holdfast.grant.Asked;
import io.holdfast.grant.Grant;
import io.holdfast.grant.GrantToken;
import io.holdfast.grant.GrantVerifier;
import io.holdfast.grant.Refusal;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.note.Ed25519PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What came of bringing a grant to the gateway. */
public sealed interface GrantUse {

    /** In one word, for whoever brought the grant. */
    String code();

    /**
     * What was asked for may be let through, now and once.
     *
     * @param receipt of the entry that says so
     */
    record LetThrough(Grant grant, Receipt receipt) implements GrantUse {
        @Override
        public String code() {
            return "LET_THROUGH";
        }
    }

    /** It may not, and an entry says why. */
    record Stopped(Blocked blocked, Receipt receipt) implements GrantUse {
        @Override
        public String code() {
            return blocked.name();
        }
    }

    /** This gateway never issued it: nothing is recorded of what anybody could make up. */
    record Unproven(Refusal because) implements GrantUse {
        @Override
        public String code() {
            return because.name();
        }
    }

    /** The one way to use a grant at the gateway. */
    final class Road {

        private final Gate gate;
        private final Witnesses witnesses;

        Road(Gate gate, Witnesses witnesses) {
            this.gate = gate;
            this.witnesses = witnesses;
        }

        CompletionStage<GrantUse> use(String token, String audience, Asked asked, Event.Through through) {
            GrantToken read;
            try {
                read = GrantToken.parse(token);
            } catch (UnreadableException e) {
                return unproven(Refusal.MALFORMED);
            }
            Optional<Refusal> unproven = GrantVerifier.signature(read, keys());
            if (unproven.isPresent()) {
                return unproven(unproven.get());
            }
            Grant grant = read.grant();
            if (!grant.issuer().equals(gate.scribe().origin())) {
                return unproven(Refusal.OTHER_LOG);
            }
            return gate.ledger()
                    .append(new Using(gate, grant, audience, asked, through))
                    .thenCompose(receipts -> {
                        Receipt last = receipts.get(receipts.size() - 1);
                        if (last.stored().entry().event() instanceof Event.GrantBlocked blocked) {
                            return CompletableFuture.completedFuture(new Stopped(blocked.blocked(), last));
                        }
                        return vouched(grant, last);
                    });
        }

        /** Somebody outside has to have seen that data leaves before it does, where they are waited for. */
        private CompletionStage<GrantUse> vouched(Grant grant, Receipt accessed) {
            if (witnesses == Witnesses.NONE) {
                return CompletableFuture.completedFuture(new LetThrough(grant, accessed));
            }
            long index = accessed.stored().index();
            return CompletableFuture.supplyAsync(() -> witnesses.vouchFor(index))
                    .thenCompose(isVouchedFor -> isVouchedFor
                            ? CompletableFuture.completedFuture(new LetThrough(grant, accessed))
                            : gate.ledger()
                                    .append(new Told(
                                            gate,
                                            grant.request(),
                                            index,
                                            new Event.GrantBlocked(Blocked.NOT_WITNESSED)))
                                    .thenApply(told -> new Stopped(Blocked.NOT_WITNESSED, told.get(0))));
        }

        private List<Ed25519PublicKey> keys() {
            return gate.ledger().standing().keys().inForce(KeyPurpose.GRANT).stream()
                    .map(key -> ((NamedKey.OfGrants) key).key())
                    .toList();
        }

        private static CompletionStage<GrantUse> unproven(Refusal because) {
            return CompletableFuture.completedFuture(new Unproven(because));
        }
    }

    /** Says what came of a grant, once it lets nothing more through. */
    final class Told implements Candidate {

        private final Gate gate;
        private final String requestId;
        private final long answers;
        private final Event event;

        Told(Gate gate, String requestId, long answers, Event event) {
            this.gate = gate;
            this.requestId = requestId;
            this.answers = answers;
            this.event = event;
        }

        @Override
        public String subject() {
            return requestId;
        }

        @Override
        public boolean hasHistory() {
            return false;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            return List.of(gate.scribe()
                    .line(standing, at, requestId)
                    .answering(answers)
                    .draft(event));
        }
    }

    /** Decides once more, and says that data is let through, or why not. */
    final class Using implements Candidate {

        private final Gate gate;
        private final Grant grant;
        private final String audience;
        private final Asked asked;
        private final Event.Through through;

        Using(Gate gate, Grant grant, String audience, Asked asked, Event.Through through) {
            this.gate = gate;
            this.grant = grant;
            this.audience = audience;
            this.asked = asked;
            this.through = through;
        }

        @Override
        public String subject() {
            return grant.request();
        }

        @Override
        public boolean hasHistory() {
            return true;
        }

        @Override
        public List<Draft> prepare(Standing standing, List<Stored> history, Instant at) {
            Case found = gate.caseOf(grant.request(), history, standing.keys())
                    .orElseThrow(() -> new IllegalStateException("a grant is signed with a key of this gateway, and its"
                            + " request is not in the log; somebody else has the grant key, or the log went back"));
            Optional<Stored> issued = issued(found);
            Scribe.Line line = gate.scribe()
                    .line(standing, at, grant.request())
                    .answering(issued.orElse(found.decided()).index());
            Optional<Blocked> unfit = issued.isEmpty()
                    ? Optional.of(Blocked.OTHER_VERSION)
                    : unfit(found, issued.get().index(), at);
            if (unfit.isPresent()) {
                return List.of(line.draft(new Event.GrantBlocked(unfit.get())));
            }
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            List<Draft> drafts = new ArrayList<>();
            if (!again.decision().equals(found.decision())) {
                drafts.add(gate.scribe()
                        .line(standing, at, grant.request())
                        .answering(found.decided().index())
                        .draft(again));
            }
            drafts.add(line.draft(let(again, found.holdsBack(again, at))));
            return drafts;
        }

        /** The entry that issued exactly this. */
        private Optional<Stored> issued(Case found) {
            return found.entries().stream()
                    .filter(stored -> stored.entry().envelope().id().equals(grant.id())
                            && stored.entry().leaf().text().equals(grant.entry())
                            && stored.entry().event() instanceof Event.GrantIssued event
                            && event.audience().equals(grant.audience())
                            && event.until().equals(grant.until())
                            && event.bound().equals(grant.scope().bound(grant.holder())))
                    .findFirst();
        }

        private Optional<Blocked> unfit(Case found, long index, Instant at) {
            if (found.state() == CaseState.SHREDDED) {
                return Optional.of(Blocked.SHREDDED);
            }
            if (found.isBarred()) {
                return Optional.of(Blocked.OBJECTED);
            }
            Optional<Refusal> addressed = GrantVerifier.addressed(grant, audience, asked);
            if (addressed.isPresent()) {
                return addressed.map(
                        it -> it == Refusal.OTHER_AUDIENCE ? Blocked.OTHER_AUDIENCE : Blocked.OTHER_CALLER);
            }
            if (asked.beyond(grant.scope()).isPresent()) {
                return Optional.of(Blocked.BEYOND_GRANT);
            }
            Optional<Blocked> blocked = found.grants()
                    .blocked(
                            index,
                            Action.DISCLOSE,
                            categories(),
                            asked.accounts().size(),
                            at);
            if (blocked.isPresent()) {
                return blocked;
            }
            return found.state() == CaseState.RELEASED || found.state() == CaseState.OPENED
                    ? Optional.empty()
                    : Optional.of(found.isBeingDelivered() ? Blocked.NO_LONGER_COVERED : Blocked.NOT_RELEASED);
        }

        /** None but those of the scope, which are of the vocabulary. */
        private Set<DataCategory> categories() {
            Set<DataCategory> categories = EnumSet.noneOf(DataCategory.class);
            asked.categories()
                    .forEach(code -> categories.add(
                            (DataCategory) Dimension.CATEGORY.vocabulary().term(code)));
            return categories;
        }

        private Event let(Event.RequestDecided again, boolean isTooEarly) {
            if (!(again.decision() instanceof Decision.Released released)) {
                return new Event.GrantBlocked(Blocked.NOT_RELEASED);
            }
            if (isTooEarly) {
                return new Event.GrantBlocked(Blocked.NOTICE_NOT_GIVEN);
            }
            return released.scope().granted().containsAll(categories())
                    ? new Event.Accessed(
                            Action.DISCLOSE, categories(), asked.accounts().size(), Optional.of(through))
                    : new Event.GrantBlocked(Blocked.NO_LONGER_COVERED);
        }
    }
}
