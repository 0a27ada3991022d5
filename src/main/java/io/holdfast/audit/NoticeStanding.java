package io.holdfast.audit;

import io.holdfast.legal.NoticeGround;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands of telling the person concerned, at one instant.
 *
 * @param due what people have to do now, and since when; of {@link State#DUE} always, of {@link State#FORBIDDEN} and
 *     {@link State#DEFERRED} when they have to look again
 * @param ground why it waits, of {@link State#DEFERRED}
 * @param until the first instant at which it does not wait any more, if that is known
 * @param review when people look again, of what waits
 * @param told when the person was told, of {@link State#GIVEN}
 */
public record NoticeStanding(
        State state,
        Optional<NoticeEvent.Due> due,
        Optional<NoticeGround> ground,
        Optional<Instant> until,
        Optional<Instant> review,
        Optional<Instant> told) {

    public enum State {
        /** There is nothing to tell: nothing is released, nothing is asked, or the case is shredded. */
        NONE,
        /** Nobody is told yet, since nothing is released; or, of what is told after, since nothing was handed over. */
        NOT_YET,
        DUE,
        /** The law, or the order that came with the request, forbids it, and nobody has recorded an end. */
        FORBIDDEN,
        /** People have recorded an order or a risk. */
        DEFERRED,
        ISSUER_NOTIFIES,
        GIVEN
    }

    /** Whether somebody has to do something, or waits for a time to come. */
    public boolean isWaitedFor() {
        return due.isPresent() || until.isPresent() || review.isPresent();
    }

    static NoticeStanding of(State state) {
        return new NoticeStanding(
                state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static NoticeStanding due(NoticeEvent.Due due) {
        return new NoticeStanding(
                State.DUE, Optional.of(due), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static NoticeStanding given(Instant told) {
        return new NoticeStanding(
                State.GIVEN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(told));
    }

    static NoticeStanding forbidden(Optional<NoticeEvent.Due> due, Optional<Instant> review) {
        return new NoticeStanding(State.FORBIDDEN, due, Optional.empty(), Optional.empty(), review, Optional.empty());
    }

    static NoticeStanding deferred(NoticeDeferral deferral, Optional<NoticeEvent.Due> due) {
        return new NoticeStanding(
                State.DEFERRED,
                due,
                Optional.of(deferral.ground()),
                deferral.until(),
                Optional.of(deferral.review()),
                Optional.empty());
    }
}
