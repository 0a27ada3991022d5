package io.holdfast.policy;

import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.HoldsInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Holds in force, made ready, in the order of their references. The same hold twice is there once. */
final class HoldMasks {

    /**
     * A hold, made ready.
     *
     * @param references its own, by itself
     * @param reviewBy the end of time where it has none
     */
    record Row(Hold hold, List<String> references, Instant reviewBy, Mask applies, List<Way> exceptions) {

        private static Row of(Hold hold) {
            List<Way> exceptions = hold.exceptions().stream()
                    .map(exception -> new Way(name(hold, exception), Mask.covering(exception.when())))
                    .toList();
            return new Row(
                    hold,
                    List.of(hold.reference()),
                    hold.reviewBy().orElse(Instant.MAX),
                    Mask.touching(hold.applies()),
                    exceptions);
        }

        String reference() {
            return references.get(0);
        }

        private static String name(Hold hold, HoldException exception) {
            return hold.id() + "/" + exception.id();
        }
    }

    /** A way through a hold, as {@code hold/exception}. */
    record Way(String name, Mask when) {}

    private final HoldsInForce holds;
    private final Row[] rows;

    HoldMasks(HoldsInForce holds) {
        this.holds = holds;
        List<Row> sorted = new ArrayList<>();
        holds.holds().stream().distinct().map(Row::of).forEach(sorted::add);
        sorted.sort(Comparator.comparing(Row::reference));
        this.rows = sorted.toArray(new Row[0]);
    }

    /**
     * Whether these are made of the very same holds. Equal ones that are other objects count as others: comparing texts
     * would take longer than what it saves.
     */
    boolean areOf(HoldsInForce others) {
        return holds == others || (holds.epoch() == others.epoch() && areSame(holds.holds(), others.holds()));
    }

    private static boolean areSame(List<Hold> some, List<Hold> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }

    long epoch() {
        return holds.epoch();
    }

    Row[] rows() {
        return rows;
    }
}
