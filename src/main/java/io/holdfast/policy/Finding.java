package io.holdfast.policy;

import java.util.Locale;

/**
 * What the linter has to say about one rule.
 *
 * @param where the rule: a grant's id, or the file of a hold without its ending
 */
public record Finding(Severity severity, String where, String sentence) {

    /** An error must be mended before the set is used; a warning must be known. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String where, String sentence) {
        return new Finding(Severity.ERROR, where, sentence);
    }

    static Finding warning(String where, String sentence) {
        return new Finding(Severity.WARNING, where, sentence);
    }

    @Override
    public String toString() {
        return severity.name().toLowerCase(Locale.ROOT) + ": " + where + ": " + sentence;
    }
}
