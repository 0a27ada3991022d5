package io.holdfast.legal;

/** The danger that the sender claims. */
public enum Emergency implements Term {
    NONE,
    /** Danger of death or serious physical injury (18 USC 2702(b)(8)). */
    LIFE,
    /** A threat to physical integrity or safety that falls short of {@link #LIFE} (Regulation (EU) 2023/1543 Art. 3(18)). */
    SAFETY,
    /** Critical infrastructure whose loss endangers life (Regulation (EU) 2023/1543 Art. 3(18)). */
    INFRASTRUCTURE,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
