package io.holdfast.audit;

import io.holdfast.audit.Event.Blocked;
import io.holdfast.legal.NoticeMeans;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is recorded of telling the person concerned: that it is due, that it was done, that it waits. Never whom, or what. */
public sealed interface NoticeEvent extends Event.OfNotice {

    /** What somebody tried to do about a notice. */
    enum Attempt {
        GIVE,
        DEFER,
        LIFT
    }

    /** Why people have to do something now. */
    enum Why {
        /** Data is released, and the person is told before it is handed over. */
        BEFORE,
        /** Data was handed over, and the person is told after that. */
        AFTER,
        /** The time for which telling was forbidden, or dangerous, is over. */
        ENDED,
        /** People have recorded that it is not forbidden, or not dangerous, any more. */
        LIFTED,
        /** Telling is forbidden, or dangerous, and people look again whether it still is. */
        REVIEW,
        /** Telling is forbidden until a date that the request does not say; somebody has to record it. */
        END_UNRECORDED;

        public String code() {
            return name().replace('_', '-');
        }

        static Why parse(String code) {
            return Words.parse(values(), Why::code, code);
        }
    }

    /**
     * Written by the gateway itself, once for each reason and instant; it answers the latest decision.
     *
     * @param since the first instant at which it was due
     */
    record Due(Why why, Instant since) implements NoticeEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_DUE;
        }
    }

    /**
     * Somebody says that the person was told.
     *
     * @param told when
     * @param by a tag of whoever says so, as in {@link Event.ApprovalGiven}
     */
    record Given(NoticeMeans means, Instant told, String by) implements NoticeEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_GIVEN;
        }
    }

    /** One person sees a risk in telling; it takes a second one. */
    record DeferralProposed(NoticeDeferral deferral, String by) implements NoticeEvent {

        /** For so long a second person can agree. */
        public static final Duration STANDS = Duration.ofDays(7);

        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_DEFERRAL_PROPOSED;
        }
    }

    /** For an order one person records it, and it answers the latest decision; for a risk a second one, and it answers the proposal. */
    record Deferred(NoticeDeferral deferral, String by) implements NoticeEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_DEFERRED;
        }
    }

    /**
     * What forbade telling, or made it dangerous, is no more.
     *
     * @param evidence SHA-256 of the document that says so; there unless it was a risk
     */
    record Lifted(Optional<Hash> evidence, String by) implements NoticeEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_DEFERRAL_LIFTED;
        }
    }

    /** Somebody tried, and it did not happen. */
    record Prevented(Attempt attempt, Blocked blocked) implements NoticeEvent {
        @Override
        public EntryKind kind() {
            return EntryKind.NOTICE_BLOCKED;
        }
    }
}
