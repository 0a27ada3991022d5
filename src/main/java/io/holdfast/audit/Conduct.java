package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Review;
import io.holdfast.legal.Stop;
import io.holdfast.tlog.Hash;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * What has been done on one request so far, as far as a later entry may rest on it: its {@link CaseState}, and what the
 * conditions of its next steps ask for. The gateway and replay both fold with {@link #next}. The rules answer with what should
 * have been; nothing means that all is well. There may be a million of these at once, so it keeps digests and not entries.
 */
public final class Conduct {

    /** Why a package that is there is not handed over, though it is released. */
    private static final Set<Event.Blocked> OF_PACKAGE = EnumSet.of(
            Event.Blocked.NO_LONGER_COVERED,
            Event.Blocked.NO_CERTIFICATE,
            Event.Blocked.NO_SUCH_PACKAGE,
            Event.Blocked.OTHER_PACKAGE,
            Event.Blocked.NOT_WITNESSED,
            Event.Blocked.VAULT_UNAVAILABLE,
            Event.Blocked.TOO_LATE,
            Event.Blocked.TOO_MANY);

    private CaseState state;
    private boolean isInOrder = true;
    private Optional<Hash> facts = Optional.empty();
    private Optional<Hash> referred = Optional.empty();
    private Set<Duty> toConfirm = Set.of();
    private Set<String> approvedBy = Set.of();
    private Set<DataCategory> granted = Set.of();
    private Optional<Review> review = Optional.empty();
    private Optional<Permit> permit = Optional.empty();
    private Optional<Event.Accessed> lastRead = Optional.empty();
    private Set<Stop> barred = Set.of();

    /** Nothing as long as nobody was ever to be told: most of a log under a hold. */
    private Optional<CaseNotice> notice = Optional.empty();

    /** The readings of which nothing was said yet, and those among them that the standing release permits. */
    private int readings;

    private int covered;
    private Optional<GrantTrail> grants = Optional.empty();
    private Optional<PackageTrail> packages = Optional.empty();

    /** What a release permits, and until when it need not be decided again. */
    private record Permit(
            Action action,
            int accounts,
            Set<DataCategory> granted,
            boolean unencrypted,
            long epoch,
            Optional<Instant> nextChangeAt) {

        static Permit of(Facts facts, Decision.Released released) {
            return new Permit(
                    facts.action(),
                    facts.accounts(),
                    released.scope().granted(),
                    released.obligations().unencrypted(),
                    released.basis().epoch(),
                    released.basis().nextChangeAt());
        }
    }

    /** Of a request that nothing is known of. */
    public Conduct() {
        this(CaseState.UNDECIDED);
    }

    /** Of a request that never was in flight. */
    Conduct(CaseState state) {
        this.state = state;
    }

    public CaseState state() {
        return state;
    }

    /** Whether each entry so far was a step of the table. */
    public boolean isInOrder() {
        return isInOrder;
    }

    /** Whether its state is all that a later entry can rest on. */
    boolean isOnlyState() {
        return facts.isEmpty() && lastRead.isEmpty() && approvedBy.isEmpty() && grants.isEmpty();
    }

    /**
     * Takes the next entry on the request.
     *
     * @return why it is none that a case which stands here can have
     */
    public Optional<String> next(Stored stored) {
        Envelope envelope = stored.entry().envelope();
        return next(stored, envelope.epoch());
    }

    /** @param epoch the one in force, whatever the entry says */
    Optional<String> next(Stored stored, long epoch) {
        Event event = stored.entry().event();
        Optional<CaseState.Step> step = CaseState.Step.of(event);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        CaseState from = state;
        Optional<String> objection =
                objection(stored, epoch, stored.entry().envelope().at());
        Optional<CaseState> to = from.after(step.get(), condition -> isMet(condition, event, objection.isEmpty()));
        // What is in the log has happened, whether or not it should have.
        isInOrder &= to.isPresent();
        state = to.orElseGet(() -> anyway(step.get()));
        if (event instanceof Event.RequestDecided decided) {
            decided(decided, stored.entry().leaf().hash());
        }
        if (event instanceof Event.ClockStepped stepped) {
            barred = barred(stepped.step());
        }
        if (notice.isEmpty() && state.isInFlight()) {
            notice = Optional.of(new CaseNotice());
        }
        if (state == CaseState.SHREDDED) {
            packages.ifPresent(PackageTrail::shredded);
        }
        notice.ifPresent(it -> it.next(stored));
        covered = state == CaseState.ACCESSED ? covered : 0;
        return objection.or(() -> to.isPresent()
                ? Optional.empty()
                : Optional.of("none, since a case that is " + from + " takes no "
                        + step.get().text() + conditions(from, step.get())));
    }

    private Set<Stop> barred(ClockStep step) {
        Set<Stop> now = new HashSet<>(barred);
        if (step instanceof ClockStep.Stopped stopped && stopped.stop().bars()) {
            now.add(stopped.stop());
        } else if (step instanceof ClockStep.Resumed resumed) {
            now.remove(resumed.stop());
        }
        return Set.copyOf(now);
    }

    /** Whether an objection or a ground for refusal stands on it: then nothing leaves, whatever was released. */
    public boolean isBarred() {
        return !barred.isEmpty();
    }

    private static String conditions(CaseState from, CaseState.Step step) {
        String conditions = CaseState.transitions().stream()
                .filter(one -> one.from() == from && one.step() == step)
                .map(one -> one.condition().sentence())
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining("; or "));
        return conditions.isEmpty() ? "" : " but if " + conditions;
    }

    private CaseState anyway(CaseState.Step step) {
        return switch (step) {
            case DECIDED_HELD -> CaseState.HELD;
            case DECIDED_REFUSED -> CaseState.REFUSED;
            case DECIDED_RETURNED -> CaseState.RETURNED;
            case DECIDED_REFERRED -> CaseState.REFERRED;
            case DECIDED_RELEASED -> state.isKept() || state == CaseState.DELIVERED ? state : CaseState.RELEASED;
            case PRESERVED -> CaseState.PRESERVED;
            case PRESERVATION_ENDED -> CaseState.OVER;
            case COPY_DROPPED -> CaseState.DROPPED;
            case ACCESSED -> state == CaseState.DELIVERED ? state : CaseState.ACCESSED;
            case PACKAGE_MADE -> state == CaseState.DELIVERED ? state : CaseState.PACKAGED;
            case LET_THROUGH -> state == CaseState.DELIVERED ? state : CaseState.OPENED;
            case DELIVERED, DELIVERED_AGAIN -> CaseState.DELIVERED;
            case CASE_SHREDDED -> CaseState.SHREDDED;
            case REQUEST_REVIEWED -> CaseState.REVIEWED;
            case APPROVAL_GIVEN,
                    APPROVAL_BLOCKED,
                    REVIEW_BLOCKED,
                    DELIVERY_FAILED,
                    GRANT_ISSUED,
                    GRANT_BLOCKED,
                    PASSED,
                    PACKAGE_RECEIVED,
                    PACKAGE_DELETED,
                    CLAIM_OPENED,
                    CLAIM_OPENING_BLOCKED,
                    ERASURE_PROPOSED,
                    ERASURE_BLOCKED,
                    CLOCK_WARNED,
                    CLOCK_BREACHED,
                    CLOCK_STARTED,
                    CLOCK_STOPPED,
                    CLOCK_RESUMED,
                    CLOCK_ENDED,
                    CLOCK_STEP_BLOCKED,
                    PRESERVATION_FAILED,
                    PRESERVATION_EXTENDED,
                    PRESERVATION_LINKED,
                    PRESERVATION_BLOCKED,
                    NOTICE_DUE,
                    NOTICE_GIVEN,
                    NOTICE_DEFERRAL_PROPOSED,
                    NOTICE_DEFERRED,
                    NOTICE_DEFERRAL_LIFTED,
                    NOTICE_BLOCKED -> state;
        };
    }

    private Optional<String> objection(Stored stored, long epoch, Instant at) {
        Event event = stored.entry().event();
        if (event instanceof NoticeEvent step) {
            return notice().objection(step, stored.entry().envelope().previous(), at);
        }
        if (event instanceof Event.ApprovalGiven given) {
            return approved(given);
        }
        if (event instanceof Event.ApprovalBlocked blocked) {
            return approvalBlocked(blocked);
        }
        if (event instanceof Event.RequestReviewed reviewed) {
            return stopped(reviewed);
        }
        if (event instanceof Event.ReviewBlocked blocked) {
            return reviewBlocked(blocked.blocked());
        }
        if (event instanceof Event.Accessed access) {
            return access.through().isPresent() ? letThrough(stored, access, epoch, at) : accessed(access, epoch, at);
        }
        if (event instanceof Event.GrantIssued issued) {
            return granted(stored, issued, epoch, at);
        }
        if (event instanceof Event.Passed passed) {
            return passed(stored.entry().envelope().previous(), passed);
        }
        if (event instanceof Event.Delivered delivery) {
            return packages().delivered(stored, delivery, at).or(() -> notReleased(epoch, at));
        }
        if (event instanceof Event.OfPackage) {
            return packaged(stored, (PackageEvent) event, epoch, at);
        }
        if (event instanceof Event.CopyStepped stepped) {
            return kept(stepped.step(), epoch, at);
        }
        return event instanceof Event.DeliveryFailed failed
                ? deliveryFailed(failed.blocked(), epoch, at)
                : Optional.empty();
    }

    private boolean isMet(CaseState.Condition condition, Event event, boolean isUnobjected) {
        return switch (condition) {
            case NONE -> true;
            case AS_REVIEWED -> isWithinReview(event);
            case NOBODY_NEEDED -> isReleased(event, 0);
            case APPROVED, STILL_APPROVED ->
                isReleased(event, approvedBy.size())
                        && granted.containsAll(
                                ((Event.RequestDecided) event).decision().granted());
            case SAME_AS_READ,
                    AS_PACKAGED,
                    OF_PACKAGE,
                    WITHIN_RELEASE,
                    UNDER_GRANT,
                    OF_PASSAGE,
                    OF_THE_VERSION,
                    STILL_RELEASED,
                    NOTICE_STANDS -> isUnobjected;
            case OTHER_READING -> Math.min(covered, readings) > 0;
            case LAST_READING -> Math.min(covered, readings) == 0;
            case SECOND_PERSON -> true; // Erasure knows who proposed it
            case AS_CLOCKS -> true; // CaseClocks knows which there are
            case AS_KEPT -> true; // KeptCopy knows how long
        };
    }

    /** By so many people, and nothing about it is unverified. */
    private boolean isReleased(Event event, int approvals) {
        return isWithinReview(event)
                && event instanceof Event.RequestDecided decided
                && decided.decision() instanceof Decision.Released released
                && decided.facts().sender() == Assurance.VERIFIED
                && decided.facts().document() == Assurance.VERIFIED
                && approvals >= released.obligations().approvals();
    }

    private boolean isWithinReview(Event event) {
        return event instanceof Event.RequestDecided decided
                && review.map(it -> it.permits(decided.decision())).orElse(true);
    }

    /** What people have said of it last: it is laid over every decision from then on. */
    public Optional<Review> review() {
        return review;
    }

    /** What stands of telling the person concerned. Not to be changed. */
    public CaseNotice notice() {
        return notice.orElseGet(CaseNotice::new);
    }

    /** What comes out where the rules say this. */
    public Decision reviewed(Decision rules) {
        return review.map(it -> it.over(rules)).orElse(rules);
    }

    /** A request is decided again on what it said at first; only approvals may have been added. */
    Optional<String> changedFacts(Event.RequestDecided decided) {
        return facts.filter(before -> !before.equals(digest(decided.facts())))
                .map(before -> "the facts of the earlier decision on it, apart from approvals");
    }

    private void decided(Event.RequestDecided decided, Hash version) {
        if (facts.isPresent() || state.isInFlight()) {
            facts = facts.or(() -> Optional.of(digest(decided.facts())));
        }
        permit = decided.decision() instanceof Decision.Released released
                ? Optional.of(Permit.of(decided.facts(), released))
                : Optional.empty();
        if (state == CaseState.REFERRED) {
            referred = Optional.of(version);
            toConfirm = Set.copyOf(
                    ((Decision.Referred) decided.decision()).obligations().toConfirm());
        }
        granted = decided.decision().granted();
        if (permit.isEmpty() || decided.facts().approvals() == 0) {
            approvedBy = Set.of(); // of another version, or of what has been stopped since: they count for nothing more
        }
    }

    private static Hash digest(Facts facts) {
        return Hash.of(RecordKey.sha256(CanonicalJson.write(FactsJson.write(facts.withApprovals(0)))));
    }

    private Optional<String> approved(Event.ApprovalGiven given) {
        if (state != CaseState.REFERRED) {
            return Optional.of("blocked, since nothing on it awaits approval");
        }
        if (!referred.equals(Optional.of(given.version()))) {
            return Optional.of("blocked, since another decision on it awaits approval");
        }
        if (approvedBy.contains(given.by())) {
            return Optional.of("blocked, since this person has approved it already");
        }
        if (!given.confirmed().containsAll(toConfirm)) {
            return Optional.of("blocked, since it does not confirm " + duties(toConfirm));
        }
        Set<String> more = new HashSet<>(approvedBy);
        more.add(given.by());
        approvedBy = Set.copyOf(more);
        return Optional.empty();
    }

    private Optional<String> stopped(Event.RequestReviewed reviewed) {
        Optional<String> objection = Optional.empty();
        if (state != CaseState.REFERRED) {
            objection = Optional.of("blocked, since nothing on it awaits people");
        } else if (!referred.equals(Optional.of(reviewed.version()))) {
            objection = Optional.of("blocked, since another decision on it awaits people");
        } else if (reviewed.review() instanceof Review.Narrowed narrowed && !isNarrower(narrowed)) {
            objection = Optional.of("blocked, since it narrows nothing");
        }
        review = Optional.of(reviewed.review());
        approvedBy = Set.of();
        return objection;
    }

    /** Whether it takes something away from what is granted now, and leaves nothing else. */
    public boolean isNarrower(Review.Narrowed narrowed) {
        return granted.containsAll(narrowed.granted()) && !narrowed.granted().containsAll(granted);
    }

    private Optional<String> reviewBlocked(Event.Blocked why) {
        if (why == Event.Blocked.SHREDDED) {
            return Optional.empty(); // whether it was, Erasure knows
        }
        boolean isAwaiting = state == CaseState.REFERRED;
        return isAwaiting == (why == Event.Blocked.NOT_AWAITING_APPROVAL)
                ? Optional.of(
                        isAwaiting
                                ? "counted, or blocked for another reason, since a decision on it awaits people"
                                : "blocked as " + Event.Blocked.NOT_AWAITING_APPROVAL + ", since nothing on it does")
                : Optional.empty();
    }

    private static String duties(Set<Duty> duties) {
        return duties.isEmpty()
                ? "nothing"
                : duties.stream().map(Duty::code).sorted().collect(Collectors.joining(", "));
    }

    private Optional<String> approvalBlocked(Event.ApprovalBlocked blocked) {
        Event.Blocked why = blocked.blocked();
        if (why == Event.Blocked.SHREDDED) {
            return Optional.empty(); // whether it was, Erasure knows
        }
        boolean isAwaiting = state == CaseState.REFERRED;
        if (isAwaiting == (why == Event.Blocked.NOT_AWAITING_APPROVAL)) {
            return Optional.of(
                    isAwaiting
                            ? "counted, or blocked for another reason, since a decision on it awaits approval"
                            : "blocked as " + Event.Blocked.NOT_AWAITING_APPROVAL + ", since nothing on it does");
        }
        if (why == Event.Blocked.UNANSWERED && !toConfirm.containsAll(blocked.unanswered())) {
            return Optional.of("counted, since it has to confirm no more than " + duties(toConfirm));
        }
        // Which version somebody saw, and where somebody is (LOCATED_THERE), the open part does not say: that is taken
        // as it stands.
        return why == Event.Blocked.SAME_PERSON_TWICE && approvedBy.isEmpty()
                ? Optional.of("counted, or blocked for another reason, since nobody has approved it yet")
                : Optional.empty();
    }

    /**
     * How many approvals the next decision on it counts: those of different people to the last one, if that waits for them or
     * releases; and none if with them more would be released than they have seen.
     *
     * @param decide what is decided with so many; nothing if nobody can say
     */
    int approvals(IntFunction<Optional<Decision>> decide) {
        int given = approvedBy.size();
        return given > 0
                        && decide.apply(given)
                                .filter(again -> again.releasesMoreThan(granted))
                                .isPresent()
                ? 0
                : given;
    }

    private Optional<String> accessed(Event.Accessed access, long epoch, Instant at) {
        lastRead = Optional.of(access);
        readings++;
        covered++;
        return withinRelease(access.action(), access.categories(), access.accounts(), epoch, at);
    }

    private Optional<String> granted(Stored stored, Event.GrantIssued issued, long epoch, Instant at) {
        GrantTrail trail = grants.orElseGet(GrantTrail::new);
        grants = Optional.of(trail);
        return trail.issued(stored.index(), issued, at)
                .or(() -> withinRelease(Action.DISCLOSE, issued.categories(), issued.accounts(), epoch, at));
    }

    private Optional<String> letThrough(Stored stored, Event.Accessed access, long epoch, Instant at) {
        GrantTrail trail = grants.orElseGet(GrantTrail::new);
        return trail.used(stored, access, at)
                .or(() -> withinRelease(access.action(), access.categories(), access.accounts(), epoch, at));
    }

    /** The grants that were issued on it. */
    public GrantTrail grants() {
        return grants.orElseGet(GrantTrail::new);
    }

    private Optional<String> withinRelease(
            Action action, Set<DataCategory> categories, int accounts, long epoch, Instant at) {
        Optional<String> notNow = notReleased(epoch, at);
        if (notNow.isPresent()) {
            return notNow;
        }
        Permit permitted = permit.orElseThrow();
        if (action != permitted.action()) {
            return Optional.of("nothing, since the action released is "
                    + permitted.action().code());
        }
        if (!permitted.granted().containsAll(categories)) {
            return Optional.of("at most " + codes(permitted.granted()) + ", as released");
        }
        return accounts <= permitted.accounts()
                ? Optional.empty()
                : Optional.of("at most " + permitted.accounts() + " accounts, as asked");
    }

    private Optional<String> passed(OptionalLong begun, Event.Passed passed) {
        return packages().passed(begun, passed) || grants().passed(begun)
                ? Optional.empty()
                : Optional.of(
                        "nothing, since it answers nothing that was let through by the proxy, or handed over, and that"
                                + " is open, or says more than that has");
    }

    /** The package that is made of what was read, and what became of it. */
    public PackageTrail packages() {
        return packages.orElseGet(PackageTrail::new);
    }

    private Optional<String> packaged(Stored stored, PackageEvent event, long epoch, Instant at) {
        PackageTrail trail = packages();
        packages = Optional.of(trail);
        if (event instanceof PackageEvent.Made made) {
            return trail.made(stored.index(), made, at).or(() -> made(made, epoch, at));
        }
        if (event instanceof PackageEvent.DeliveredAgain again) {
            return trail.deliveredAgain(stored, again, at).or(() -> notReleased(epoch, at));
        }
        if (event instanceof PackageEvent.Deleted deleted) {
            boolean stands = (state == CaseState.PACKAGED || state == CaseState.DELIVERED)
                    && deleted.because() == PackageEvent.Because.STOPPED;
            return trail.deleted(stored, deleted.because(), at)
                    .or(() -> stands ? Optional.of("kept, since what is in it is released") : Optional.empty());
        }
        return trail.received(stored);
    }

    private Optional<String> made(PackageEvent.Made made, long epoch, Instant at) {
        if (readings == 0) {
            return Optional.of("nothing, since nothing was read for it");
        }
        readings--; // what was read once is packed once
        Event.Accessed read = lastRead.orElseThrow();
        if (read.action() == Action.PRESERVE) {
            return Optional.of("nothing, since what is kept is not handed over");
        }
        if (!read.categories().containsAll(made.categories())) {
            return Optional.of("at most " + codes(read.categories()) + ", as read");
        }
        if (made.recipient().isEmpty() && permit.filter(Permit::unencrypted).isEmpty()) {
            return Optional.of("one that is encrypted, since what was released may not leave in clear");
        }
        return made.accounts() > read.accounts()
                ? Optional.of("at most " + read.accounts() + " accounts, as read")
                : notReleased(epoch, at);
    }

    private Optional<String> kept(CopyStep step, long epoch, Instant at) {
        if (step instanceof CopyStep.Preserved preserved) {
            return preserved(preserved, epoch, at);
        }
        if (step instanceof CopyStep.Failed failed) {
            return deliveryFailed(failed.blocked(), epoch, at);
        }
        return step instanceof CopyStep.Extended ? notReleased(epoch, at) : Optional.empty();
    }

    private Optional<String> preserved(CopyStep.Preserved copy, long epoch, Instant at) {
        if (readings == 0) {
            return Optional.of("nothing, since the log does not say that the store was to be told");
        }
        readings--;
        Event.Accessed told = lastRead.orElseThrow();
        if (told.action() != Action.PRESERVE) {
            return Optional.of("nothing, since the request is no order to keep data");
        }
        if (!told.categories().equals(copy.categories())) {
            return Optional.of(codes(told.categories()) + ", as the store was told");
        }
        return copy.accounts() > told.accounts()
                ? Optional.of("at most " + told.accounts() + " accounts, as the store was told")
                : notReleased(epoch, at);
    }

    private Optional<String> deliveryFailed(Event.Blocked why, long epoch, Instant at) {
        if (why == Event.Blocked.SHREDDED) {
            return Optional.empty(); // whether it was, Erasure knows
        }
        if (why == Event.Blocked.NOTICE_NOT_GIVEN) { // nothing was read
            return notice().holdsBack(at)
                    ? Optional.empty()
                    : Optional.of("read, since the person concerned need not be told before");
        }
        if (why == Event.Blocked.NOT_RELEASED) {
            readings = Math.max(0, readings - 1);
            covered = Math.min(covered, readings);
            return outdated(epoch, at).isPresent()
                    ? Optional.empty()
                    : Optional.of("read, since the latest decision on it is RELEASED");
        }
        if (why == Event.Blocked.OBJECTED) {
            readings = Math.max(0, readings - 1);
            covered = Math.min(covered, readings);
            return isBarred() ? Optional.empty() : Optional.of("read, since nobody objects");
        }
        if (why == Event.Blocked.SERVED_UNDER_GRANTS) {
            return state == CaseState.OPENED
                    ? Optional.empty()
                    : Optional.of("blocked for another reason, since nothing was let through under a grant");
        }
        if (why == Event.Blocked.NO_CERTIFICATE && readings == 0) {
            return Optional.empty(); // which ones are enrolled, the open part does not say
        }
        if (packages().current().isPresent() && OF_PACKAGE.contains(why)) {
            return Optional.empty(); // it was to be handed over, or was said to be received
        }
        if (readings == 0) {
            return Optional.of("blocked before the store was read, since no reading stands before it");
        }
        readings--;
        covered = Math.min(covered, readings);
        return Optional.empty();
    }

    /** Nor is anything if the person concerned has to be told first. */
    private Optional<String> notReleased(long epoch, Instant at) {
        return outdated(epoch, at)
                .or(() -> notice().holdsBack(at)
                        ? Optional.of("nothing, since the person concerned has to be told first")
                        : Optional.empty());
    }

    /** A hold may have been placed since, or have begun to stand, or the instrument may have expired. */
    private Optional<String> outdated(long epoch, Instant at) {
        if (permit.isEmpty()) {
            return Optional.of("nothing, since the latest decision on it is not RELEASED");
        }
        if (permit.get().epoch() != epoch) {
            return Optional.of("nothing, since it was released under epoch "
                    + permit.get().epoch() + ", and epoch " + epoch + " is in force");
        }
        if (isBarred()) {
            return Optional.of("nothing, since "
                    + barred.stream().map(Stop::code).sorted().collect(Collectors.joining(", ")) + " stands on it");
        }
        return permit.get()
                .nextChangeAt()
                .filter(change -> !at.isBefore(change))
                .map(change -> "nothing, since it had to be decided again from " + change + " on");
    }

    static String codes(Set<DataCategory> categories) {
        return categories.stream().map(DataCategory::code).collect(Collectors.joining(", "));
    }
}
