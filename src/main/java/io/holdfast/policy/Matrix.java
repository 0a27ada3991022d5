package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** @param reaches of the categories that the grant names, and of no other */
    public record Row(Grant grant, Term instrument, Map<DataCategory, Reach> reaches) {

        public Row {
            reaches = Collections.unmodifiableMap(new EnumMap<>(reaches));
        }

        /** Empty where the category is out of reach: it is refused, whatever the holds. */
        public Optional<Reach> reach(DataCategory category) {
            return Optional.ofNullable(reaches.get(category));
        }
    }

    /** The matrices of all packs, sorted by id. */
    public static List<Matrix> of(Rulebook rulebook, HoldsInForce holds, Instant at) {
        return rulebook.packs().stream()
                .map(pack -> new Matrix(
                        pack,
                        pack.grants().stream()
                                .flatMap(grant -> MatrixRows.of(rulebook, grant, holds, at).stream())
                                .toList()))
                .toList();
    }
}
