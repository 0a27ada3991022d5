package io.holdfast.legal;

/** Who stands behind an instrument. */
public enum AuthorityLevel implements Term {
    OFFICER,
    PROSECUTOR,
    MAGISTRATE,
    JUDGE,
    /** A minister, a chief executive or a head of police who needs no court. */
    EXECUTIVE,
    /** The central authority of a treaty. */
    CENTRAL_AUTHORITY,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
