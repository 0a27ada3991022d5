package io.holdfast.legal;

/** Whether and when the person concerned is told; the later one wins where several grants apply. */
public enum Notice {
    /** Nothing is disclosed, so there is nothing to tell. */
    NOT_REQUIRED,
    /** Before anything is disclosed. */
    BEFORE,
    /** Once it no longer endangers anybody. */
    AFTER,
    /** By the issuing authority, and by nobody else (Regulation (EU) 2023/1543 Art. 13, Annex I section H). */
    ISSUER_NOTIFIES,
    /** Not while the order that forbids it lasts. */
    PROHIBITED;

    public String code() {
        return Term.spell(this);
    }
}
