package io.holdfast.note;

/**
 * A note in good form that must not be believed: nobody we know signed it, a signature is wrong, or it speaks for
 * another log. Bytes in bad form are a {@link io.holdfast.tlog.MalformedException} instead.
 */
public final class UntrustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntrustedException(String message) {
        super(message);
    }
}
