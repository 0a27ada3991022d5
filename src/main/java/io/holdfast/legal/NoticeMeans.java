package io.holdfast.legal;

/** How the person concerned was told. Where to, and in which words, the log never says. */
public enum NoticeMeans {
    /** Inside the service that the account belongs to. */
    IN_SERVICE,
    EMAIL,
    LETTER,
    TELEPHONE,
    /** Through somebody who acts for the person. */
    COUNSEL;

    public String code() {
        return Term.spell(this);
    }

    /** @throws IllegalArgumentException if no means is spelt so */
    public static NoticeMeans parse(String code) {
        for (NoticeMeans means : values()) {
            if (means.code().equals(code)) {
                return means;
            }
        }
        throw new IllegalArgumentException("no means of giving notice");
    }
}
