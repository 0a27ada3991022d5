package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Draft;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.LedgerException;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.PublishedProof;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.grant.Asked;
import io.holdfast.grant.Grant;
import io.holdfast.grant.GrantScope;
import io.holdfast.grant.GrantToken;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Request;
import io.holdfast.note.Ed25519Key;
import io.holdfast.tlog.ProofFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Issues grants for what was released, and says whether one lets something through. A grant is used once, within minutes, and
 * whether it still stands is decided again when it is used: a hold that came meanwhile stops it.
 *
 * <p>Issuing blocks while it waits for the log and the witnesses. Safe for many threads.
 */
public final class Grants {

    private static final Pattern AUDIENCE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final Gate gate;
    private final List<Ed25519Key> held;
    private final Witnesses witnesses;
    private final Supplier<Optional<byte[]>> published;
    private final String audience;

    /**
     * @param audience what the store behind this gateway is called in grants
     * @param held the grant keys of this gateway; it signs with the newest that its log has in force
     * @param published the newest checkpoint that everybody is shown
     */
    public Grants(
            Gate gate,
            String audience,
            List<Ed25519Key> held,
            Witnesses witnesses,
            Supplier<Optional<byte[]>> published) {
        if (!AUDIENCE.matcher(audience).matches()) {
            throw new IllegalArgumentException("the name of the store in grants must be " + AUDIENCE);
        }
        this.audience = audience;
        this.gate = gate;
        this.held = List.copyOf(held);
        this.witnesses = witnesses;
        this.published = published;
    }

    /** What the store behind this gateway is called in grants. */
    public String audience() {
        return audience;
    }

    /**
     * What somebody wants a grant for.
     *
     * @param audience the store, as it calls itself: lower-case letters, digits, dots and hyphens, at most 64
     * @param targets which accounts, by their place in the request, from 0 on; empty for all
     * @param categories which of those granted; empty for all
     * @param life at most {@link Grant#LONGEST}, at least a second
     * @param holder the SHA-256 of the certificate of whoever alone may use it, base64url
     */
    public record Wish(
            String audience,
            Set<Integer> targets,
            Set<DataCategory> categories,
            Duration life,
            Optional<String> holder) {

        public Wish {
            targets = Set.copyOf(targets);
            categories = Set.copyOf(categories);
            if (!AUDIENCE.matcher(audience).matches()) {
                throw new IllegalArgumentException("audience: must be " + AUDIENCE);
            }
            if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(Grant.LONGEST) > 0) {
                throw new IllegalArgumentException("life: must be 1 to " + Grant.LONGEST.toSeconds() + " seconds");
            }
        }
    }

    /** What came of it. */
    public sealed interface Issue {

        /** @param token what whoever asked is given */
        record Issued(Receipt receipt, Grant grant, String token) implements Issue {
            @Override
            public String toString() {
                return "Issued[" + receipt.stored().index() + "]";
            }
        }

        /** The request is not, or no longer, released; the receipt is for the decision that says so, if there is a new one. */
        record NotReleased(Decision decision, Optional<Receipt> receipt) implements Issue {}

        /** What was released is not a disclosure. */
        record NothingToGrant() implements Issue {}

        /** Nothing was issued. */
        record NotIssued(Blocked blocked, Receipt receipt) implements Issue {}
    }

    /**
     * @return nothing if there is no such request
     * @throws IllegalArgumentException if it has no target of such a place
     */
    public Optional<Issue> issue(String requestId, Wish wish) {
        return gate.find(requestId).map(found -> issue(found, wish));
    }

    private Issue issue(Case found, Wish wish) {
        if (found.shredded().isPresent()) {
            return new Issue.NotIssued(Blocked.SHREDDED, gate.append(new Issuing(found.id(), wish, Optional.empty())));
        }
        if (!(found.decision() instanceof Decision.Released released)) {
            return new Issue.NotReleased(found.decision(), Optional.empty());
        }
        if (found.event().facts().action() != Action.DISCLOSE) {
            return new Issue.NothingToGrant();
        }
        Ed25519Key key = key(gate.ledger().standing());
        GrantScope scope = scope(found, released, wish);
        Receipt receipt = gate.append(new Issuing(found.id(), wish, Optional.of(scope)));
        Event event = receipt.stored().entry().event();
        if (event instanceof Event.RequestDecided decided) {
            return new Issue.NotReleased(decided.decision(), Optional.of(receipt));
        }
        if (event instanceof Event.GrantBlocked blocked) {
            return new Issue.NotIssued(blocked.blocked(), receipt);
        }
        if (!witnesses.vouchFor(receipt.stored().index())) {
            Receipt told = gate.append(new GrantUse.Told(
                    gate, found.id(), receipt.stored().index(), new Event.GrantBlocked(Blocked.NOT_WITNESSED)));
            return new Issue.NotIssued(Blocked.NOT_WITNESSED, told);
        }
        Grant grant = grant(receipt.stored(), (Event.GrantIssued) event, scope, wish.holder());
        return new Issue.Issued(receipt, grant, GrantToken.sign(grant, key));
    }

    /**
     * Names the accounts by commitments. It opens the sealed targets to do so, and shows them to nobody: only their commitments,
     * under a salt of their own, leave with the grant.
     */
    private GrantScope scope(Case found, Decision.Released released, Wish wish) {
        SealedRequest.Wanted wanted = SealedRequest.Wanted.of(
                CaseFile.open(gate.ledger(), gate.scribe().vault(), found.first()));
        List<GrantScope.Account> accounts = new ArrayList<>();
        for (int i = 0; i < wanted.targets().size(); i++) {
            if (wish.targets().isEmpty() || wish.targets().contains(i)) {
                accounts.add(account(wanted.targets().get(i)));
            }
        }
        if (!wish.targets().isEmpty() && accounts.size() < wish.targets().size()) {
            throw new IllegalArgumentException(
                    "targets: the request has " + wanted.targets().size() + ", counted from 0");
        }
        SortedSet<String> codes = new TreeSet<>();
        categories(released, wish).forEach(category -> codes.add(category.code()));
        return GrantScope.of(accounts, codes, wanted.from(), wanted.to());
    }

    /** As a grant names an account: what is one and the same for the pseudonyms is it here, too. */
    public static GrantScope.Account account(Request.Target target) {
        return new GrantScope.Account(
                target.kind().code(), Identifier.of(target).value());
    }

    private static Set<DataCategory> categories(Decision.Released released, Wish wish) {
        return wish.categories().isEmpty() ? released.scope().granted() : wish.categories();
    }

    private Grant grant(Stored stored, Event.GrantIssued issued, GrantScope scope, Optional<String> holder) {
        ProofFile proof = PublishedProof.of(gate.ledger(), published.get(), stored.index())
                .orElseThrow();
        return new Grant(
                stored.entry().envelope().issuer(),
                issued.audience(),
                stored.entry().envelope().subject(),
                stored.entry().envelope().id(),
                stored.entry().envelope().at(),
                issued.until(),
                scope,
                holder,
                stored.entry().envelope().epoch(),
                stored.entry().envelope().rulebook(),
                stored.entry().leaf().text(),
                ShortProof.of(proof));
    }

    /** The newest grant key that the log has in force and this gateway holds. */
    private Ed25519Key key(Standing standing) {
        List<NamedKey> inForce = standing.keys().inForce(KeyPurpose.GRANT);
        for (int i = inForce.size() - 1; i >= 0; i--) {
            for (Ed25519Key one : held) {
                if (inForce.get(i).equals(new NamedKey.OfGrants(one.publicKey()))) {
                    return one;
                }
            }
        }
        throw new LedgerException(
                LedgerException.Cause.UNAVAILABLE,
                "this gateway holds no grant key that its log has in force; give it the newest and start it again");
    }

    /**
     * Whether a grant lets this through to the store behind this gateway. When the stage completes with {@link GrantUse.LetThrough}, the entry that says so is
     * durable, and the witnesses vouch for it where they are waited for.
     */
    public CompletionStage<GrantUse> use(String token, Asked asked, Event.Through through) {
        return new GrantUse.Road(gate, witnesses).use(token, audience, asked, through);
    }

    /** How many times what is in force has changed: after each, what is being let through has to be looked at again. */
    public long epoch() {
        return gate.ledger().standing().epoch();
    }

    /** Whether what was let through would be now. Reads the case; blocks. */
    public boolean stillStands(GrantUse.LetThrough use) {
        Event.Accessed access = (Event.Accessed) use.receipt().stored().entry().event();
        Standing standing = gate.ledger().standing();
        return gate.find(use.grant().request())
                .filter(found -> found.state() == CaseState.OPENED && !found.isBarred())
                .map(found -> found.decidedAgain(
                        gate.rulebook(), standing, gate.scribe().now()))
                .filter(again -> again.decision() instanceof Decision.Released released
                        && released.scope().granted().containsAll(access.categories()))
                .isPresent();
    }

    /** Says what went on its way of what the gateway's own proxy let through; durable when the stage completes. */
    public CompletionStage<Receipt> passed(GrantUse.LetThrough use, long items, Event.PassageEnd ended) {
        return gate.ledger()
                .append(new GrantUse.Told(
                        gate, use.grant().request(), use.receipt().stored().index(), new Event.Passed(items, ended)))
                .thenApply(receipts -> receipts.get(0));
    }

    /** Decides once more, and issues what is still released then. */
    private final class Issuing extends CaseStep {

        private final Wish wish;
        private final Optional<GrantScope> scope;

        /** @param scope nothing if there is none any more */
        Issuing(String requestId, Wish wish, Optional<GrantScope> scope) {
            super(gate, requestId);
            this.wish = wish;
            this.scope = scope;
        }

        @Override
        List<Draft> drafts(Case found, Standing standing, Instant at, Scribe.Line line) {
            Optional<Blocked> unfit = unfit(found);
            if (unfit.isPresent()) {
                return List.of(line.draft(new Event.GrantBlocked(unfit.get())));
            }
            Event.RequestDecided again = found.decidedAgain(gate.rulebook(), standing, at);
            List<Draft> drafts = new ArrayList<>();
            if (!again.decision().equals(found.decision())) {
                drafts.add(line.draft(again));
            }
            if (again.decision() instanceof Decision.Released && found.holdsBack(again, at)) {
                drafts.add(line.draft(new Event.GrantBlocked(Blocked.NOTICE_NOT_GIVEN)));
            } else if (again.decision() instanceof Decision.Released released) {
                drafts.add(line.draft(issued(released, scope.orElseThrow(), at)));
            } else if (drafts.isEmpty()) {
                drafts.add(line.draft(new Event.GrantBlocked(Blocked.NOT_RELEASED)));
            }
            return drafts;
        }

        private Optional<Blocked> unfit(Case found) {
            if (found.state() == CaseState.SHREDDED || scope.isEmpty()) {
                return Optional.of(Blocked.SHREDDED);
            }
            if (found.isBeingDelivered()) {
                return Optional.of(Blocked.NO_LONGER_COVERED);
            }
            if (!found.state().isInFlight()) {
                return Optional.of(Blocked.NOT_RELEASED);
            }
            if (found.isBarred()) {
                return Optional.of(Blocked.OBJECTED);
            }
            return found.grants().isFull() ? Optional.of(Blocked.TOO_MANY) : Optional.empty();
        }

        private Event issued(Decision.Released released, GrantScope of, Instant at) {
            Set<DataCategory> categories = categories(released, wish);
            Set<String> codes = new TreeSet<>();
            categories.forEach(category -> codes.add(category.code()));
            if (!released.scope().granted().containsAll(categories) || !codes.equals(of.categories())) {
                return new Event.GrantBlocked(Blocked.BEYOND_GRANT);
            }
            return new Event.GrantIssued(
                    wish.audience(),
                    at.plus(wish.life()),
                    EnumSet.copyOf(categories),
                    of.accounts().size(),
                    of.bound(wish.holder()));
        }
    }
}
