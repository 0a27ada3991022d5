package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All grants, by issuer and instrument, so that a request meets only those that it could use. */
final class GrantTable {

    private static final Dimension[] DIMENSIONS = Dimension.values();

    /**
     * What one issuer could use.
     *
     * @param turns every instant at which one of the grants begins or ends
     */
    private record Row(List<Grant> grants, Map<Term, List<Grant>> byInstrument, NavigableSet<Instant> turns) {}

    private static final Row EMPTY = new Row(List.of(), Map.of(), new TreeSet<>());

    private final Map<Jurisdiction, Row> rows = new HashMap<>();

    GrantTable(Vocabulary vocabulary, List<Grant> grants) {
        for (String code : vocabulary.words(Dimension.ISSUER_JURISDICTION).keySet()) {
            Jurisdiction issuer = Jurisdiction.of(code);
            rows.put(issuer, row(vocabulary, accepting(Dimension.ISSUER_JURISDICTION, issuer, grants)));
        }
    }

    private static Row row(Vocabulary vocabulary, List<Grant> grants) {
        if (grants.isEmpty()) {
            return EMPTY;
        }
        Map<Term, List<Grant>> byInstrument = new HashMap<>();
        for (String code : vocabulary.words(Dimension.INSTRUMENT).keySet()) {
            Instrument instrument = new Instrument(code);
            byInstrument.put(instrument, accepting(Dimension.INSTRUMENT, instrument, grants));
        }
        NavigableSet<Instant> turns = new TreeSet<>();
        for (Grant grant : grants) {
            turns.add(grant.valid().from());
            grant.valid().until().ifPresent(turns::add);
        }
        return new Row(grants, byInstrument, turns);
    }

    /** Those that name this term, and those that name none of its dimension. */
    private static List<Grant> accepting(Dimension dimension, Term term, List<Grant> grants) {
        return grants.stream()
                .filter(grant -> {
                    Set<Term> accepted = grant.when().accepted().get(dimension);
                    return accepted == null || accepted.contains(term);
                })
                .toList();
    }

    private Row of(Facts facts) {
        return rows.getOrDefault(facts.issuer(), EMPTY);
    }

    /** The grants that permit this category, sorted by id. */
    List<Grant> covering(Facts facts, DataCategory category, Instant at) {
        List<Grant> covering = new ArrayList<>(2);
        for (Grant grant : of(facts).byInstrument.getOrDefault(facts.instrument(), List.of())) {
            if (grant.when().covers(facts, category) && grant.standsAt(facts, at)) {
                covering.add(grant);
            }
        }
        return covering;
    }

    /**
     * Why none does: the dimension that rules out the last candidates, going from the place to the paper; at last the
     * time within which the paper had to be served.
     */
    Reason whyNone(Facts facts, DataCategory category, Instant at) {
        List<Grant> candidates = new ArrayList<>(of(facts).grants);
        candidates.removeIf(grant -> !grant.valid().holdsAt(at));
        for (Dimension dimension : DIMENSIONS) {
            candidates.removeIf(grant -> !grant.when().covers(dimension, facts, category));
            if (candidates.isEmpty()) {
                return dimension.reasonWhenUncovered();
            }
        }
        candidates.removeIf(grant -> !grant.standsAt(facts, at));
        if (candidates.isEmpty()) {
            return Reason.INSTRUMENT_EXPIRED;
        }
        throw new IllegalArgumentException("asked why no grant covers " + category.code() + ", and one does");
    }

    Optional<Instant> nextTurnAfter(Facts facts, Instant at) {
        Instant nearest = of(facts).turns.higher(at);
        for (Grant grant : of(facts).byInstrument.getOrDefault(facts.instrument(), List.of())) {
            Instant voidFrom = grant.voidFrom(facts).filter(at::isBefore).orElse(null);
            if (voidFrom != null && (nearest == null || voidFrom.isBefore(nearest))) {
                nearest = voidFrom;
            }
        }
        return Optional.ofNullable(nearest);
    }
}
