package io.holdfast.legal;

/** Whether and when the person concerned is told; the later one wins where several grants apply. */
public enum Notice {
    NOT_REQUIRED("Nothing is disclosed, so there is nothing to tell the person concerned."),
    BEFORE("The person concerned is told before anything is disclosed."),
    AFTER("The person concerned is told once that no longer endangers anybody."),
    /** Regulation (EU) 2023/1543 Art. 13, Annex I section H. */
    ISSUER_NOTIFIES("The issuing authority tells the person concerned, and nobody else does."),
    PROHIBITED("The person concerned is not told while the law or an order forbids it.");

    private final String sentence;

    Notice(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return Term.spell(this);
    }

    public String sentence() {
        return sentence;
    }
}
