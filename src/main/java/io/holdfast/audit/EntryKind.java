package io.holdfast.audit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an entry can be about. A control entry changes what is in force, so it raises the epoch.
 *
 * <p>Every kind pads its sealed claims to a fixed number, so that their count says nothing.
 */
public enum EntryKind {
    /** The first entry: names, keys, the rulebook, and the holds in force from the start. */
    GENESIS(true, 0),
    HOLD_PLACED(true, 4),
    HOLD_TIGHTENED(true, 4),
    /** Somebody tried what needs two people, or more than is allowed, on a hold. */
    HOLD_CHANGE_BLOCKED(false, 4),
    /** One person wants holds lifted or widened. */
    HOLD_CHANGE_PROPOSED(false, 4),
    HOLD_CHANGE_APPROVED(false, 4),
    /** Somebody objects, and nothing happens until they take it back. */
    HOLD_CHANGE_OBJECTED(false, 4),
    HOLD_OBJECTION_WITHDRAWN(false, 4),
    HOLD_CHANGE_WITHDRAWN(false, 4),
    /** Its time has passed, or what it was about has changed. */
    HOLD_CHANGE_ENDED(false, 0),
    /** What two people or more agreed on is in force. */
    HOLDS_CHANGED(true, 0),
    REQUEST_DECIDED(false, 16),
    APPROVAL_GIVEN(false, 4),
    APPROVAL_BLOCKED(false, 4),
    /** A person narrowed, refused or returned what was referred; the decision that says so follows. */
    REQUEST_REVIEWED(false, 4),
    REVIEW_BLOCKED(false, 4),
    /** Data is about to be read from the store. */
    ACCESSED(false, 4),
    /** What was read is at hand for the sender. */
    PACKAGE_MADE(false, 4),
    /** It is handed over. */
    DELIVERED(false, 4),
    DELIVERED_AGAIN(false, 4),
    /** The store could not be read, or what it gave could not be used or collected; nothing was handed over. */
    DELIVERY_FAILED(false, 4),
    /** The sender has opened it. */
    PACKAGE_RECEIVED(false, 4),
    /** Nothing of it is left at the gateway. */
    PACKAGE_DELETED(false, 0),
    /** Whoever has it may have the store give released data, once, and soon. */
    GRANT_ISSUED(false, 4),
    /** A grant was not issued, or one that was issued let nothing through. */
    GRANT_BLOCKED(false, 4),
    /** What was let through under a grant, or handed over, has gone on its way, or part of it. */
    PASSED(false, 4),
    /** Somebody opened one sealed claim. */
    CLAIM_OPENED(false, 4),
    CLAIM_OPENING_BLOCKED(false, 4),
    /** Somebody asked where an officer or an account was seen before. */
    PSEUDONYM_LOOKED_UP(false, 4),
    PSEUDONYM_LOOK_UP_BLOCKED(false, 4),
    /** One person wants a case shredded. */
    ERASURE_PROPOSED(false, 4),
    /** A second person agreed, and what the case had sealed is gone. */
    CASE_SHREDDED(false, 4),
    ERASURE_BLOCKED(false, 4),
    /** One person wants a transparency report published. */
    REPORT_PROPOSED(false, 4),
    REPORT_PUBLISHED(false, 4),
    REPORT_BLOCKED(false, 4),
    /** One person wants a rulebook to come into force that opens something. */
    RULEBOOK_PROPOSED(false, 4),
    /** A rulebook is in force from here on. */
    RULEBOOK_ACTIVATED(true, 4),
    RULEBOOK_BLOCKED(false, 4),
    /** A key is in force from here on. */
    KEY_ADDED(true, 0),
    /** A key is not in force from here on. */
    KEY_RETIRED(true, 0),
    /** An authority has said when an earlier checkpoint was there. */
    CHECKPOINT_TIMESTAMPED(false, 0),
    /** A time that runs on a request is nearly over. */
    CLOCK_WARNED(false, 0),
    /** It is over. */
    CLOCK_BREACHED(false, 0),
    /** A person says since when a time runs that began elsewhere. */
    CLOCK_STARTED(false, 4),
    /** A person says that something has stopped the times on a request. */
    CLOCK_STOPPED(false, 4),
    CLOCK_RESUMED(false, 4),
    /** A person says that what a time was for has happened. */
    CLOCK_ENDED(false, 4),
    CLOCK_STEP_BLOCKED(false, 4),
    /** A copy of what an order to keep data names is kept. */
    PRESERVED(false, 4),
    PRESERVATION_FAILED(false, 0),
    PRESERVATION_EXTENDED(false, 4),
    /** The sender has named the request for production that the copy is kept for. */
    PRESERVATION_LINKED(false, 4),
    /** The copy must not be kept any more. */
    PRESERVATION_ENDED(false, 4),
    /** It is not kept any more. */
    COPY_DROPPED(false, 4),
    PRESERVATION_BLOCKED(false, 4),
    /** The person concerned has to be told, or people have to look again whether they may be. */
    NOTICE_DUE(false, 0),
    /** Somebody says that the person concerned was told. */
    NOTICE_GIVEN(false, 4),
    /** One person sees a risk in telling them. */
    NOTICE_DEFERRAL_PROPOSED(false, 4),
    /** They are not told for now. */
    NOTICE_DEFERRED(false, 4),
    /** What stood in the way of telling them is no more. */
    NOTICE_DEFERRAL_LIFTED(false, 4),
    NOTICE_BLOCKED(false, 4);

    private static final Map<String, EntryKind> BY_TYPE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EntryKind::type, kind -> kind));

    private final boolean control;
    private final int sealedClaims;

    EntryKind(boolean control, int sealedClaims) {
        this.control = control;
        this.sealedClaims = sealedClaims;
    }

    public boolean isControl() {
        return control;
    }

    /** How many digests an entry of this kind carries in {@code _sd}, real ones and decoys together. */
    public int sealedClaims() {
        return sealedClaims;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The JWS {@code typ}. */
    public String type() {
        return "holdfast-" + code() + "+sd-jwt";
    }

    public static Optional<EntryKind> ofType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }
}
