package io.holdfast.vault;

/** A box does not open. Says why, never what is inside. */
public final class CannotOpenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotOpenException(String message) {
        super(message);
    }
}
