package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All grants, by issuer and instrument, so that a request meets only those that it could use. */
final class GrantTable {

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final int CATEGORIES = DataCategory.values().length;

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
    }

    /**
     * A time, and the providers whom somebody can address in it.
     *
     * @param providers null for all
     */
    private record Door(Validity valid, Set<Term> providers) {}

    /**
     * What one issuer could use.
     *
     * @param byInstrument the grants, in the order of ids
     * @param doors what is common to many of them
     * @param turns every instant at which one of the grants begins or ends, in order
     */
    private record Shelf(Map<Term, Row[]> byInstrument, List<Door> doors, Instant[] turns) {}

    private static final Row[] NO_ROWS = {};
    private static final Shelf EMPTY = new Shelf(Map.of(), List.of(), new Instant[0]);

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
        Map<Term, Row[]> byInstrument = new HashMap<>();
        for (Term instrument : vocabulary.terms(Dimension.INSTRUMENT)) {
            List<Row> own = accepting(Dimension.INSTRUMENT, instrument, rows);
            if (!own.isEmpty()) {
                byInstrument.put(instrument, own.toArray(NO_ROWS));
            }
        }
        List<Door> doors = rows.stream()
                .map(row -> new Door(row.grant.valid(), accepted(Dimension.PROVIDER_JURISDICTION, row)))
                .distinct()
                .toList();
        Instant[] turns = rows.stream()
                .map(row -> row.grant.valid())
                .flatMap(valid -> Stream.concat(Stream.of(valid.from()), valid.until().stream()))
                .sorted()
                .distinct()
                .toArray(Instant[]::new);
        return new Shelf(byInstrument, doors, turns);
    }

    /** The terms that a row names; null where it names none of the dimension. */
    private static Set<Term> accepted(Dimension dimension, Row row) {
        return row.grant.when().accepted().get(dimension);
    }

    /** Those that name this term, and those that name none of its dimension. */
    private static List<Row> accepting(Dimension dimension, Term term, List<Row> rows) {
        return rows.stream()
                .filter(row -> {
                    Set<Term> accepted = accepted(dimension, row);
                    return accepted == null || accepted.contains(term);
                })
                .toList();
    }

    private Shelf of(Facts facts) {
        return shelves.getOrDefault(facts.issuer(), EMPTY);
    }

    /** Those that could cover the request: the others speak of another issuer or of another instrument. */
    Row[] candidates(Facts facts) {
        return of(facts).byInstrument.getOrDefault(facts.instrument(), NO_ROWS);
    }

    /**
     * Why none covers a category: the dimension that rules out the last of the issuer's grants, going from the place to the
     * paper; at last the time within which the paper had to be served.
     *
     * @return for each asked category, by its number; it is for the caller to know that none covers it
     */
    Reason[] whyNone(FactBits bits, Facts facts, Instant at) {
        // How far the rows of other instruments get is as far as their doors.
        int others = lastDoor(facts, at);
        int[] last = new int[CATEGORIES];
        Arrays.fill(last, others);
        for (Row row : candidates(facts)) {
            if (row.grant.valid().holdsAt(at)) {
                int missed = row.when.firstMissed(bits, facts);
                for (int rest = bits.categories; rest != 0; rest &= rest - 1) {
                    int category = Integer.numberOfTrailingZeros(rest);
                    int own = row.when.names(category) ? missed : Math.min(missed, Dimension.CATEGORY.ordinal());
                    last[category] = Math.max(last[category], own);
                }
            }
        }
        Reason[] reasons = new Reason[CATEGORIES];
        for (int rest = bits.categories; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            reasons[category] = last[category] == DIMENSIONS.length
                    ? Reason.INSTRUMENT_EXPIRED
                    : DIMENSIONS[last[category]].reasonWhenUncovered();
        }
        return reasons;
    }

    /** The dimension, by its number, at which the last of the issuer's grants for other instruments falls. */
    private int lastDoor(Facts facts, Instant at) {
        int last = Dimension.ISSUER_JURISDICTION.ordinal();
        for (Door door : of(facts).doors) {
            if (door.valid.holdsAt(at)) {
                if (door.providers == null || door.providers.contains(facts.provider())) {
                    return Dimension.INSTRUMENT.ordinal();
                }
                last = Dimension.PROVIDER_JURISDICTION.ordinal();
            }
        }
        return last;
    }

    /** When the passing of time alone changes what there is for this request. */
    void turns(Facts facts, Instant at, Nearest next) {
        Instant[] turns = of(facts).turns;
        int found = Arrays.binarySearch(turns, at);
        int after = found < 0 ? -found - 1 : found + 1;
        if (after < turns.length) {
            next.offer(turns[after]);
        }
        for (Row row : candidates(facts)) {
            Optional<Instant> voidFrom = row.grant.voidFrom(facts);
            if (voidFrom.isPresent()) {
                next.offer(voidFrom.get());
            }
        }
    }
}
