package io.holdfast.gate;

import static io.holdfast.gate.WalkViolation.check;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.CaseClocks;
import io.holdfast.audit.CaseState;
import io.holdfast.audit.ClockStep;
import io.holdfast.audit.Conduct;
import io.holdfast.audit.Event;
import io.holdfast.audit.NoticeDeferral;
import io.holdfast.audit.NoticeEvent;
import io.holdfast.audit.PackageEvent;
import io.holdfast.audit.Standing;
import io.holdfast.audit.Stored;
import io.holdfast.gate.WalkAct.Who;
import io.holdfast.gate.WalkViolation.Property;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request of a walk: who did what to it, by their names, and what its entries say. The log knows tags only, and this knows no
 * tag, so the two cannot make the same mistake.
 */
final class WalkCase {

    private final Facts facts;
    private final Set<String> places = new HashSet<>();
    private final List<Stored> entries = new ArrayList<>();
    private final Conduct conduct = new Conduct();
    private final CaseClocks clocks = new CaseClocks();

    private Outcome outcome;
    private Hash version;
    private long epoch;
    private Set<DataCategory> granted = Set.of();
    private Instant waitsSince;

    /** Who approved the version that stands, and anything of it ever. */
    private final Set<String> approvers = new HashSet<>();

    private final Set<String> everApproved = new HashSet<>();

    /** Who approved what is released. */
    private Set<String> releasedBy = Set.of();

    /** What people have left of it. */
    private final Set<DataCategory> left = EnumSet.allOf(DataCategory.class);

    private Optional<Who> shredder = Optional.empty();
    private boolean isDelivered;
    private Set<DataCategory> packed = Set.of();
    private boolean isOpened;
    private boolean isShredded;
    private boolean isObjectedTo;
    private boolean isTold;

    /** Who wants that the person is told later, and how. */
    private Optional<Who> deferrer = Optional.empty();

    private Optional<NoticeDeferral> wanted = Optional.empty();

    /** Until when they are kept from knowing. */
    private Optional<Instant> deferred = Optional.empty();

    /** @param first the entry with which it came in */
    WalkCase(Stored first) {
        this.facts = ((Event.RequestDecided) first.entry().event()).facts();
        places.add(facts.issuer().code());
        facts.users().stream().map(Jurisdiction::code).forEach(places::add);
        facts.subjects().stream().map(Jurisdiction::code).forEach(places::add);
    }

    Facts facts() {
        return facts;
    }

    boolean isReleased() {
        return outcome == Outcome.RELEASED;
    }

    boolean isDelivered() {
        return isDelivered;
    }

    /** Something of it was let through under a grant. */
    boolean isOpened() {
        return isOpened;
    }

    boolean isShredded() {
        return isShredded;
    }

    /** The version that stands, or that of another entry, counted from the last. */
    Hash version(int back) {
        int index = Math.floorMod(entries.size() - 1 - back, entries.size());
        return back == 0 ? version : entries.get(index).entry().leaf().hash();
    }

    long first() {
        return entries.get(0).index();
    }

    private static void checkPerson(Who who, Property property) {
        check(who.isPerson(), property, "somebody counted who is nobody");
    }

    /**
     * Takes the next entry on it.
     *
     * @param done what led to it
     * @param standing before it
     * @param needed how many people a disclosure takes by the rulebook of the entry
     */
    void take(Stored stored, WalkDesks.Done done, Standing standing, int needed) {
        Event event = stored.entry().event();
        Instant at = stored.entry().envelope().at();
        if (event instanceof Event.RequestDecided decided) {
            decided(stored, decided, standing, needed);
        } else if (event instanceof Event.ApprovalGiven given) {
            approved(given, done);
        } else if (event instanceof Event.RequestReviewed reviewed) {
            check(
                    version.equals(reviewed.version()),
                    Property.APPROVAL_SURVIVED_AN_EDIT,
                    "a review of another version");
            done.checkNamed(reviewed.version());
            left.retainAll(reviewed.review() instanceof Review.Narrowed narrowed ? narrowed.granted() : Set.of());
        } else if (event instanceof Event.Accessed access) {
            checkReleased(access.categories(), standing, at, needed);
            checkLeaves(at);
            isOpened |= access.through().isPresent();
        } else if (event instanceof Event.Delivered delivery) {
            checkReleased(delivery.categories(), standing, at, needed);
            checkLeaves(at);
            check(!isDelivered, Property.HANDED_OVER_TWICE, "entry " + stored.index());
            isDelivered = true;
        } else if (event instanceof PackageEvent.Made made) {
            checkReleased(made.categories(), standing, at, needed);
            checkLeaves(at);
            packed = made.categories();
        } else if (event instanceof PackageEvent.DeliveredAgain) {
            check(isDelivered, Property.HANDED_OVER_TWICE, "again, and never before");
            checkReleased(packed, standing, at, needed);
            check(!isObjectedTo, Property.RELEASE_AGAINST_AN_OBJECTION, "handed over again");
        } else if (event instanceof Event.ErasureProposed) {
            shredder = Optional.of(done.somebody());
            checkPerson(done.somebody(), Property.SHREDDED_BY_ONE);
        } else if (event instanceof Event.CaseShredded) {
            shredded(done.somebody());
            isShredded = true;
        } else if (event instanceof Event.ClockStepped stepped) {
            isObjectedTo = stepped.step() instanceof ClockStep.Stopped;
            checkPerson(done.somebody(), Property.RELEASE_AGAINST_AN_OBJECTION);
            check(
                    isObjectedTo || isElsewhere(done.somebody()),
                    Property.RELEASE_AGAINST_AN_OBJECTION,
                    "somebody took it away who is located there");
        } else if (event instanceof NoticeEvent notice) {
            noticed(notice, done);
        }
        entries.add(stored);
        conduct.next(stored);
        clocks.next(stored);
    }

    private void approved(Event.ApprovalGiven given, WalkDesks.Done done) {
        Who who = done.somebody();
        done.checkNamed(given.version());
        check(version.equals(given.version()), Property.APPROVAL_SURVIVED_AN_EDIT, "an approval of another version");
        checkPerson(who, Property.RELEASE_WITHOUT_TWO);
        check(isElsewhere(who), Property.RELEASE_WITHOUT_TWO, "an approval counted of somebody who is located there");
        approvers.add(who.name());
        everApproved.add(who.name());
    }

    private void decided(Stored stored, Event.RequestDecided decided, Standing standing, int needed) {
        boolean wasReleased = isReleased();
        Set<String> counting = wasReleased ? releasedBy : outcome == Outcome.REFERRED ? approvers : Set.of();
        int counted = decided.facts().approvals();
        check(
                counted <= counting.size(),
                counted <= everApproved.size() ? Property.APPROVAL_SURVIVED_AN_EDIT : Property.RELEASE_WITHOUT_TWO,
                "a decision counts " + counted + " approvals, and " + counting.size()
                        + " people approved that version");
        releasedBy = Set.copyOf(counting);
        outcome = decided.decision().outcome();
        if (isReleased()) {
            check(
                    granted.containsAll(decided.decision().granted()),
                    Property.APPROVAL_SURVIVED_AN_EDIT,
                    "more is released than was approved");
        }
        granted = decided.decision().granted();
        version = stored.entry().leaf().hash();
        epoch = stored.entry().envelope().epoch();
        approvers.clear();
        waitsSince = outcome != Outcome.REFERRED
                ? null
                : waitsSince == null ? stored.entry().envelope().at() : waitsSince;
        shredder = Optional.empty();
        if (isReleased()) {
            checkReleased(granted, standing, stored.entry().envelope().at(), needed);
        }
    }

    private void checkReleased(Set<DataCategory> categories, Standing standing, Instant at, int needed) {
        check(isReleased(), Property.RELEASE_WITHOUT_TWO, "it stands as " + outcome);
        check(releasedBy.size() >= needed, Property.RELEASE_WITHOUT_TWO, releasedBy.size() + " people approved it");
        check(left.containsAll(categories), Property.RELEASE_OF_MORE, categories + " of " + left);
        check(granted.containsAll(categories), Property.RELEASE_OF_MORE, categories + " of " + granted);
        check(
                facts.sender() == Assurance.VERIFIED && facts.document() == Assurance.VERIFIED,
                Property.RELEASE_OF_MORE,
                "on papers that are not verified");
        check(facts.expiresAt().orElseThrow().isAfter(at), Property.RELEASE_OF_MORE, "on papers that have expired");
        check(epoch == standing.epoch(), Property.RELEASE_UNDER_A_HOLD, "by a decision from before the last change");
        for (DataCategory category : categories) {
            check(!isHeld(standing, facts, category, at), Property.RELEASE_UNDER_A_HOLD, category);
        }
    }

    private void checkLeaves(Instant at) {
        check(!isObjectedTo, Property.RELEASE_AGAINST_AN_OBJECTION, "read or handed over");
        check(mayLeaveUntold(at), Property.NOBODY_WAS_TOLD, "read or handed over");
    }

    /** Asked of the holds one by one, and not of the rulebook. All of a walk are pauses. */
    static boolean isHeld(Standing standing, Facts facts, DataCategory category, Instant at) {
        return standing.holds().holds().stream()
                .anyMatch(hold -> hold.standsAt(at)
                        && hold.applies().touches(facts, category)
                        && hold.exceptions().stream()
                                .noneMatch(way -> way.when().covers(facts, category)));
    }

    private void noticed(NoticeEvent event, WalkDesks.Done done) {
        if (event instanceof NoticeEvent.Given) {
            checkPerson(done.somebody(), Property.NOBODY_WAS_TOLD);
            isTold = true;
        } else if (event instanceof NoticeEvent.DeferralProposed proposed) {
            checkPerson(done.somebody(), Property.DEFERRED_BY_ONE);
            deferrer = Optional.of(done.somebody());
            wanted = Optional.of(proposed.deferral());
        } else if (event instanceof NoticeEvent.Deferred now) {
            Who who = done.somebody();
            checkPerson(who, Property.DEFERRED_BY_ONE);
            boolean isAgreed = wanted.equals(Optional.of(now.deferral()))
                    && deferrer.filter(first -> !first.name().equals(who.name()))
                            .isPresent();
            check(
                    now.deferral().ground().isOrdered() || isAgreed && isElsewhere(who),
                    Property.DEFERRED_BY_ONE,
                    now.deferral().ground());
            deferred = now.deferral().until();
        }
    }

    /** An order keeps the person from knowing without an end, unless somebody says that it has one. */
    private boolean mayLeaveUntold(Instant at) {
        boolean isForbidden = facts.nonDisclosure() == NonDisclosure.INDEFINITE && deferred.isEmpty();
        boolean isTheirsToKnowBefore = facts.emergency() == Emergency.NONE;
        return isTold
                || !isTheirsToKnowBefore
                || isForbidden
                || deferred.filter(end -> end.isAfter(at)).isPresent();
    }

    private boolean isElsewhere(Who who) {
        return who.place().stream().noneMatch(places::contains);
    }

    private void shredded(Who who) {
        checkPerson(who, Property.SHREDDED_BY_ONE);
        check(
                shredder.map(first -> !first.name().equals(who.name())).orElse(false),
                Property.SHREDDED_BY_ONE,
                "nobody else has proposed it");
        check(isElsewhere(who), Property.SHREDDED_BY_ONE, "somebody agreed who is located there");
    }

    /** What the gateway says of it is what was taken from its entries here, one after the other. */
    void checkSameAs(Case live) {
        check(
                live.state() == conduct.state() && conduct.isInOrder(),
                Property.LIVE_IS_NOT_THE_LOG,
                live.state() + ", and the log says " + conduct.state());
        check(live.version().equals(version), Property.LIVE_IS_NOT_THE_LOG, "another version");
        check(
                live.decision().outcome() == outcome,
                Property.LIVE_IS_NOT_THE_LOG,
                live.decision().outcome());
        check(
                live.decision().granted().equals(granted),
                Property.LIVE_IS_NOT_THE_LOG,
                live.decision().granted());
        check(live.isDelivered() == isDelivered, Property.LIVE_IS_NOT_THE_LOG, "delivered");
        check(live.review().equals(conduct.review()), Property.LIVE_IS_NOT_THE_LOG, "what people said of it");
        check(
                live.approvedBy().size() == approvers.size(),
                Property.LIVE_IS_NOT_THE_LOG,
                live.approvedBy().size() + " approvals, and " + approvers.size() + " people approved");
        check(
                live.entries().stream()
                        .map(Stored::index)
                        .toList()
                        .equals(entries.stream().map(Stored::index).toList()),
                Property.LIVE_IS_NOT_THE_LOG,
                "its entries");
    }

    /** Where it stands in the queue, if it waits for people. */
    Optional<QueueFromCases.Line> line() {
        if (conduct.state() != CaseState.REFERRED) {
            return Optional.empty();
        }
        List<CaseClock> running = clocks.running();
        Stored last = entries.stream()
                .filter(stored -> stored.entry().leaf().hash().equals(version))
                .findFirst()
                .orElseThrow();
        return Optional.of(new QueueFromCases.Line(
                running.stream()
                        .filter(clock -> clock.told() != CaseClock.State.STOPPED)
                        .map(CaseClock::due)
                        .min(Comparator.naturalOrder()),
                waitsSince,
                first(),
                last.entry().envelope().subject(),
                version,
                last.index(),
                approvers.size(),
                running));
    }
}
