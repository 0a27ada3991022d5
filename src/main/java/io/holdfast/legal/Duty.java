package io.holdfast.legal;

/** What the platform must do besides, when a grant applies. */
public enum Duty {
    /** Keep the data at once, before anything else (Regulation (EU) 2023/1543 Art. 10(1)). */
    PRESERVE_AT_ONCE,
    /** Wait for the enforcing authority, up to ten days (Regulation (EU) 2023/1543 Art. 8, 10(2)). */
    AWAIT_ENFORCING_AUTHORITY,
    /** Ask for ordinary process after an emergency. */
    FOLLOW_UP_PROCESS;

    public String code() {
        return Term.spell(this);
    }
}
