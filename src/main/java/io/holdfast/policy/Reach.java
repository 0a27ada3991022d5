package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far an instrument reaches into one category: the answer to the plain request, and what changes it.
 *
 * @param plain what the plain request says, where an answer speaks of {@code another}
 * @param answers at least one, that to the plain request first; of those that fit a request the one with the most
 *     conditions counts
 */
public record Reach(SortedMap<Dimension, Band> plain, List<Answer> answers) {

    public Reach {
        plain = Collections.unmodifiableSortedMap(new TreeMap<>(plain));
        answers = List.copyOf(answers);
    }

    /** What comes out once everybody has approved who has to. */
    public enum Verdict {
        YES("yes"),
        /** Permitted, and people answer: the gateway itself never releases it. */
        PEOPLE("people"),
        HELD("held"),
        REFUSED("refused");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * @param reasons as a decision carries them
     * @param when what differs from the plain request; empty for the plain request itself
     */
    public record Answer(Verdict verdict, List<Reason> reasons, SortedMap<Dimension, Band> when) {

        public Answer {
            reasons = List.copyOf(reasons);
            when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
        }

        /** For example {@code held (HELD_PENDING_REVIEW) if user-jurisdiction HK}. */
        public String words() {
            return said() + (when.isEmpty() ? "" : " if " + all(when));
        }

        /** That somebody has approved, or still has to, is no news here. */
        private String said() {
            String why = reasons.stream()
                    .filter(reason -> reason != Reason.PERMITTED && reason != Reason.APPROVALS_OUTSTANDING)
                    .map(Reason::code)
                    .collect(Collectors.joining(", "));
            return verdict.word() + (why.isEmpty() ? "" : " (" + why + ")");
        }

        boolean saysTheSame(Answer other) {
            return verdict == other.verdict && reasons.equals(other.reasons);
        }

        boolean fits(Facts facts) {
            return when.values().stream().allMatch(band -> band.terms().containsAll(band.dimension.of(facts)));
        }
    }

    /**
     * Words of one dimension that come out the same.
     *
     * @param isRest whether these are the many that nothing speaks of; they are not named, and called {@code another}
     */
    public record Band(Dimension dimension, List<Term> terms, boolean isRest) {

        public Band {
            terms = List.copyOf(terms);
        }

        Term first() {
            return terms.get(0);
        }

        String words() {
            String named = terms.stream().map(Term::code).collect(Collectors.joining(" or "));
            return dimension.code() + " " + (isRest ? "another" : named);
        }
    }

    /** In one word, with a star where something changes it. */
    public String brief() {
        return answers.get(0).verdict().word() + (answers.size() > 1 ? " *" : "");
    }

    /** All answers, as one line. */
    public String words() {
        String more =
                answers.stream().skip(1).map(answer -> "; " + answer.words()).collect(Collectors.joining());
        return answers.get(0).said() + (plain.isEmpty() ? "" : " for " + all(plain)) + more;
    }

    /** What these facts are told, provided that they satisfy the grant. */
    Answer to(Facts facts) {
        Answer counts = answers.get(0);
        for (Answer answer : answers) {
            if (answer.fits(facts) && answer.when().size() > counts.when().size()) {
                counts = answer;
            }
        }
        return counts;
    }

    private static String all(SortedMap<Dimension, Band> bands) {
        return bands.values().stream().map(Band::words).collect(Collectors.joining(" and "));
    }
}
