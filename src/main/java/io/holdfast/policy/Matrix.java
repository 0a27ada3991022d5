package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one law gives to each of its instruments, category by category, under some holds. Every cell is an answer of the
 * evaluator to requests that satisfy the grant; the rules are not read a second time.
 *
 * @param rows in the order of the pack: a row for each instrument of each grant
 */
public record Matrix(Pack pack, List<Row> rows) {

    public Matrix {
        rows = List.copyOf(rows);
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
     * @param cells the categories that the grant names, each with the answer to the plain request first and then with
     *     what changes it; of the answers that fit a request the one with the most conditions counts
     */
    public record Row(Grant grant, Term instrument, Map<DataCategory, List<Answer>> cells) {

        public Row {
            cells = Collections.unmodifiableMap(new EnumMap<>(cells));
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
            String why = reasons.stream()
                    .filter(reason -> reason != Reason.PERMITTED && reason != Reason.APPROVALS_OUTSTANDING)
                    .map(Reason::code)
                    .collect(Collectors.joining(", "));
            String if_ = when.values().stream().map(Band::words).collect(Collectors.joining(" and "));
            return verdict.word() + (why.isEmpty() ? "" : " (" + why + ")") + (if_.isEmpty() ? "" : " if " + if_);
        }

        boolean saysTheSame(Answer other) {
            return verdict == other.verdict && reasons.equals(other.reasons);
        }
    }

    /** Words of one dimension that no hold and no treaty in question tells apart. */
    public record Band(Dimension dimension, List<Term> terms) {

        private static final int MOST_NAMED = 8;

        public Band {
            terms = List.copyOf(terms);
        }

        /** Whether these are too many to be named: those that nothing speaks of. */
        public boolean isRest() {
            return terms.size() > MOST_NAMED;
        }

        Term first() {
            return terms.get(0);
        }

        String words() {
            return dimension.code() + " "
                    + (isRest() ? "another" : terms.stream().map(Term::code).collect(Collectors.joining(" or ")));
        }
    }

    /** One cell in a word or two, with a star where something changes it. */
    public static String brief(List<Answer> cell, String outOfReach) {
        if (cell == null) {
            return outOfReach;
        }
        return cell.get(0).verdict().word() + (cell.size() > 1 ? " *" : "");
    }

    /** The matrices of all packs, sorted by id. */
    public static List<Matrix> of(Rulebook rulebook, HoldsInForce holds, Instant at) {
        return rulebook.packs().stream()
                .map(pack -> new Matrix(
                        pack,
                        pack.grants().stream()
                                .flatMap(grant -> MatrixCells.rows(rulebook, grant, holds, at).stream())
                                .toList()))
                .toList();
    }
}
