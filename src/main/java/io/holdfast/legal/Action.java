package io.holdfast.legal;

/** What the sender wants done. */
public enum Action implements Term {
    /** Hand data over. */
    DISCLOSE,
    /** Keep data from being deleted; nothing is handed over. */
    PRESERVE,
    /** Take down, restrict or block content. */
    RESTRICT_CONTENT,
    /** Help to decrypt, or hand over a credential. */
    ASSIST_DECRYPTION,
    /** Intercept from now on. */
    INTERCEPT,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
