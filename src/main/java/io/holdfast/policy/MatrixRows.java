package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Term;
import io.holdfast.policy.Reach.Answer;
import io.holdfast.policy.Reach.Band;
import io.holdfast.policy.Reach.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cells of one grant: its requests decided, and the answers put as a plain one and what changes it. */
final class MatrixRows {

    private static final HoldsInForce NO_HOLDS = new HoldsInForce(0, List.of());

    private final Rulebook rulebook;
    private final HoldsInForce holds;
    private final Instant at;
    private final GrantSpace space;

    private MatrixRows(Rulebook rulebook, GrantSpace space, HoldsInForce holds, Instant at) {
        this.rulebook = rulebook;
        this.space = space;
        this.holds = holds;
        this.at = at;
    }

    static List<Matrix.Row> of(Rulebook rulebook, Grant grant, HoldsInForce holds, Instant at) {
        List<Matrix.Row> rows = new ArrayList<>();
        for (Term instrument : GrantSpace.domain(rulebook.vocabulary(), grant, Dimension.INSTRUMENT)) {
            GrantSpace space = new GrantSpace(rulebook, grant, instrument, holds, at);
            rows.add(new Matrix.Row(grant, instrument, new MatrixRows(rulebook, space, holds, at).reaches(grant)));
        }
        return rows;
    }

    private Map<DataCategory, Reach> reaches(Grant grant) {
        Map<DataCategory, Reach> reaches = new EnumMap<>(DataCategory.class);
        for (Term category : GrantSpace.domain(rulebook.vocabulary(), grant, Dimension.CATEGORY)) {
            reaches.put((DataCategory) category, reach((DataCategory) category));
        }
        return reaches;
    }

    /**
     * In the order of how many things differ, an answer is written down only where those written before it do not tell
     * it already.
     */
    private Reach reach(DataCategory category) {
        Map<Dimension, Band> plain = plain(category);
        List<Answer> told = new ArrayList<>();
        space.points().stream()
                .map(point -> answer(point, plain, category))
                .sorted(Comparator.comparingInt(answer -> answer.when().size()))
                .forEach(answer -> {
                    if (!isTold(answer, told)) {
                        told.add(answer);
                    }
                });
        List<Answer> answers = merged(told);
        return new Reach(contrast(answers), answers);
    }

    /** Who says "another" has to say than whom. */
    private SortedMap<Dimension, Band> contrast(List<Answer> answers) {
        SortedMap<Dimension, Band> contrast = new TreeMap<>();
        for (Answer answer : answers) {
            answer.when().values().stream()
                    .filter(Band::isRest)
                    .map(Band::dimension)
                    .forEach(dimension -> contrast.put(dimension, untouched(dimension, answers)));
        }
        contrast.values().removeIf(Band::isRest);
        return contrast;
    }

    /** The words of a dimension that change nothing by themselves. */
    private Band untouched(Dimension dimension, List<Answer> answers) {
        List<Band> left = new ArrayList<>(space.bands(dimension));
        for (Answer answer : answers) {
            if (answer.when().size() == 1 && answer.when().containsKey(dimension)) {
                List<Term> moved = answer.when().get(dimension).terms();
                left.removeIf(band -> moved.containsAll(band.terms()));
            }
        }
        return union(dimension, left);
    }

    /** The most ordinary request that the law alone permits; the most ordinary of all where it permits none. */
    private Map<Dimension, Band> plain(DataCategory category) {
        return space.points().stream()
                .filter(point -> isPermitted(decide(point, category, NO_HOLDS)))
                .min(Comparator.comparingInt(space::oddity))
                .orElseGet(() -> space.points().stream()
                        .min(Comparator.comparingInt(space::oddity))
                        .orElseThrow());
    }

    private Answer answer(Map<Dimension, Band> point, Map<Dimension, Band> plain, DataCategory category) {
        SortedMap<Dimension, Band> when = new TreeMap<>();
        point.forEach((dimension, band) -> {
            if (!band.equals(plain.get(dimension))) {
                when.put(dimension, band);
            }
        });
        Decision decision = decide(point, category, holds);
        return new Answer(decision.match(VERDICTS), decision.basis().reasons(), when);
    }

    private Decision decide(Map<Dimension, Band> point, DataCategory category, HoldsInForce under) {
        return rulebook.decide(space.facts(point, category), under, at);
    }

    private static boolean isPermitted(Decision decision) {
        Verdict verdict = decision.match(VERDICTS);
        return verdict == Verdict.YES || verdict == Verdict.PEOPLE;
    }

    /** Whether all of the most special answers that fit say the same as this one. */
    private static boolean isTold(Answer answer, List<Answer> told) {
        List<Answer> fitting = told.stream().filter(one -> fits(one, answer)).toList();
        List<Answer> special = fitting.stream()
                .filter(one -> fitting.stream().noneMatch(other -> other != one && fits(one, other)))
                .toList();
        return !special.isEmpty() && special.stream().allMatch(one -> one.saysTheSame(answer));
    }

    private static boolean fits(Answer general, Answer special) {
        return special.when().entrySet().containsAll(general.when().entrySet());
    }

    /** Answers that are the same but for one word are put as one. */
    private static List<Answer> merged(List<Answer> told) {
        List<Answer> merged = new ArrayList<>();
        for (Answer answer : told) {
            int same = 0;
            while (same < merged.size() && !canMerge(merged.get(same), answer)) {
                same++;
            }
            if (same == merged.size()) {
                merged.add(answer);
            } else {
                merged.set(same, merge(merged.get(same), answer));
            }
        }
        return merged;
    }

    private static boolean canMerge(Answer one, Answer other) {
        return one.saysTheSame(other)
                && one.when().keySet().equals(other.when().keySet())
                && differing(one, other).size() == 1;
    }

    private static List<Dimension> differing(Answer one, Answer other) {
        return one.when().keySet().stream()
                .filter(dimension ->
                        !one.when().get(dimension).equals(other.when().get(dimension)))
                .toList();
    }

    private static Answer merge(Answer one, Answer other) {
        Dimension dimension = differing(one, other).get(0);
        SortedMap<Dimension, Band> when = new TreeMap<>(one.when());
        when.put(
                dimension,
                union(dimension, List.of(one.when().get(dimension), other.when().get(dimension))));
        return new Answer(one.verdict(), one.reasons(), when);
    }

    private static Band union(Dimension dimension, List<Band> bands) {
        return new Band(
                dimension,
                bands.stream().flatMap(band -> band.terms().stream()).toList(),
                bands.stream().anyMatch(Band::isRest));
    }

    private static final Decision.Cases<Verdict> VERDICTS = new Decision.Cases<>() {
        @Override
        public Verdict held(Decision.Held decision) {
            return Verdict.HELD;
        }

        @Override
        public Verdict refused(Decision.Refused decision) {
            return Verdict.REFUSED;
        }

        @Override
        public Verdict returned(Decision.Returned decision) {
            throw new IllegalStateException("a request that satisfies a grant lacks " + decision.missing());
        }

        /** Everybody has approved, so nothing but people can be missing. */
        @Override
        public Verdict referred(Decision.Referred decision) {
            return Verdict.PEOPLE;
        }

        @Override
        public Verdict released(Decision.Released decision) {
            return Verdict.YES;
        }
    };
}
