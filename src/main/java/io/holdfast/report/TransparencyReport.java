package io.holdfast.report;

import io.holdfast.audit.Event;
import io.holdfast.audit.Stored;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many requests came in a period, from where, and what became of them. The package comment says how they are counted.
 *
 * @param from the first instant of the period, {@code to} the first instant after it
 * @param counted the entries that fall into the period; nothing if there is none
 * @param rows sorted by issuer and instrument
 */
public record TransparencyReport(Instant from, Instant to, Optional<Span> counted, List<Row> rows, Counts total) {

    /** The indexes of the first and the last entry of the period. */
    public record Span(long first, long last) {}

    /**
     * @param issuer the jurisdiction of the authority, a code, or {@code UNKNOWN}
     * @param instrument the code of the instrument, or {@code UNKNOWN}
     */
    public record Row(String issuer, String instrument, Counts counts) {}

    public TransparencyReport {
        rows = List.copyOf(rows);
    }

    /**
     * @param entries all entries of a log in order, from the first one on: whether a request came before the period only
     *     the entries before it can tell
     */
    public static TransparencyReport fold(Stream<Stored> entries, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the period must end after it begins, found " + from + " to " + to);
        }
        Fold fold = new Fold(from, to);
        entries.forEachOrdered(fold::next);
        return fold.report();
    }

    private static final class Fold {

        private final Instant from;
        private final Instant to;
        private final Set<String> earlier = new HashSet<>();
        private final Map<String, RequestTally> requests = new HashMap<>();
        private Optional<Span> counted = Optional.empty();

        Fold(Instant from, Instant to) {
            this.from = from;
            this.to = to;
        }

        void next(Stored stored) {
            Instant at = stored.entry().envelope().at();
            String subject = stored.entry().envelope().subject();
            Event event = stored.entry().event();
            if (at.isBefore(from)) {
                if (event instanceof Event.RequestDecided) {
                    earlier.add(subject);
                }
            } else if (at.isBefore(to)) {
                counted = Optional.of(new Span(counted.map(Span::first).orElse(stored.index()), stored.index()));
                if (!earlier.contains(subject)) {
                    count(subject, event);
                }
            }
        }

        private void count(String subject, Event event) {
            if (event instanceof Event.RequestDecided decided) {
                requests.computeIfAbsent(subject, first -> new RequestTally(decided))
                        .decided(decided);
            } else if (event instanceof Event.Delivered delivered) {
                Optional.ofNullable(requests.get(subject)).ifPresent(tally -> tally.delivered(delivered));
            } else if (event instanceof Event.Accessed access
                    && access.through().isPresent()) {
                Optional.ofNullable(requests.get(subject)).ifPresent(tally -> tally.letThrough(access.accounts()));
            }
        }

        TransparencyReport report() {
            Map<RowKey, Counts> rows = new TreeMap<>();
            requests.values().forEach(tally -> rows.merge(tally.row(), tally.counts(), Counts::plus));
            return new TransparencyReport(
                    from,
                    to,
                    counted,
                    rows.entrySet().stream()
                            .map(row ->
                                    new Row(row.getKey().issuer(), row.getKey().instrument(), row.getValue()))
                            .toList(),
                    rows.values().stream().reduce(Counts.NONE, Counts::plus));
        }
    }
}
