package io.holdfast.gate;

/** The rulebook that the log names as in force is not at hand. Nothing is decided with another. */
public final class StaleRulebookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleRulebookException(String inForce) {
        super("the log has the rulebook " + inForce
                + " in force, and it is not loaded; it is read from the database within seconds");
    }
}
