package io.holdfast.legal;

/** What thresholds an offence meets. One offence may carry several of these. */
public enum Offence implements Term {
    /** None of the thresholds below. */
    OTHER,
    /** A maximum of three years or more (Regulation (EU) 2023/1543 Art. 5(4)(a)). */
    THREE_YEARS,
    /** Listed in Regulation (EU) 2023/1543 Art. 5(4)(b) to (d): non-cash fraud, child abuse, attacks on systems, terrorism. */
    EU_LISTED,
    HUMAN_TRAFFICKING,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
