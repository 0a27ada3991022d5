package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Match;
import java.util.List;
import java.util.stream.Stream;

/**
 * A statement about all requests: whatever {@code where} touches is permitted, or released, only if one of {@code only} covers
 * it. Without any {@code only} it never is.
 *
 * @param sentence for people
 * @param basis why it has to hold
 */
public record Invariant(String id, String sentence, String basis, About about, Match where, List<Match> only) {

    /** What is never to happen. */
    public enum About {
        /** That people may look at it, or that it is released. */
        PERMITTED,
        /** That the gateway releases it, once enough people have approved. */
        RELEASED
    }

    public Invariant {
        only = List.copyOf(only);
        if (only.contains(Match.ALL)) {
            throw new IllegalArgumentException("only: a condition names nothing, so the statement would say nothing");
        }
    }

    /** Every condition in these, by which requests have to be told apart to check them. */
    static List<Match> conditions(List<Invariant> invariants) {
        return invariants.stream()
                .flatMap(invariant -> Stream.concat(Stream.of(invariant.where()), invariant.only().stream()))
                .toList();
    }

    /** Whether this category of this request may be permitted, or released. */
    boolean lets(Facts facts, DataCategory category) {
        return !where.touches(facts, category) || only.stream().anyMatch(one -> one.covers(facts, category));
    }
}
