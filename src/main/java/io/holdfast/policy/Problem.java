package io.holdfast.policy;

import java.util.Comparator;

/**
 * One thing wrong with a policy file, for the person who edits it.
 *
 * @param file path inside the set, with forward slashes
 * @param line from 1
 * @param column from 1, in characters
 */
public record Problem(String file, int line, int column, String sentence) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::sentence);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code holds/hk.yaml:8:3: unknown key 'issuer-jurisdicton'; did you mean 'issuer-jurisdiction'?} */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + sentence;
    }
}
