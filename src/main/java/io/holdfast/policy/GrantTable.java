package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
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
     * A grant, made ready.
     *
     * @param ids its own, by itself
     */
    record Row(Grant grant, Mask when, List<String> ids) {

        Row(Grant grant) {
            this(grant, Mask.covering(grant.when()), List.of(grant.id()));
        }
    }

    /**
     * What one issuer could use, each in the order of ids.
     *
     * @param turns every instant at which one of the grants begins or ends
     */
    private record Shelf(List<Row> rows, Map<Term, List<Row>> byInstrument, NavigableSet<Instant> turns) {}

    private static final Shelf EMPTY = new Shelf(List.of(), Map.of(), new TreeSet<>());

    private final Map<Jurisdiction, Shelf> shelves = new HashMap<>();

    /** @param grants sorted by id */
    GrantTable(Vocabulary vocabulary, List<Grant> grants) {
        List<Row> rows = grants.stream().map(Row::new).toList();
        // Issuers of whom the same rows speak share a shelf.
        Map<List<Row>, Shelf> made = new HashMap<>();
        for (Term issuer : vocabulary.terms(Dimension.ISSUER_JURISDICTION)) {
            List<Row> own = accepting(Dimension.ISSUER_JURISDICTION, issuer, rows);
            if (!own.isEmpty()) {
                shelves.put((Jurisdiction) issuer, made.computeIfAbsent(own, all -> shelf(vocabulary, all)));
            }
        }
    }

    private static Shelf shelf(Vocabulary vocabulary, List<Row> rows) {
        Map<Term, List<Row>> byInstrument = new HashMap<>();
        for (Term instrument : vocabulary.terms(Dimension.INSTRUMENT)) {
            byInstrument.put(instrument, accepting(Dimension.INSTRUMENT, instrument, rows));
        }
        NavigableSet<Instant> turns = new TreeSet<>();
        for (Row row : rows) {
            turns.add(row.grant.valid().from());
            row.grant.valid().until().ifPresent(turns::add);
        }
        return new Shelf(rows, byInstrument, turns);
    }

    /** Those that name this term, and those that name none of its dimension. */
    private static List<Row> accepting(Dimension dimension, Term term, List<Row> rows) {
        return rows.stream()
                .filter(row -> {
                    Set<Term> accepted = row.grant.when().accepted().get(dimension);
                    return accepted == null || accepted.contains(term);
                })
                .toList();
    }

    private Shelf of(Facts facts) {
        return shelves.getOrDefault(facts.issuer(), EMPTY);
    }

    /** Those that could cover the request: the others speak of another issuer or of another instrument. */
    List<Row> candidates(Facts facts) {
        return of(facts).byInstrument.getOrDefault(facts.instrument(), List.of());
    }

    /**
     * Why none covers it: the dimension that rules out the last of the issuer's grants, going from the place to the
     * paper; at last the time within which the paper had to be served.
     *
     * @param category by its bit
     */
    Reason whyNone(FactBits bits, Facts facts, int category, Instant at) {
        int last = 0;
        for (Row row : of(facts).rows) {
            if (row.grant.valid().holdsAt(at)) {
                last = Math.max(last, row.when.firstMissed(bits, facts, category));
            }
        }
        return last == DIMENSIONS.length ? Reason.INSTRUMENT_EXPIRED : DIMENSIONS[last].reasonWhenUncovered();
    }

    Optional<Instant> nextTurnAfter(Facts facts, Instant at) {
        Instant nearest = of(facts).turns.higher(at);
        for (Row row : candidates(facts)) {
            Instant voidFrom = row.grant.voidFrom(facts).filter(at::isBefore).orElse(null);
            if (voidFrom != null && (nearest == null || voidFrom.isBefore(nearest))) {
                nearest = voidFrom;
            }
        }
        return Optional.ofNullable(nearest);
    }
}
