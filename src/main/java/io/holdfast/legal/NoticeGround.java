package io.holdfast.legal;

/** Why the person concerned is not told for now. A closed word, since the log keeps it for ever. */
public enum NoticeGround {
    /** A court or a law forbids it, and there is a document that says so. */
    ORDER,
    /** It would endanger somebody's life or body. */
    RISK_TO_LIFE,
    /** It would endanger a child. */
    RISK_TO_CHILD,
    /** Somebody else has the account, and would be told in place of the person. */
    ACCOUNT_UNTRUSTED;

    public String code() {
        return Term.spell(this);
    }

    /** Whether somebody outside the platform says so; otherwise the platform judges for itself, and that takes two people. */
    public boolean isOrdered() {
        return this == ORDER;
    }

    /** @throws IllegalArgumentException if no ground is spelt so */
    public static NoticeGround parse(String code) {
        for (NoticeGround ground : values()) {
            if (ground.code().equals(code)) {
                return ground;
            }
        }
        throw new IllegalArgumentException("no ground to wait with a notice");
    }
}
