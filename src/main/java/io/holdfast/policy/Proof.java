package io.holdfast.policy;

import io.holdfast.legal.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of checking a rulebook over all requests.
 *
 * @param scenes what was looked at
 * @param statements how many statements were checked
 * @param violations in the order of the scenes; empty means that every statement holds
 */
public record Proof(List<Looked> scenes, int statements, List<Violation> violations, Duration took) {

    public Proof {
        scenes = List.copyOf(scenes);
        violations = List.copyOf(violations);
    }

    /**
     * @param scene its name
     * @param points how many classes of requests were decided, each for every category
     * @param permitted how many of them were permitted something
     */
    public record Looked(String scene, long points, long permitted) {}

    /**
     * A statement that does not hold.
     *
     * @param statement its id
     * @param what which part it fails for, such as a grant; or the sentence again
     * @param times for how many classes of requests it was found to fail
     * @param witness one of them, if it fails for a request and not for a rule as a whole
     */
    public record Violation(String scene, String statement, String what, long times, Optional<Witness> witness) {}

    /** A request, and when it was asked. */
    public record Witness(Facts facts, Instant at) {}

    public boolean holds() {
        return violations.isEmpty();
    }

    public long points() {
        return scenes.stream().mapToLong(Looked::points).sum();
    }
}
