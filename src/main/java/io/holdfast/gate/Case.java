package io.holdfast.gate;

import io.holdfast.audit.CaseNotice;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.Conduct;
import io.holdfast.audit.Event;
import io.holdfast.audit.GrantTrail;
import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One request and what became of it: the fold of the entries on it. */
public final class Case {

    private final List<Stored> entries;
    private final Stored decided;
    private final Event.RequestDecided decision;
    private final Conduct conduct;

    private Case(List<Stored> entries, Stored decided, Event.RequestDecided decision, Conduct conduct) {
        this.entries = entries;
        this.decided = decided;
        this.decision = decision;
        this.conduct = conduct;
    }

    /**
     * @param keys the record keys of the log
     * @return nothing if these are not the entries of a request
     * @throws IllegalStateException if one of them is not signed, belongs to another request, or is no step that a case can
     *     take: then nothing is done with it
     */
    static Optional<Case> of(String requestId, List<Stored> entries, KeyHistory keys) {
        return of(requestId, entries, keys, new HashSet<>());
    }

    /** @param checked the leaf hashes of entries whose signature was good under these keys; more are added */
    static Optional<Case> of(String requestId, List<Stored> entries, KeyHistory keys, Set<Hash> checked) {
        OwnEntries.check(requestId, entries, keys, checked);
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).entry().event() instanceof Event.RequestDecided decided) {
                return Optional.of(new Case(List.copyOf(entries), entries.get(i), decided, conduct(entries)));
            }
        }
        return Optional.empty();
    }

    private static Conduct conduct(List<Stored> entries) {
        Conduct conduct = new Conduct();
        for (Stored stored : entries) {
            CaseState from = conduct.state();
            conduct.next(stored);
            if (!conduct.isInOrder()) {
                throw new IllegalStateException("entry " + stored.index() + " is no step of a case that is " + from
                        + "; run audit replay, since the gateway or its database was changed by somebody");
            }
        }
        return conduct;
    }

    /** Where it stands after the last of its entries, by the table of {@link CaseState}. */
    public CaseState state() {
        return conduct.state();
    }

    public String id() {
        return decided.entry().envelope().subject();
    }

    /** The entry of the decision that counts: the latest. */
    public Stored decided() {
        return decided;
    }

    public Event.RequestDecided event() {
        return decision;
    }

    public Decision decision() {
        return decision.decision();
    }

    /** The entry with which the request came in; the sealed part is there. */
    public Stored first() {
        return entries.get(0);
    }

    public List<Stored> entries() {
        return entries;
    }

    /** What an approval must name: this decision, and no other version of it. */
    public Hash version() {
        return decided.entry().leaf().hash();
    }

    /** The people who have approved this version, by their tags. */
    public Set<String> approvedBy() {
        Set<String> tags = new HashSet<>();
        for (Stored stored : entries) {
            if (stored.entry().event() instanceof Event.ApprovalGiven given
                    && given.version().equals(version())) {
                tags.add(given.by());
            }
        }
        return tags;
    }

    /**
     * What it is decided on again, if not more is released now than people have approved: with the approvals that count by
     * now. A decision that neither waits for people nor releases ends them: what a hold has stopped, a lift does not release.
     */
    Facts factsNow() {
        Facts facts = decision.facts();
        return switch (decision().outcome()) {
            case REFERRED -> facts.withApprovals(approvedBy().size());
            case RELEASED -> facts;
            case HELD, REFUSED, RETURNED -> facts.withApprovals(0);
        };
    }

    /** The same case, decided again under what is in force now. */
    Event.RequestDecided decidedAgain(RulebookInForce rulebook, Standing standing, Instant at) {
        return decidedAgain(factsNow(), rulebook, standing, at);
    }

    /** The same, with one approval more than there are. */
    Event.RequestDecided decidedAgainWithOneMore(RulebookInForce rulebook, Standing standing, Instant at) {
        return decidedAgain(decision.facts().withApprovals(approvedBy().size() + 1), rulebook, standing, at);
    }

    /** The same, with what a person has just said of it, and without the approvals from before. */
    Event.RequestDecided reviewed(Review review, RulebookInForce rulebook, Standing standing, Instant at) {
        Facts facts = decision.facts().withApprovals(0);
        return new Event.RequestDecided(
                facts, decision.checks(), decision.registry(), review.over(rulebook.decide(facts, standing, at)));
    }

    /** Whether data waits until the person concerned was told, once this is its decision. */
    boolean holdsBack(Event.RequestDecided next, Instant at) {
        return next.decision().equals(decision())
                ? notice().holdsBack(at)
                : notice().after(next, at).holdsBack(at);
    }

    /** The package that is made of what was read, and what became of it. Not to be changed. */
    public PackageTrail packages() {
        return conduct.packages();
    }

    /** The grants that were issued on it. */
    GrantTrail grants() {
        return conduct.grants();
    }

    /** What whoever approves it has to confirm; nothing unless it waits for people. The caller's to change. */
    public Set<Duty> toConfirm() {
        return state() == CaseState.REFERRED && decision() instanceof Decision.Referred referred
                ? referred.obligations().toConfirm()
                : EnumSet.noneOf(Duty.class);
    }

    boolean isNarrower(Review.Narrowed narrowed) {
        return conduct.isNarrower(narrowed);
    }

    /** Whether an objection or a ground for refusal stands on it: then nothing leaves. */
    boolean isBarred() {
        return conduct.isBarred();
    }

    /** What people have said of it last, if they have narrowed or stopped it. */
    public Optional<Review> review() {
        return conduct.review();
    }

    /** What stands of telling the person concerned. */
    public CaseNotice notice() {
        return conduct.notice();
    }

    private Event.RequestDecided decidedAgain(Facts facts, RulebookInForce rulebook, Standing standing, Instant at) {
        Decision again = conduct.reviewed(rulebook.decide(facts, standing, at));
        if (facts.approvals() > 0 && again.releasesMoreThan(decision().granted())) {
            Facts unapproved = facts.withApprovals(0);
            return new Event.RequestDecided(
                    unapproved,
                    decision.checks(),
                    decision.registry(),
                    conduct.reviewed(rulebook.decide(unapproved, standing, at)));
        }
        return new Event.RequestDecided(facts, decision.checks(), decision.registry(), again);
    }

    /** The entry that shredded it: what it had sealed is gone. */
    public Optional<Stored> shredded() {
        return entries.stream()
                .filter(stored -> stored.entry().event() instanceof Event.CaseShredded)
                .findFirst();
    }

    /** What one person has proposed and a second can still agree to: after the latest decision, and not too long ago. */
    Optional<Stored> proposal(Instant now) {
        return entries.stream()
                .filter(stored -> stored.entry().event() instanceof Event.ErasureProposed
                        && stored.index() > decided.index()
                        && !now.isAfter(stored.entry().envelope().at().plus(Event.ErasureProposed.STANDS)))
                .reduce((first, last) -> last);
    }

    /** It is read, packed or handed over as a whole: nothing of it is let through besides. */
    boolean isBeingDelivered() {
        return state() == CaseState.ACCESSED || state() == CaseState.PACKAGED || state() == CaseState.DELIVERED;
    }

    public boolean isDelivered() {
        return entries.stream()
                .anyMatch(stored -> stored.entry().event() instanceof Event.Delivered); // shredded or not
    }
}
