package io.holdfast.legal;

/** How sure we are of a document or a sender. Only {@link #VERIFIED} is ever named by a grant. */
public enum Assurance implements Term {
    /** Checked against an enrolled key, and it holds. */
    VERIFIED,
    /** Nothing to check it with: a scan, a mailbox. */
    UNVERIFIED,
    /** Checked, and it does not hold. */
    FAILED,
    UNKNOWN;

    private final String code = Term.spell(this);

    @Override
    public String code() {
        return code;
    }
}
