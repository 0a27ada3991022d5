package io.holdfast.store;

/** The database is not a continuation of what was signed: it went back in time, or has another past. The message has the evidence. */
final class FrozenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    FrozenException(String evidence) {
        super(evidence);
    }
}
