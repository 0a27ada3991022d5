package io.holdfast.policy;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Difference.Fate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what given requests would meet before a change of rules or holds, and after it. Each is decided as if it came in at one
 * instant, with a paper as old as its own was then: or a paper that has expired since, or a hold that begins with the change,
 * would hide what the change does to the next request of its kind. Not for several threads.
 */
public final class Tally {

    /**
     * Requests that go from one fate to another; the two may be the same.
     *
     * @param more how many of them would be given a category that they are not given now
     */
    public record Row(Fate from, Fate to, long requests, long more) {

        private Row with(Row other) {
            return new Row(from, to, requests + other.requests, more + other.more);
        }
    }

    private final Scene before;
    private final Scene after;
    private final Instant at;
    private final SortedMap<Fate, SortedMap<Fate, Row>> rows = new TreeMap<>();

    /**
     * @param before the holds before, under {@code from}; likewise {@code after}, under {@code to}
     * @param at the instant at which every request is decided
     */
    public Tally(Rulebook from, List<Hold> before, Rulebook to, List<Hold> after, Instant at) {
        this.before = Scene.of("before", from, before);
        this.after = Scene.of("after", to, after);
        this.at = at;
    }

    /** @param came when the request came in, with these facts */
    public void add(Facts facts, Instant came) {
        Duration since = Duration.between(came, at);
        Facts asked = facts.withDates(later(facts.issuedAt(), since), later(facts.expiresAt(), since))
                .withApprovals(Difference.ENOUGH);
        Decision was = before.evaluate(asked, at).decision();
        Decision is = after.evaluate(asked, at).decision();
        long more = was.granted().containsAll(is.granted()) ? 0 : 1;
        Row row = new Row(Fate.of(was), Fate.of(is), 1, more);
        rows.computeIfAbsent(row.from(), fate -> new TreeMap<>()).merge(row.to(), row, Row::with);
    }

    private static Optional<Instant> later(Optional<Instant> date, Duration by) {
        try {
            return date.map(it -> it.plus(by));
        } catch (DateTimeException | ArithmeticException e) {
            return date; // at the very end of time nothing is later
        }
    }

    /** The strictest fate first. */
    public List<Row> rows() {
        List<Row> all = new ArrayList<>();
        rows.values().forEach(to -> all.addAll(to.values()));
        return all;
    }
}
