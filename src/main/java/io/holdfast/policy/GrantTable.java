package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Term;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All grants, by issuer and instrument, so that a request meets only those that it could use. */
final class GrantTable {

    /**
     * A grant, made ready.
     *
     * @param obligations by what the order says about telling the person concerned, in the order of {@link NonDisclosure}
     * @param ids its own, by itself
     */
    record Row(Grant grant, Mask when, List<Obligations> obligations, List<String> ids) {

        Row(Grant grant) {
            this(
                    grant,
                    Mask.covering(grant.when()),
                    Stream.of(NonDisclosure.values())
                            .map(grant.obligations()::under)
                            .toList(),
                    List.of(grant.id()));
        }

        Obligations obligationsUnder(NonDisclosure order) {
            return obligations.get(order.ordinal());
        }

        /** The terms that it names; null where it names none of the dimension. */
        Set<Term> accepted(Dimension dimension) {
            return grant.when().accepted().get(dimension);
        }
    }

    private final GrantShelf[] shelves = new GrantShelf[Jurisdiction.COUNT];

    /** @param grants sorted by id */
    GrantTable(Vocabulary vocabulary, List<Grant> grants) {
        List<Row> rows = grants.stream().map(Row::new).toList();
        Arrays.fill(shelves, new GrantShelf(vocabulary, List.of()));
        // Issuers of whom the same rows speak share a shelf.
        Map<List<Row>, GrantShelf> made = new HashMap<>();
        for (Term issuer : vocabulary.terms(Dimension.ISSUER_JURISDICTION)) {
            List<Row> own = accepting(Dimension.ISSUER_JURISDICTION, issuer, rows);
            if (!own.isEmpty()) {
                shelves[((Jurisdiction) issuer).number()] =
                        made.computeIfAbsent(own, all -> new GrantShelf(vocabulary, all));
            }
        }
    }

    /** Those that name this term, and those that name none of its dimension. */
    static List<Row> accepting(Dimension dimension, Term term, List<Row> rows) {
        return rows.stream()
                .filter(row -> {
                    Set<Term> accepted = row.accepted(dimension);
                    return accepted == null || accepted.contains(term);
                })
                .toList();
    }

    /** What this issuer could use; an empty one for an issuer of whom no grant speaks. */
    GrantShelf shelf(Jurisdiction issuer) {
        return shelves[issuer.number()];
    }
}
