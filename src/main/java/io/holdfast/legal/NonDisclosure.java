package io.holdfast.legal;

/** Whether the sender forbids telling the person concerned. */
public enum NonDisclosure implements Term {
    NONE,
    /** Forbidden until a date that the order names. */
    DATED,
    /** Forbidden without an end. */
    INDEFINITE,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
