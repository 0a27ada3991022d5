package io.holdfast.legal;

/** The way by which a request came. */
public enum Channel implements Term {
    /** From the authority to the platform. */
    DIRECT,
    /** Through the decentralised IT system of Regulation (EU) 2023/1543. */
    E_EVIDENCE,
    /** Through the central authorities of a mutual legal assistance treaty. */
    TREATY,
    /** Letters rogatory, from court to court. */
    LETTERS_ROGATORY,
    /** Under an executive agreement, 18 USC 2523. */
    EXECUTIVE_AGREEMENT,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
