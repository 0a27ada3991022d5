package io.holdfast.policy;

import java.util.Locale;

/** Statements about all requests that every rulebook has to keep, whatever its own invariants say. */
public enum Guarantee {
    HOLD_KEEPS("What a hold stops is permitted only through an exception that this hold names."),
    GRANT_NEEDED("Nothing is permitted that no grant covers."),
    HOLDS_ONLY_NARROW("Taking a hold away never takes a permission away."),
    CATEGORIES_ARE_APART("A category is permitted together with others if and only if it is permitted alone."),
    PLACES_ADD_NOTHING("A request about two places is permitted at most what it is for each of them."),
    APPROVALS_FIRST("Nothing is released with fewer approvals than its obligations ask for."),
    CLEAR_ONLY_WHERE_SAID("Nothing may leave unencrypted unless every grant that covers it says so."),
    UNKNOWN_NEVER("With any one fact absent or unknown nothing is permitted."),
    OUT_OF_DATE_NEVER("With an instrument that is not yet or no longer valid nothing is permitted."),
    GRANT_FIRES("Every grant permits something, somewhere and at some time."),
    HOLD_MATTERS("Every hold changes an answer, or the reason that is told with it."),
    EXCEPTION_OPENS("Every exception permits something that its hold stops.");

    private final String sentence;

    Guarantee(String sentence) {
        this.sentence = sentence;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }
}
