package io.holdfast.gate;

/** Somebody else has written meanwhile what was to be written: thrown where a candidate would have no entry to write. */
final class NothingToDoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingToDoException() {
        super("nothing is left to be written", null, false, false);
    }
}
