package io.holdfast.grant;

/** Why a grant lets nothing through. Safe to show to whoever brought it. */
public enum Refusal {
    MALFORMED("It is no grant."),
    UNKNOWN_KEY("It is signed with a key that is not known here."),
    BAD_SIGNATURE("Its signature is not that of its key: it was changed, or made up."),
    OTHER_LOG("It was issued by another log."),
    OTHER_AUDIENCE("It is for another store."),
    NOT_YET("It was issued in the future; the clocks differ."),
    EXPIRED("It is over."),
    TOO_LONG("It is for longer than any grant may be."),
    OTHER_CALLER("It is bound to a certificate, and whoever brings it has not shown that one."),
    NOT_TRUSTED("Its checkpoint is not signed by the log's key."),
    NO_QUORUM("Too few witnesses have cosigned its checkpoint."),
    NOT_IN_THE_LOG("Its proof does not lead from its entry to its checkpoint."),
    OTHER_ENTRY("The entry that it shows did not issue it, or issued something else."),
    BEYOND_ACCOUNTS("It is not for this account."),
    BEYOND_CATEGORIES("It is not for this category of data."),
    BEYOND_PERIOD("It is not for this period."),
    USED("It was used before."),
    NOT_REMEMBERED("There is no room to remember that it was used; try again in a few minutes.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
