package io.holdfast.legal;

/** What the law makes of a time that passes in silence. The gateway never acts on it: people confirm. */
public enum Silence {
    /** The platform need not go on (Regulation (EU) 2023/1543 Art. 11(5)). */
    EXEMPTS("silence frees the platform"),
    /** The platform must go on (Regulation (EU) 2023/1543 Art. 10(2)). */
    OBLIGES("silence obliges the platform, and people confirm it");

    private final String sentence;

    Silence(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return Term.spell(this);
    }

    public String sentence() {
        return sentence;
    }
}
