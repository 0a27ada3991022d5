package io.holdfast.gate;

/** What must never happen on a walk, and did. */
final class WalkViolation extends AssertionError {

    private static final long serialVersionUID = 1L;

    /** What a walk looks for after every step. */
    enum Property {
        LOOSENED_BY_ONE("holds let something through that fewer than two people agreed to"),
        APPROVAL_SURVIVED_AN_EDIT("an approval counted for what its person had not seen"),
        RELEASE_UNDER_A_HOLD("something was released under a hold"),
        RELEASE_WITHOUT_TWO("something was released without two people"),
        RELEASE_OF_MORE("more was released than people had left of it"),
        RELEASE_AGAINST_AN_OBJECTION("something was released while somebody objects"),
        NOBODY_WAS_TOLD("something left before the person concerned was told, and nothing forbade that"),
        DEFERRED_BY_ONE("the person concerned is kept from knowing by fewer than two people"),
        HANDED_OVER_TWICE("something was handed over twice"),
        SHREDDED_BY_ONE("a case was shredded by fewer than two people"),
        RULEBOOK_BY_ONE("a rulebook that opens something came into force by fewer than two people"),
        ATTEMPT_WITHOUT_ENTRY("an attempt left no entry"),
        ENTRY_WITHOUT_ATTEMPT("an entry says that somebody did something, and nobody did"),
        LIVE_IS_NOT_THE_LOG("what the gateway holds is not what its log says"),
        LOG_DOES_NOT_REPLAY("the log does not verify or replay"),
        GATE_BROKE("the gate threw something");

        private final String sentence;

        Property(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    private final Property property;

    WalkViolation(Property property, String what) {
        super(property.sentence + ": " + what);
        this.property = property;
    }

    WalkViolation(Throwable thrown) {
        super(Property.GATE_BROKE.sentence + ": " + thrown, thrown);
        this.property = Property.GATE_BROKE;
    }

    Property property() {
        return property;
    }

    /** Two of one reason are taken for the same, and not for two that happen to be found by one look. */
    String reason() {
        return property == Property.GATE_BROKE
                ? property + " " + getCause().getClass().getName()
                : property.name();
    }

    static void check(boolean isSo, Property property, Object what) {
        if (!isSo) {
            throw new WalkViolation(property, String.valueOf(what));
        }
    }
}
