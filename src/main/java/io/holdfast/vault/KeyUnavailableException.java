package io.holdfast.vault;

/** Whoever keeps the master key did not do as asked. Nothing was sealed or opened; the same call may succeed later. */
public final class KeyUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for the operator: who was asked, and what came of it; never a secret */
    public KeyUnavailableException(String message) {
        super(message);
    }

    public KeyUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
