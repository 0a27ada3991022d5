package io.holdfast.audit;

/** The ledger did not do what it was asked to. The message is for the operator and names no person. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    public enum Cause {
        /** Nothing was written; try again. */
        BUSY,
        /** Nothing can be written until somebody mends it. */
        UNAVAILABLE,
        /** It may or may not have been written: look it up with the same idempotency key. */
        UNKNOWN_OUTCOME,
        /** The same idempotency key came with other content. */
        CONFLICT
    }

    private final Cause cause;

    public LedgerException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    public LedgerException(Cause cause, String message, Throwable because) {
        super(message, because);
        this.cause = cause;
    }

    public Cause what() {
        return cause;
    }
}
