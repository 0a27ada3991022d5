package io.holdfast.gate;

/** It could not be found out what a proposal would do, so it was not made: nobody approves what they cannot see. */
public final class NoPreviewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why for people, with what to do */
    NoPreviewException(String why, Throwable because) {
        super(why, because);
    }
}
