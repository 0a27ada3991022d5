package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Requests that differ from a good one in one fact. */
final class Spoiled {

    private static final Instant IN_THE_FUTURE = Instant.parse("9000-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("1900-01-01T00:00:01Z");

    private Spoiled() {}

    /** Each change by its name. Those that begin with {@code dated} have a paper that is not yet or no longer valid. */
    private static final Map<String, UnaryOperator<Facts>> CHANGES = changes();

    private static Map<String, UnaryOperator<Facts>> changes() {
        Map<String, UnaryOperator<Facts>> changes = new LinkedHashMap<>();
        for (Dimension dimension : Dimension.values()) {
            String code = dimension.code();
            Term unknown = dimension.vocabulary().term(Term.UNKNOWN_CODE);
            changes.put(code + " unknown", facts -> facts.with(dimension, Set.of(unknown)));
            if (dimension.isPlural()) {
                changes.put(code + " absent", facts -> facts.with(dimension, Set.of()));
                changes.put("one " + code + " unknown", facts -> and(facts, dimension, unknown));
            }
        }
        changes.put("issued-at absent", facts -> facts.withDates(Optional.empty(), facts.expiresAt()));
        changes.put("expires-at absent", facts -> facts.withDates(facts.issuedAt(), Optional.empty()));
        changes.put("accounts absent", facts -> facts.withAccounts(0));
        changes.put("dated in the future", facts -> facts.withDates(Optional.of(IN_THE_FUTURE), facts.expiresAt()));
        changes.put("dated out", facts -> facts.withDates(facts.issuedAt(), Optional.of(LONG_AGO)));
        return changes;
    }

    /** The same request, about one thing more. */
    private static Facts and(Facts facts, Dimension dimension, Term more) {
        Set<Term> all = new HashSet<>(dimension.of(facts));
        all.add(more);
        return facts.with(dimension, all);
    }

    /** The names of all changes. */
    static Set<String> names() {
        return CHANGES.keySet();
    }

    /** Every request that differs from this one in one fact that is absent, unknown, or out of date. */
    static Map<String, Facts> of(Facts facts) {
        Map<String, Facts> spoiled = new LinkedHashMap<>();
        CHANGES.forEach((name, change) -> spoiled.put(name, change.apply(facts)));
        return spoiled;
    }

    /** The same request for other categories. */
    static Facts asking(Facts facts, Set<DataCategory> categories) {
        return facts.with(Dimension.CATEGORY, categories);
    }

    /** The same request, about a place of each other class as well. */
    static List<Facts> aboutTwoPlaces(Facts facts, Slab slab) {
        List<Facts> two = new ArrayList<>();
        for (Dimension dimension : List.of(Dimension.USER_JURISDICTION, Dimension.SUBJECT_JURISDICTION)) {
            for (Term place : slab.axis(dimension).firsts()) {
                two.add(and(facts, dimension, place));
            }
        }
        two.removeIf(facts::equals);
        return two;
    }
}
