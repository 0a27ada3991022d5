package io.holdfast.audit;

/**
 * One entry that should have come out differently. Safe to print, whatever the log holds.
 *
 * @param says what the log says
 * @param should what follows from the entries before it
 */
public record Disagreement(long index, String says, String should) {

    public Disagreement {
        says = Printable.of(says);
        should = Printable.of(should);
    }

    @Override
    public String toString() {
        return "entry " + index + ": the log says " + says + "; it should be " + should;
    }
}
