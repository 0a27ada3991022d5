package io.holdfast.gate;

/** The rulebook that is loaded is not the one that the log names as in force. Nothing is decided with it. */
public final class StaleRulebookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleRulebookException(String loaded, String inForce) {
        super("the policies have the digest " + loaded + ", and the log has " + inForce
                + " in force; put those policies back: a new rulebook takes two people to activate");
    }
}
