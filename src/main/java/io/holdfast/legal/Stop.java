package io.holdfast.legal;

/** Stops a clock. When it ends the clock goes on with what was left: the earlier of the possible readings. */
public enum Stop {
    /** Regulation (EU) 2023/1543 Art. 10(6). */
    QUESTION("from a question to the issuer until its answer"),
    /** Regulation (EU) 2023/1543 Art. 17; 18 USC 2703(h). */
    OBJECTION("from an objection until the court or the issuer has ruled on it"),
    /** Regulation (EU) 2023/1543 Art. 12(2). */
    GROUND_RAISED("from a ground for refusal raised by the notified authority until it is withdrawn");

    private final String sentence;

    Stop(String sentence) {
        this.sentence = sentence;
    }

    /**
     * Whether nothing may leave while it stands. A question is the platform's own, and people who approve know of it; what a
     * court or another authority has to rule on, they cannot approve away.
     */
    public boolean bars() {
        return this != QUESTION;
    }

    public String code() {
        return Term.spell(this);
    }

    /** From when until when, as the end of a sentence. */
    public String sentence() {
        return sentence;
    }
}
