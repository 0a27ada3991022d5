package io.holdfast.legal;

/** Something that must be done within a time, who does it, and from when the time runs. */
public enum Step {
    ANSWER("the platform answers", "receipt"),
    /** Art. 17 of Regulation (EU) 2023/1543, or a motion under 18 USC 2703(h). */
    OBJECT("the platform objects for a conflict of laws", "receipt"),
    CLARIFY("the issuer answers a question of the platform", "the question"),
    /** The enforcing authority of Regulation (EU) 2023/1543 Art. 8, 12. */
    AUTHORITY_OBJECTS("the notified authority raises a ground for refusal", "its notification"),
    /** Regulation (EU) 2023/1543 Art. 4(5). */
    VALIDATE("the issuing State validates what was issued without validation", "issue"),
    FOLLOW_UP("the sender follows with ordinary process", "disclosure"),
    REVIEW_SECRECY("people look again whether the person may be told", "the last look"),
    RUN("the order lets data be taken as they arise", "its start");

    private final String sentence;
    private final String from;

    Step(String sentence, String from) {
        this.sentence = sentence;
        this.from = from;
    }

    public String code() {
        return Term.spell(this);
    }

    /** Who does what, as the middle of a sentence. */
    public String sentence() {
        return sentence;
    }

    /** What the time is counted from, as the end of a sentence. */
    public String from() {
        return from;
    }
}
