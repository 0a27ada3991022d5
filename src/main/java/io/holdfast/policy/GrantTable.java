package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
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

/** All grants, by the issuer they accept, so that a request meets only those that its sender could use. */
final class GrantTable {

    private static final Dimension[] DIMENSIONS = Dimension.values();

    /** The grants that one issuer could use, and every instant at which one of them begins or ends. */
    private record Row(List<Grant> grants, NavigableSet<Instant> turns) {}

    private static final Row EMPTY = new Row(List.of(), new TreeSet<>());

    private final Map<Jurisdiction, Row> rows = new HashMap<>();

    GrantTable(Vocabulary vocabulary, List<Grant> grants) {
        for (String code : vocabulary.words(Dimension.ISSUER_JURISDICTION).keySet()) {
            Jurisdiction issuer = Jurisdiction.of(code);
            rows.put(issuer, row(issuer, grants));
        }
    }

    private static Row row(Jurisdiction issuer, List<Grant> grants) {
        List<Grant> usable = new ArrayList<>();
        NavigableSet<Instant> turns = new TreeSet<>();
        for (Grant grant : grants) {
            Set<Term> issuers = grant.when().accepted().get(Dimension.ISSUER_JURISDICTION);
            if (issuers == null || issuers.contains(issuer)) {
                usable.add(grant);
                turns.add(grant.valid().from());
                grant.valid().until().ifPresent(turns::add);
            }
        }
        return new Row(List.copyOf(usable), turns);
    }

    private Row of(Facts facts) {
        return rows.getOrDefault(facts.issuer(), EMPTY);
    }

    /** The grants that permit this category, sorted by id. */
    List<Grant> covering(Facts facts, DataCategory category, Instant at) {
        List<Grant> covering = new ArrayList<>(2);
        for (Grant grant : of(facts).grants) {
            if (grant.when().covers(facts, category) && grant.valid().holdsAt(at)) {
                covering.add(grant);
            }
        }
        return covering;
    }

    /** Why none does: the dimension that rules out the last candidates, going from the place to the paper. */
    Reason whyNone(Facts facts, DataCategory category, Instant at) {
        List<Grant> candidates = new ArrayList<>(of(facts).grants);
        candidates.removeIf(grant -> !grant.valid().holdsAt(at));
        for (Dimension dimension : DIMENSIONS) {
            candidates.removeIf(grant -> !grant.when().covers(dimension, facts, category));
            if (candidates.isEmpty()) {
                return dimension.reasonWhenUncovered();
            }
        }
        throw new IllegalArgumentException("asked why no grant covers " + category.code() + ", and one does");
    }

    Optional<Instant> nextTurnAfter(Facts facts, Instant at) {
        return Optional.ofNullable(of(facts).turns.higher(at));
    }
}
