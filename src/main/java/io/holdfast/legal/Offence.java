package io.holdfast.legal;

/**
 * What thresholds an offence meets. One offence may carry several of these. The sender claims them; those who approve
 * compare them with the document.
 */
public enum Offence implements Term {
    /** None of the thresholds below. */
    OTHER,
    /** A maximum of three years or more (Regulation (EU) 2023/1543 Art. 5(4)(a), and elsewhere). */
    THREE_YEARS,
    /** Listed in Regulation (EU) 2023/1543 Art. 5(4)(b) to (d): non-cash fraud, child abuse, attacks on systems, terrorism. */
    EU_LISTED,
    /** Triable on indictment (2019 c.5). */
    INDICTABLE,
    /** Serious as the issuing State's own law has it for this very power: by a list or by a threshold of its own. */
    SERIOUS,
    TERRORISM,
    HUMAN_TRAFFICKING,
    /**
     * Under a law of national security, whichever power is used: treason, insurrection, sedition, state secrets,
     * espionage, external interference. It sets {@link NationalSecurity#INVOLVED}.
     */
    NATIONAL_SECURITY,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
