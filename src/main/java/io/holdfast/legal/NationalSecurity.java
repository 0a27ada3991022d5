package io.holdfast.legal;

/** Whether a national security law is involved: by statute, by unit or by offence; any one of them sets it. */
public enum NationalSecurity implements Term {
    NOT_INVOLVED,
    INVOLVED,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
