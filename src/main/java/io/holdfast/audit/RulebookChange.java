package io.holdfast.audit;

import io.holdfast.legal.Hold;
import io.holdfast.policy.Difference;
import io.holdfast.policy.Difference.Move;
import io.holdfast.policy.Invariant;
import io.holdfast.policy.Rulebook;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rulebook is to follow the one in force, and what it decides differently, over all requests. How many classes of
 * requests there are depends on how a version of this software cuts them; from what to what they go does not.
 *
 * @param next the digest of the rulebook to come, hex
 * @param since from when on the two were compared
 * @param law what changes where no hold stands
 * @param underHolds what changes under the holds in force
 * @param dropped the statements about all requests that the next one does not keep any more, by their ids
 */
public record RulebookChange(String next, Instant since, List<Move> law, List<Move> underHolds, Set<String> dropped) {

    public RulebookChange {
        if (!LogLayout.isDigest(next)) {
            throw new UnreadableException("a rulebook is named by 64 hex digits");
        }
        law = List.copyOf(law);
        underHolds = List.copyOf(underHolds);
        dropped = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    }

    /** @param law the difference where no hold stands, {@code underHolds} that under the holds in force */
    public static RulebookChange of(Rulebook from, Rulebook to, Instant since, Difference law, Difference underHolds) {
        Set<Invariant> kept = Set.copyOf(to.invariants());
        return new RulebookChange(
                to.digest(),
                since,
                law.moves(),
                underHolds.moves(),
                from.invariants().stream()
                        .filter(invariant -> !kept.contains(invariant))
                        .map(Invariant::id)
                        .collect(Collectors.toSet()));
    }

    /** Takes seconds of a processor: it looks at every request that there can be. */
    static RulebookChange between(Rulebook from, Rulebook to, List<Hold> holds, Instant since) {
        return of(
                from,
                to,
                since,
                Difference.between(from, List.of(), to, List.of(), since),
                Difference.between(from, holds, to, holds, since));
    }

    /** Whether anything becomes possible that was not, or to fewer people, or a statement is kept no more. */
    public boolean opens() {
        return law.stream().anyMatch(Move::opens) || underHolds.stream().anyMatch(Move::opens) || !dropped.isEmpty();
    }

    /** Whether the other one tells of the same, but for how many classes there are. */
    boolean tellsAs(RulebookChange other) {
        return next.equals(other.next)
                && kinds(law).equals(kinds(other.law))
                && kinds(underHolds).equals(kinds(other.underHolds))
                && dropped.equals(other.dropped);
    }

    static Set<Move> kinds(List<Move> moves) {
        return moves.stream().map(move -> new Move(move.from(), move.to(), 1)).collect(Collectors.toSet());
    }
}
