package io.holdfast.legal;

/** Why a case is shredded. A closed word, since the log keeps it for ever. */
public enum ErasureReason {
    /** The time for which it had to be kept is over. */
    RETENTION_ENDED,
    /** A person whom it is about asked for it, and is entitled to it. */
    ERASURE_REQUEST,
    /** A court ordered it. */
    COURT_ORDER;

    public String code() {
        return Term.spell(this);
    }

    /** @throws IllegalArgumentException if no reason is spelt so */
    public static ErasureReason parse(String code) {
        for (ErasureReason reason : values()) {
            if (reason.code().equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason for an erasure");
    }
}
