package io.holdfast.enforce;

/** Why a call is not let through, before any grant is looked at. Codes for operators; no sentence quotes the call. */
public enum Denial {
    /** It comes from an address that may not ask. */
    OTHER_PEER,
    /** It does not say which call it asks about, or says so twice. */
    NO_CALL,
    /** The target can be read in more than one way. */
    AMBIGUOUS,
    /** No route says what the store gives there. */
    NO_ROUTE,
    /** The call does not say whose data it asks for, or of which time. */
    INCOMPLETE,
    /** There is a parameter that no route knows, which could change what is given. */
    OTHER_PARAMETER,
    /** It brings no grant, or more than one. */
    NO_GRANT,
    /** Its certificate cannot be read. */
    BAD_CERTIFICATE,
    /** The route does not say where in its answers which data stands, so nothing of one can be passed on. */
    NO_FIELDS,
    /** What was let through would not be any more. */
    STOPPED,
    /** The store does not answer, or not as the routes say. */
    UPSTREAM,
    /** The store gives more than may leave in one answer. */
    TOO_LONG,
    /** The log did not answer in time. */
    TIME_OVER,
    /** The gateway decides nothing now. */
    OUT_OF_SERVICE
}
