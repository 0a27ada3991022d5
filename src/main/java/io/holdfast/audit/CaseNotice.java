package io.holdfast.audit;

import io.holdfast.audit.Event.Blocked;
import io.holdfast.legal.Action;
import io.holdfast.legal.Decision;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Notice;
import io.holdfast.legal.NoticeGround;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What stands of telling the person concerned, on one request: the fold of the entries on it. The gateway asks it before it
 * writes, and before data is read or handed over; replay asks it again.
 *
 * <p>What is asked is the {@code notice} of the latest decision that refers or releases the request; once data was handed
 * over, that of the release. A request that is held, refused or returned has nobody to tell. Whoever was told once was told,
 * and what people recorded of an order or a risk stays, whatever is decided after it.
 *
 * <p>An order of the request that ends at a date says the date nowhere; so until people have recorded it, they are asked to.
 */
public final class CaseNotice {

    private Optional<Notice> asked = Optional.empty();
    private boolean isDated;
    private Optional<Instant> released = Optional.empty();
    /** When data left first: all of it, or the first of what is let through call by call. */
    private Optional<Instant> delivered = Optional.empty();

    private boolean isDeliveredInFull;
    private Optional<Instant> told = Optional.empty();
    private Optional<NoticeDeferral> deferral = Optional.empty();

    /** When people said that what was in the way is not there any more. */
    private Optional<Instant> lifted = Optional.empty();

    /** Whether that was an order or the law, and not a risk alone. */
    private boolean isOrderLifted;

    private Optional<Proposal> proposal = Optional.empty();
    private OptionalLong decision = OptionalLong.empty();
    private boolean isShredded;
    private Set<NoticeEvent.Due> said = Set.of();

    /** What one person has proposed, and in which entry. */
    public record Proposal(long index, Instant at, NoticeDeferral deferral, String by) {}

    /** @param entries all on one request, oldest first */
    public static CaseNotice of(Collection<Stored> entries) {
        CaseNotice notice = new CaseNotice();
        entries.forEach(notice::next);
        return notice;
    }

    /** Takes over the next entry on the request. */
    public void next(Stored stored) {
        Event event = stored.entry().event();
        Instant at = stored.entry().envelope().at();
        if (event instanceof Event.RequestDecided decided) {
            decision = OptionalLong.of(stored.index());
            decided(decided, at);
        } else if (event instanceof Event.Delivered) {
            delivered = delivered.or(() -> Optional.of(at));
            isDeliveredInFull = true;
        } else if (event instanceof Event.Accessed access && access.through().isPresent()) {
            delivered = delivered.or(() -> Optional.of(at));
        } else if (event instanceof Event.CaseShredded) {
            isShredded = true;
        } else if (event instanceof Event.OfNotice) {
            next((NoticeEvent) event, stored.index(), at);
        }
    }

    private void next(NoticeEvent event, long index, Instant at) {
        if (event instanceof NoticeEvent.Due due) {
            Set<NoticeEvent.Due> more = new HashSet<>(said);
            more.add(due);
            said = Set.copyOf(more);
        } else if (event instanceof NoticeEvent.DeferralProposed proposed) {
            proposal = Optional.of(new Proposal(index, at, proposed.deferral(), proposed.by()));
        } else if (event instanceof NoticeEvent.Given given) {
            told = told.or(() -> Optional.of(given.told()));
            proposal = Optional.empty();
        } else if (event instanceof NoticeEvent.Deferred deferred) {
            deferral = Optional.of(deferred.deferral());
            lifted = Optional.empty();
            proposal = Optional.empty();
        } else if (event instanceof NoticeEvent.Lifted) {
            isOrderLifted |= at(at).state() == NoticeStanding.State.FORBIDDEN || isOrdered();
            deferral = Optional.empty();
            lifted = Optional.of(at);
            proposal = Optional.empty();
        }
    }

    private void decided(Event.RequestDecided event, Instant at) {
        proposal = Optional.empty();
        if (delivered.isPresent()) {
            return; // what was asked when the data left stays asked
        }
        Decision latest = event.decision();
        isDated = event.facts().nonDisclosure() == NonDisclosure.DATED;
        if (event.facts().action() != Action.DISCLOSE) {
            return; // nothing is handed over that anybody would be told of
        }
        if (latest instanceof Decision.Released release) {
            asked = Optional.of(release.obligations().notice());
            released = released.or(() -> Optional.of(at));
        } else {
            asked = latest instanceof Decision.Referred referral
                    ? Optional.of(referral.obligations().notice())
                    : Optional.empty();
            released = Optional.empty();
        }
    }

    /** Whether somebody may have to do something about it, now or later, without another decision. */
    public boolean isOpen() {
        boolean isOurs = asked.map(notice -> notice != Notice.NOT_REQUIRED && notice != Notice.ISSUER_NOTIFIES)
                .orElse(false);
        return isOurs && told.isEmpty() && !isShredded;
    }

    public NoticeStanding at(Instant now) {
        if (isShredded) {
            return NoticeStanding.of(NoticeStanding.State.NONE);
        }
        if (told.isPresent()) {
            return NoticeStanding.given(told.get());
        }
        if (asked.isEmpty() || asked.get() == Notice.NOT_REQUIRED) {
            return NoticeStanding.of(NoticeStanding.State.NONE);
        }
        if (asked.get() == Notice.ISSUER_NOTIFIES) {
            return NoticeStanding.of(NoticeStanding.State.ISSUER_NOTIFIES);
        }
        if (deferral.isPresent() && !deferral.get().isOver(now)) {
            return NoticeStanding.deferred(
                    deferral.get(),
                    lookAgain(deferral.get().review(), now)
                            .map(since -> new NoticeEvent.Due(NoticeEvent.Why.REVIEW, since)));
        }
        return isForbidden() ? forbidden(now) : free();
    }

    /** By the law or by the order of the request, and nobody has said that it ended. */
    private boolean isForbidden() {
        return asked.get() == Notice.PROHIBITED && !isOrderLifted && !isOrdered();
    }

    private boolean isOrdered() {
        return deferral.map(it -> it.ground().isOrdered()).orElse(false);
    }

    private NoticeStanding forbidden(Instant now) {
        NoticeEvent.Why why = isDated ? NoticeEvent.Why.END_UNRECORDED : NoticeEvent.Why.REVIEW;
        Optional<Instant> review = released.map(at -> isDated ? at : at.plus(NoticeDeferral.LONGEST));
        return NoticeStanding.forbidden(
                review.flatMap(first -> lookAgain(first, now)).map(since -> new NoticeEvent.Due(why, since)), review);
    }

    /** Nothing stands in the way, or not any more. */
    private NoticeStanding free() {
        Optional<Instant> anchor = asked.get() == Notice.AFTER ? delivered : released;
        if (anchor.isEmpty()) {
            return NoticeStanding.of(NoticeStanding.State.NOT_YET);
        }
        Optional<Instant> end = lifted.or(() -> deferral.flatMap(NoticeDeferral::until));
        if (end.isPresent() && (asked.get() == Notice.PROHIBITED || !end.get().isBefore(anchor.get()))) {
            Instant since = end.get().isAfter(anchor.get()) ? end.get() : anchor.get();
            return NoticeStanding.due(
                    new NoticeEvent.Due(lifted.isPresent() ? NoticeEvent.Why.LIFTED : NoticeEvent.Why.ENDED, since));
        }
        return NoticeStanding.due(new NoticeEvent.Due(
                asked.get() == Notice.AFTER ? NoticeEvent.Why.AFTER : NoticeEvent.Why.BEFORE, anchor.get()));
    }

    /** The last instant so far at which people had to look again, of a release: the first, and every 180 days after it. */
    private Optional<Instant> lookAgain(Instant first, Instant now) {
        return released.isEmpty() || now.isBefore(first)
                ? Optional.empty()
                : Optional.of(first.plus(NoticeDeferral.LONGEST.multipliedBy(times(first, now))));
    }

    private static long times(Instant first, Instant now) {
        return Duration.between(first, now).dividedBy(NoticeDeferral.LONGEST);
    }

    /** Whether data waits until the person was told. */
    public boolean holdsBack(Instant now) {
        boolean isToldBefore = asked.isPresent() && asked.get() != Notice.AFTER;
        return !isDeliveredInFull && isToldBefore && at(now).state() == NoticeStanding.State.DUE;
    }

    /** What stands after one more decision. */
    public CaseNotice after(Event.RequestDecided next, Instant now) {
        CaseNotice after = new CaseNotice();
        after.asked = asked;
        after.isDated = isDated;
        after.released = released;
        after.delivered = delivered;
        after.isDeliveredInFull = isDeliveredInFull;
        after.told = told;
        after.deferral = deferral;
        after.lifted = lifted;
        after.isOrderLifted = isOrderLifted;
        after.isShredded = isShredded;
        after.decided(next, now);
        return after;
    }

    /** What has to be written now. */
    public Optional<NoticeEvent.Due> dueAt(Instant now) {
        return at(now).due().filter(due -> !said.contains(due));
    }

    /** The next instant at which something has to be written, if no entry comes before. */
    public Optional<Instant> nextAt(Instant now) {
        NoticeStanding standing = at(now);
        Optional<Instant> due = dueAt(now).map(NoticeEvent.Due::since);
        if (due.isPresent() || released.isEmpty()) {
            return due;
        }
        Optional<Instant> look = standing.review()
                .map(first -> now.isBefore(first)
                        ? first
                        : first.plus(NoticeDeferral.LONGEST.multipliedBy(times(first, now) + 1)));
        Optional<Instant> end = standing.until();
        return end.isPresent() && (look.isEmpty() || end.get().isBefore(look.get())) ? end : look;
    }

    /** What one person has proposed and a second can still agree to. */
    public Optional<Proposal> proposal(Instant now) {
        return proposal.filter(it -> !now.isAfter(it.at().plus(NoticeEvent.DeferralProposed.STANDS)));
    }

    /** The index of the latest decision, if there is one. */
    public OptionalLong decision() {
        return decision;
    }

    /** Why nobody can say now that the person was told. */
    public Optional<Blocked> giving(Instant now) {
        return switch (at(now).state()) {
            case DUE -> Optional.empty();
            case FORBIDDEN, DEFERRED -> Optional.of(Blocked.NOTICE_FORBIDDEN);
            case NOT_YET -> Optional.of(Blocked.TOO_EARLY);
            case NONE, GIVEN, ISSUER_NOTIFIES -> nothingToDo(now);
        };
    }

    /** The same of somebody who was told at this instant. */
    public Optional<Blocked> giving(Instant when, Instant now) {
        return giving(now)
                .or(() -> when.isAfter(now)
                                || when.isBefore(at(now).due().orElseThrow().since())
                        ? Optional.of(Blocked.WRONG_TIMES)
                        : Optional.empty());
    }

    private Optional<Blocked> nothingToDo(Instant now) {
        return switch (at(now).state()) {
            case NONE -> Optional.of(Blocked.NO_NOTICE);
            case GIVEN -> Optional.of(Blocked.NOTICE_GIVEN_ALREADY);
            case ISSUER_NOTIFIES -> Optional.of(Blocked.ISSUER_NOTIFIES);
            case DUE, FORBIDDEN, DEFERRED, NOT_YET -> Optional.empty();
        };
    }

    /** Why telling cannot be deferred so now. What an order forbids a risk does not shorten. */
    public Optional<Blocked> deferring(NoticeDeferral wanted, Instant now) {
        Optional<Blocked> nothing = nothingToDo(now);
        if (nothing.isPresent()) {
            return nothing;
        }
        if (!wanted.ground().isOrdered() && isUnderOrder(now)) {
            return Optional.of(Blocked.NOTICE_FORBIDDEN);
        }
        if (!wanted.hasItsEvidence()) {
            return Optional.of(Blocked.NO_EVIDENCE);
        }
        return wanted.isInTime(now) ? Optional.empty() : Optional.of(Blocked.WRONG_TIMES);
    }

    private boolean isUnderOrder(Instant now) {
        NoticeStanding standing = at(now);
        return standing.state() == NoticeStanding.State.FORBIDDEN
                || standing.ground().map(NoticeGround::isOrdered).orElse(false);
    }

    /** Why nothing can be lifted now. */
    public Optional<Blocked> lifting(Instant now) {
        return nothingToDo(now).or(() -> switch (at(now).state()) {
            case FORBIDDEN, DEFERRED -> Optional.empty();
            default -> Optional.of(Blocked.NOTICE_NOT_FORBIDDEN);
        });
    }

    /** The same, with a document or without one. */
    public Optional<Blocked> lifting(boolean hasEvidence, Instant now) {
        return lifting(now)
                .or(() -> isUnderOrder(now) && !hasEvidence ? Optional.of(Blocked.NO_EVIDENCE) : Optional.empty());
    }

    /**
     * What should have been instead of this entry; nothing if it is right.
     *
     * @param answers the entry that it answers
     */
    Optional<String> objection(NoticeEvent event, OptionalLong answers, Instant at) {
        if (event instanceof NoticeEvent.Prevented prevented) {
            return wronglyPrevented(prevented, at);
        }
        if (event instanceof NoticeEvent.Due due) {
            return said(due, answers, at);
        }
        Optional<Blocked> why = Optional.empty();
        OptionalLong answered = decision;
        if (event instanceof NoticeEvent.Given given) {
            why = giving(given.told(), at);
        } else if (event instanceof NoticeEvent.DeferralProposed proposed) {
            why = deferring(proposed.deferral(), at);
            if (why.isEmpty() && proposed.deferral().ground().isOrdered()) {
                return Optional.of("no proposal, since one person records an order");
            }
        } else if (event instanceof NoticeEvent.Lifted lift) {
            why = lifting(lift.evidence().isPresent(), at);
        } else if (event instanceof NoticeEvent.Deferred deferred) {
            why = deferring(deferred.deferral(), at);
            if (why.isEmpty() && !deferred.deferral().ground().isOrdered()) {
                Optional<Proposal> first = proposal(at)
                        .filter(it -> it.deferral().equals(deferred.deferral())
                                && !it.by().equals(deferred.by()));
                if (first.isEmpty()) {
                    return Optional.of("proposed only, since no other person has proposed exactly this");
                }
                answered = OptionalLong.of(first.get().index());
            }
        }
        if (why.isPresent()) {
            return Optional.of("blocked as " + why.get());
        }
        return answers.equals(answered) ? Optional.empty() : Optional.of("an answer to entry " + answered.orElse(-1));
    }

    private Optional<String> said(NoticeEvent.Due due, OptionalLong answers, Instant at) {
        Optional<NoticeEvent.Due> should = at(at).due();
        if (should.isEmpty()) {
            return Optional.of("nothing, since there is nothing to do about telling the person concerned");
        }
        if (!should.get().equals(due)) {
            return Optional.of(
                    should.get().why().code() + ", since " + should.get().since());
        }
        if (said.contains(due)) {
            return Optional.of("nothing, since it was said before");
        }
        return answers.equals(decision) ? Optional.empty() : Optional.of("an answer to the latest decision on it");
    }

    /** Who somebody is and where, and what a person wanted that was not done, the open part does not say. */
    private Optional<String> wronglyPrevented(NoticeEvent.Prevented event, Instant at) {
        Blocked why = event.blocked();
        if (OF_THE_PERSON.contains(why)) {
            return Optional.empty();
        }
        Optional<Blocked> should = switch (event.attempt()) {
            case GIVE -> giving(at);
            case DEFER -> nothingToDo(at);
            case LIFT -> lifting(at);
        };
        if (should.isPresent()) {
            return should.get() == why ? Optional.empty() : Optional.of("blocked as " + should.get());
        }
        boolean isPossible = switch (event.attempt()) {
            case GIVE -> why == Blocked.WRONG_TIMES || why == Blocked.OTHER_VERSION;
            case DEFER ->
                why == Blocked.WRONG_TIMES
                        || why == Blocked.NO_EVIDENCE
                        || why == Blocked.NOTICE_FORBIDDEN && isUnderOrder(at)
                        || why == Blocked.SAME_PERSON_TWICE && proposal(at).isPresent();
            case LIFT -> why == Blocked.NO_EVIDENCE && isUnderOrder(at);
        };
        return isPossible ? Optional.empty() : Optional.of("done, since nothing that the log knows is in its way");
    }

    private static final Set<Blocked> OF_THE_PERSON =
            Set.of(Blocked.NOT_PERMITTED, Blocked.NOT_A_PERSON, Blocked.LOCATED_THERE, Blocked.SHREDDED);
}
