package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.Check;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Duty;
import io.holdfast.legal.ErasureReason;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Identifier;
import io.holdfast.legal.Review;
import io.holdfast.tlog.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an entry records, in the part that everybody may read. Closed words, dates, counts and digests only. */
public sealed interface Event {

    EntryKind kind();

    /** Those about telling the person concerned are in a file of their own. */
    sealed interface OfNotice extends Event permits NoticeEvent {}

    /** Those about the package that is made of what was read are, too. */
    sealed interface OfPackage extends Event permits PackageEvent {}

    /**
     * @param logKey the verifier key of the checkpoints, as a line of a signed-note vkey
     * @param recordKey the public key of the entries
     * @param otherKeys the first keys of other purposes
     * @param holds the holds that are in force from the first instant
     * @param former the log that this one continues, if it does
     */
    record Genesis(
            String logKey,
            RecordKey.Public recordKey,
            List<NamedKey> otherKeys,
            List<RecordedHold> holds,
            Optional<FormerLog> former)
            implements Event {
        public Genesis {
            otherKeys = List.copyOf(otherKeys);
            holds = List.copyOf(holds);
            NamedKey.parse(KeyPurpose.LOG, logKey);
        }

        public Genesis(String logKey, RecordKey.Public recordKey, List<NamedKey> otherKeys, List<RecordedHold> holds) {
            this(logKey, recordKey, otherKeys, holds, Optional.empty());
        }

        public Genesis(String logKey, RecordKey.Public recordKey, List<RecordedHold> holds) {
            this(logKey, recordKey, List.of(), holds);
        }

        /** Every key that it names. */
        public List<NamedKey> keys() {
            List<NamedKey> keys = new ArrayList<>();
            keys.add(new NamedKey.OfRecords(recordKey));
            keys.add(NamedKey.parse(KeyPurpose.LOG, logKey));
            keys.addAll(otherKeys);
            return keys;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.GENESIS;
        }
    }

    record HoldPlaced(RecordedHold hold) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_PLACED;
        }
    }

    record HoldTightened(RecordedHold hold) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_TIGHTENED;
        }
    }

    /**
     * @param hold which one, if the attempt was on one alone
     * @param attempt what was tried, and {@code blocked} why it did not happen
     */
    record HoldChangeBlocked(Optional<String> hold, Attempt attempt, Blocked blocked) implements Event {

        public HoldChangeBlocked(String hold, Attempt attempt, Blocked blocked) {
            this(Optional.of(hold), attempt, blocked);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_BLOCKED;
        }
    }

    /**
     * One person wants holds lifted or widened; it takes others. The proposal is what they agree to: its leaf hash, under the
     * epoch and the rulebook of its envelope.
     *
     * @param changes what happens to holds, all of it at once; no hold twice
     * @param approveBy after this instant nobody can approve it any more
     * @param effective the earliest instant at which it takes effect; nothing for as soon as it is approved
     * @param effectiveBy after this instant it cannot take effect any more
     * @param people how many different people it takes in all, the proposer among them; at least 2
     * @param by a tag of the person, keyed with a key of this proposal's own
     * @param preview what it would do; nothing in logs from before there were previews
     */
    record HoldChangeProposed(
            List<HoldChange> changes,
            Instant approveBy,
            Optional<Instant> effective,
            Instant effectiveBy,
            int people,
            String by,
            Optional<HoldPreview> preview)
            implements Event {
        public HoldChangeProposed {
            changes = List.copyOf(changes);
            if (people < 2) {
                throw new IllegalArgumentException("people: at least 2, found " + people);
            }
        }

        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_PROPOSED;
        }
    }

    /**
     * Another person agrees to exactly this. Like everything that answers a proposal, it names its leaf hash, and a tag made
     * with the key of that proposal.
     */
    record HoldChangeApproved(Hash proposal, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_APPROVED;
        }
    }

    /** Until whoever objects takes it back, the proposal does not take effect. It takes back their own approval. */
    record HoldChangeObjected(Hash proposal, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_OBJECTED;
        }
    }

    record HoldObjectionWithdrawn(Hash proposal, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_OBJECTION_WITHDRAWN;
        }
    }

    /** Whoever proposed it does not want it any more. */
    record HoldChangeWithdrawn(Hash proposal, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_WITHDRAWN;
        }
    }

    /** It cannot take effect any more. Nobody did this: the time came, or the log went on. */
    record HoldChangeEnded(Hash proposal, Ending because) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.HOLD_CHANGE_ENDED;
        }
    }

    /** From the next entry on the holds are as was proposed. It answers the proposal, and says the same changes again. */
    record HoldsChanged(Hash proposal, List<HoldChange> changes) implements Event {
        public HoldsChanged {
            changes = List.copyOf(changes);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.HOLDS_CHANGED;
        }
    }

    /**
     * @param registry digest of the registry of authorities that the checks were made with, hex
     */
    record RequestDecided(Facts facts, Map<Check, Check.Result> checks, String registry, Decision decision)
            implements Event {
        public RequestDecided {
            checks = Collections.unmodifiableMap(new EnumMap<>(checks));
        }

        @Override
        public EntryKind kind() {
            return EntryKind.REQUEST_DECIDED;
        }
    }

    /**
     * @param version the leaf hash of the decision that is approved, so that no other version is
     * @param by a tag of the person, keyed with the key of the case: two tags differ if and only if two people do, and
     *     a tag says nothing outside its case
     * @param confirmed what the person has confirmed of the duties of the grants
     */
    record ApprovalGiven(Hash version, String by, Set<Duty> confirmed) implements Event {
        public ApprovalGiven {
            confirmed = confirmed.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(confirmed));
        }

        public ApprovalGiven(Hash version, String by) {
            this(version, by, Set.of());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.APPROVAL_GIVEN;
        }
    }

    /** @param unanswered of the duties that have to be confirmed, those that were not */
    record ApprovalBlocked(Blocked blocked, Set<Duty> unanswered) implements Event {
        public ApprovalBlocked {
            unanswered = unanswered.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(unanswered));
            if (unanswered.isEmpty() == (blocked == Blocked.UNANSWERED)) {
                throw new IllegalArgumentException(
                        "unanswered: those of " + Blocked.UNANSWERED + ", and of nothing else");
            }
        }

        public ApprovalBlocked(Blocked blocked) {
            this(blocked, Set.of());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.APPROVAL_BLOCKED;
        }
    }

    /**
     * One person stops or narrows; it takes no second one. The next entry is the decision that it leads to.
     *
     * @param version and {@code by} as in {@link ApprovalGiven}
     */
    record RequestReviewed(Hash version, String by, Review review) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.REQUEST_REVIEWED;
        }
    }

    record ReviewBlocked(Review.Verdict verdict, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.REVIEW_BLOCKED;
        }
    }

    /**
     * @param categories the narrowed scope that is about to be read
     * @param through what lets it through, if that is not the gateway's own delivery; then it answers the grant
     */
    record Accessed(Action action, Set<DataCategory> categories, int accounts, Optional<Through> through)
            implements Event {
        public Accessed {
            categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        }

        public Accessed(Action action, Set<DataCategory> categories, int accounts) {
            this(action, categories, accounts, Optional.empty());
        }

        @Override
        public EntryKind kind() {
            return EntryKind.ACCESSED;
        }
    }

    /**
     * The package is handed over, for the first time: durable before its first byte leaves. It answers {@link PackageEvent.Made}, and
     * says the same again.
     *
     * @param accounts how many accounts data was found for
     * @param items how many fields and records are handed over
     * @param digest SHA-256 of its manifest
     */
    record Delivered(Set<DataCategory> categories, int accounts, int items, Hash digest) implements Event {
        public Delivered {
            categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        }

        @Override
        public EntryKind kind() {
            return EntryKind.DELIVERED;
        }
    }

    record DeliveryFailed(Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.DELIVERY_FAILED;
        }
    }

    /** What stands in front of the store, and lets data through under a grant. */
    enum Through {
        /** A proxy of the operator's asked, and was told yes. What the store gave it, the gateway does not see. */
        CHECK,
        /** The gateway's own proxy, which says at the end what it passed on: {@link Passed}. */
        PROXY
    }

    /** How passing on an answer ended. */
    enum PassageEnd {
        /** All that was granted of it went on its way. */
        COMPLETE,
        /** Some of it did, or nothing. */
        CUT_OFF
    }

    /**
     * Answers an {@link Accessed} through {@link Through#PROXY}, a {@link Delivered} or a {@link PackageEvent.DeliveredAgain}. One
     * of these without it means that nobody can know what left.
     *
     * @param items how many granted values, or items of the package, went on their way at most
     */
    record Passed(long items, PassageEnd ended) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.PASSED;
        }
    }

    /**
     * @param audience the store that it is for, as the operator calls it
     * @param until the first instant at which it is over
     * @param categories and {@code accounts}: no more than is released
     * @param bound SHA-256 of what the grant binds, which names accounts by commitments, and of its holder
     */
    record GrantIssued(String audience, Instant until, Set<DataCategory> categories, int accounts, Hash bound)
            implements Event {
        public GrantIssued {
            categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
        }

        @Override
        public EntryKind kind() {
            return EntryKind.GRANT_ISSUED;
        }
    }

    /** Of one that was asked for it answers the decision, of one that was to be used the entry that issued it. */
    record GrantBlocked(Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.GRANT_BLOCKED;
        }
    }

    /** @param claim the name of the claim, one of those that entries seal */
    record ClaimOpened(String claim, long entry) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CLAIM_OPENED;
        }
    }

    record ClaimOpeningBlocked(String claim, long entry, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CLAIM_OPENING_BLOCKED;
        }
    }

    /**
     * Somebody asks in which entries before this one an identifier stands. Neither the identifier, nor a pseudonym of it, nor
     * what was found: of a case that is shredded later, nothing may be left that leads to it.
     */
    record PseudonymLookedUp(Identifier.Type identifier) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.PSEUDONYM_LOOKED_UP;
        }
    }

    record PseudonymLookUpBlocked(Identifier.Type identifier, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.PSEUDONYM_LOOK_UP_BLOCKED;
        }
    }

    /**
     * One person wants the case shredded; it takes a second one.
     *
     * @param by a tag of the person, as in {@link ApprovalGiven}
     */
    record ErasureProposed(ErasureReason reason, String by) implements Event {

        /** For so long a second person can agree. */
        public static final Duration STANDS = Duration.ofDays(30);

        @Override
        public EntryKind kind() {
            return EntryKind.ERASURE_PROPOSED;
        }
    }

    /** A second person agreed: what the case had sealed is destroyed with this entry. It answers the proposal. */
    record CaseShredded(ErasureReason reason, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CASE_SHREDDED;
        }
    }

    record ErasureBlocked(ErasureReason reason, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.ERASURE_BLOCKED;
        }
    }

    /**
     * One person wants a transparency report published; it takes a second one.
     *
     * @param by a tag of the person, keyed with a key of this proposal's own
     */
    record ReportProposed(ReportedPeriod report, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.REPORT_PROPOSED;
        }
    }

    /** A second person agreed. It answers the proposal, and its tag is made with the key of that. */
    record ReportPublished(ReportedPeriod report, String by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.REPORT_PUBLISHED;
        }
    }

    record ReportBlocked(Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.REPORT_BLOCKED;
        }
    }

    /**
     * One person wants a rulebook to come into force that opens something; it takes a second one.
     *
     * @param by a tag of the person, keyed with a key of this proposal's own
     * @param recorded what the requests that came in lately would meet under it; nothing in logs from before that was counted
     */
    record RulebookProposed(RulebookChange change, String by, Optional<PastRequests> recorded) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.RULEBOOK_PROPOSED;
        }
    }

    /**
     * From the next entry on this rulebook is in force. Either a second person agreed, and then it answers the proposal, and its
     * tag is made with the key of that; or it opens nothing, and nobody had to.
     */
    record RulebookActivated(RulebookChange change, Optional<String> by) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.RULEBOOK_ACTIVATED;
        }
    }

    /** @param next the digest of the rulebook that somebody wanted in force, hex */
    record RulebookBlocked(String next, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.RULEBOOK_BLOCKED;
        }
    }

    /** From the next entry on this key is in force, beside those that are. */
    record KeyAdded(NamedKey key) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.KEY_ADDED;
        }
    }

    /** From the next entry on this key is not in force any more. */
    record KeyRetired(KeyPurpose purpose, String keyId) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.KEY_RETIRED;
        }
    }

    /**
     * An authority has said when a checkpoint was there.
     *
     * @param size of the checkpoint, and {@code root} of it
     * @param response SHA-256 of what the authority answered, RFC 3161, which is kept beside the log
     */
    record CheckpointTimestamped(long size, Hash root, Hash response) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CHECKPOINT_TIMESTAMPED;
        }
    }

    /**
     * A time that runs on a request is nearly over. The gateway writes it by itself; it answers the latest decision.
     *
     * @param due the first instant at which the time is over
     */
    record ClockWarned(ClockName clock, Instant due) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CLOCK_WARNED;
        }
    }

    /** The time is over. Nothing follows but that people know. */
    record ClockBreached(ClockName clock, Instant due) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CLOCK_BREACHED;
        }
    }

    /**
     * A person of the platform says what happened to a clock elsewhere. It answers the latest decision.
     *
     * @param by a tag of the person, as in {@link ApprovalGiven}
     */
    record ClockStepped(ClockStep step, String by) implements Event {
        @Override
        public EntryKind kind() {
            return switch (step.kind()) {
                case START -> EntryKind.CLOCK_STARTED;
                case STOP -> EntryKind.CLOCK_STOPPED;
                case RESUME -> EntryKind.CLOCK_RESUMED;
                case END -> EntryKind.CLOCK_ENDED;
            };
        }
    }

    record ClockStepBlocked(ClockStep step, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.CLOCK_STEP_BLOCKED;
        }
    }

    /** Something became of a copy that the store keeps. Nothing leaves with it. */
    record CopyStepped(CopyStep step) implements Event {
        @Override
        public EntryKind kind() {
            return step.kind();
        }
    }

    record PreservationBlocked(CopyStep.Attempt attempt, Blocked blocked) implements Event {
        @Override
        public EntryKind kind() {
            return EntryKind.PRESERVATION_BLOCKED;
        }
    }

    /** What somebody tried to do to a hold. */
    enum Attempt {
        PLACE,
        TIGHTEN,
        /** Alone. Of gateways from before a lift could be proposed. */
        LIFT,
        PROPOSE,
        APPROVE,
        OBJECT,
        WITHDRAW_OBJECTION,
        WITHDRAW;

        /** Whether it is a step on the road that takes two people. */
        boolean isOfProposals() {
            return compareTo(PROPOSE) >= 0;
        }
    }

    /** Why a proposed change of holds cannot take effect any more. */
    enum Ending {
        /** Too few had approved it in time. */
        APPROVE_BY(true),
        /** It did not take effect in time. */
        EFFECTIVE_BY(true),
        /** A hold or a key changed after it was proposed. */
        EPOCH(false),
        RULEBOOK(false);

        private final boolean isExpiry;

        Ending(boolean isExpiry) {
            this.isExpiry = isExpiry;
        }

        /** Whether time alone ended it; otherwise the log went on, and it is suspended. */
        public boolean isExpiry() {
            return isExpiry;
        }

        /** {@code EXPIRED} or {@code SUSPENDED}. */
        public String outcome() {
            return isExpiry ? "EXPIRED" : "SUSPENDED";
        }
    }

    /** Why an attempt did not happen. */
    enum Blocked {
        NEEDS_TWO_PEOPLE,
        NOT_A_TIGHTENING,
        ALREADY_PLACED,
        NO_SUCH_HOLD,
        NOT_AWAITING_APPROVAL,
        OTHER_VERSION,
        SAME_PERSON_TWICE,
        /** Whoever tried is in a place that the request concerns; which one is sealed. */
        LOCATED_THERE,
        /** The approval does not confirm what it has to. */
        UNANSWERED,
        /** What is to be kept of a scope is all of it, or something else. */
        NOT_NARROWER,
        /** The request was not released when the step was to be taken. */
        NOT_RELEASED,
        /** What was read, or was to be read, is no longer covered by what is released, or was handed over already. */
        NO_LONGER_COVERED,
        /** No certificate of the sender's is enrolled that a package can be encrypted to now. */
        NO_CERTIFICATE,
        /** What the package is made of is not there. */
        NO_SUCH_PACKAGE,
        /** What was received is not what is in the package. */
        OTHER_PACKAGE,
        /** Data was let through under grants: it is not handed over besides. */
        SERVED_UNDER_GRANTS,
        /** A grant was used before. */
        USED_BEFORE,
        /** A grant is for another store. */
        OTHER_AUDIENCE,
        /** A grant is bound to a certificate that was not shown. */
        OTHER_CALLER,
        /** A grant does not go so far, or was to go further than what is released. */
        BEYOND_GRANT,
        /** As many grants as there can be for one request were issued, or are out. */
        TOO_MANY,
        /** Too few witnesses had cosigned the entry that permits it when the time to wait was over. */
        NOT_WITNESSED,
        STORE_UNAVAILABLE,
        /** Whoever keeps the master key did not answer, so that what is asked for could not be read. */
        VAULT_UNAVAILABLE,
        STORE_ANSWER_UNUSABLE,
        /** The store knows the user in a place that the decision did not consider. */
        USER_ELSEWHERE,
        /** The case was shredded: nothing of it can be read any more. */
        SHREDDED,
        /** The request waits for people, or was released and not collected. */
        IN_FLIGHT,
        /** What was proposed is another thing, or nothing. */
        OTHER_PROPOSAL,
        /** The rulebook is the one in force. */
        IN_FORCE_ALREADY,
        /** The rulebook is not the one that the gateway has at hand, or what it changes is not what was looked at. */
        OTHER_RULEBOOK,
        /** The period of a report has not ended, or so lately that an entry of it may come yet. */
        PERIOD_NOT_OVER,
        /** Whoever tried has not the role for it. */
        NOT_PERMITTED,
        /** The subject of the token is a word for nobody, such as system or admin. */
        NOT_A_PERSON,
        /** They approve what they have proposed themselves. */
        OWN_PROPOSAL,
        /** What was given as a reason says nothing. */
        NO_REASON,
        /** It only stops more, which one person can do at once. */
        ONLY_TIGHTENS,
        /** The way out of a hold asks for a document, and no digest of one was given. */
        NO_EVIDENCE,
        /** One hold is there twice in a change. */
        HOLD_TWICE,
        /** The instants of a proposal are not in order, or too far away. */
        WRONG_TIMES,
        /** Its time to approve, or to take effect, is over. */
        TOO_LATE,
        /** Its time to take effect has not come. */
        TOO_EARLY,
        /** A hold, a key or the rulebook changed after it was proposed. */
        OTHER_STANDING,
        /** Somebody objects; of a delivery, the platform or another authority. */
        OBJECTED,
        /** The latest decision asks for no such clock, or it does not run. */
        NO_SUCH_CLOCK,
        /** The same stands there already. */
        ALREADY_SAID,
        /** Nothing has stopped the clocks that could end now. */
        NOT_STOPPED,
        /** No copy is kept for the request. */
        NO_SUCH_COPY,
        /** The law has no extension of the time for which it is kept. */
        NOT_EXTENDABLE,
        /** There is no request of the same sender that leads to data. */
        NO_SUCH_REQUEST,
        /** It is not theirs to take back. */
        NOT_YOURS,
        /** The proposal took effect, was withdrawn, expired, or was suspended. */
        ENDED,
        /** The person concerned has to be told first. */
        NOTICE_NOT_GIVEN,
        /** No notice to the person concerned stands on the request. */
        NO_NOTICE,
        /** The person concerned was told before. */
        NOTICE_GIVEN_ALREADY,
        /** Whoever issued the instrument tells the person concerned, and nobody else does. */
        ISSUER_NOTIFIES,
        /** Telling the person concerned is forbidden, or dangerous, for now. */
        NOTICE_FORBIDDEN,
        /** Nothing forbids telling the person concerned. */
        NOTICE_NOT_FORBIDDEN
    }
}
