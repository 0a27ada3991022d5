package io.holdfast.audit;

/** Bytes that should be an entry, a disclosure or an export, and are not. The message is safe to show. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableException(String message) {
        super(message);
    }
}
