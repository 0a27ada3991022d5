package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
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

/** All grants that one issuer could use. */
final class GrantShelf {

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final int CATEGORIES = DataCategory.values().length;
    private static final GrantTable.Row[] NO_ROWS = {};

    /**
     * A time, and the providers whom somebody can address in it.
     *
     * @param providers null for all
     */
    private record Door(Validity valid, Set<Term> providers) {}

    /** Each in the order of ids. */
    private final Map<Term, GrantTable.Row[]> byInstrument = new HashMap<>();

    /** What is common to many grants. */
    private final List<Door> doors;

    /** Every instant at which a grant begins or ends, in order. */
    private final Instant[] turns;

    /** @param rows sorted by id */
    GrantShelf(Vocabulary vocabulary, List<GrantTable.Row> rows) {
        for (Term instrument : vocabulary.terms(Dimension.INSTRUMENT)) {
            byInstrument.put(
                    instrument,
                    GrantTable.accepting(Dimension.INSTRUMENT, instrument, rows).toArray(NO_ROWS));
        }
        this.doors = rows.stream()
                .map(row -> new Door(row.grant().valid(), row.accepted(Dimension.PROVIDER_JURISDICTION)))
                .distinct()
                .toList();
        this.turns = rows.stream()
                .map(row -> row.grant().valid())
                .flatMap(valid -> Stream.concat(Stream.of(valid.from()), valid.until().stream()))
                .sorted()
                .distinct()
                .toArray(Instant[]::new);
    }

    /** Those that could cover a request with this instrument: the others speak of another one. */
    GrantTable.Row[] candidates(Instrument instrument) {
        return byInstrument.getOrDefault(instrument, NO_ROWS);
    }

    /**
     * Why none covers a category: the dimension that rules out the last of the issuer's grants, going from the place to the
     * paper; at last the time within which the paper had to be served.
     *
     * @return for each asked category, by its number; it is for the caller to know that none covers it
     */
    Reason[] whyNone(GrantTable.Row[] candidates, FactBits bits, Facts facts, Instant at) {
        // How far the rows of other instruments get is as far as their doors.
        int others = lastDoor(facts, at);
        int[] last = new int[CATEGORIES];
        Arrays.fill(last, others);
        for (GrantTable.Row row : candidates) {
            if (row.grant().valid().holdsAt(at)) {
                int missed = row.when().firstMissed(bits, facts);
                for (int rest = bits.categories; rest != 0; rest &= rest - 1) {
                    int category = Integer.numberOfTrailingZeros(rest);
                    int own = row.when().names(category) ? missed : Math.min(missed, Dimension.CATEGORY.ordinal());
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
        for (Door door : doors) {
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
    void turns(GrantTable.Row[] candidates, Facts facts, Instant at, Nearest next) {
        int found = Arrays.binarySearch(turns, at);
        int after = found < 0 ? -found - 1 : found + 1;
        if (after < turns.length) {
            next.offer(turns[after]);
        }
        for (GrantTable.Row row : candidates) {
            Optional<Instant> voidFrom = row.grant().voidFrom(facts);
            if (voidFrom.isPresent()) {
                next.offer(voidFrom.get());
            }
        }
    }
}
