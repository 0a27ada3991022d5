package io.holdfast.policy;

import java.time.Instant;
import java.util.List;

/**
 * What a set must pass before a gateway decides with it: its lock fits, every file can be read, nothing in it is an error of
 * the {@link Linter}, its own tables come out, and every statement about all requests holds where no hold stands.
 *
 * <p>So it holds under holds too: they only ever narrow ({@link Guarantee#HOLDS_ONLY_NARROW}, which the build proves under every
 * stance, and {@code policy prove} for any set), and a statement only ever says what must not be permitted.
 */
public final class Vetting {

    /** The first few say enough, and each has a line of its own in somebody's log. */
    private static final int MOST_OF_A_KIND = 20;

    private Vetting() {}

    /**
     * Takes a second of a processor or more: it looks at every request that there can be.
     *
     * @throws PolicyException if the set must not come into force, with every reason that was found
     */
    public static Rulebook vet(PolicySet set, Instant at) throws PolicyException {
        Rulebook rulebook = set.rulebook();
        Problems problems = new Problems();
        Linter.check(rulebook, at).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .limit(MOST_OF_A_KIND)
                .forEach(finding -> problems.add(finding.where(), 1, 1, finding.sentence()));
        PolicyTests.run(rulebook).failures().stream()
                .limit(MOST_OF_A_KIND)
                .forEach(failure -> problems.add(failure.file(), failure.line(), 1, sentence(failure)));
        problems.throwIfAny();
        Prover.prove(rulebook, List.of()).violations().stream()
                .limit(MOST_OF_A_KIND)
                .forEach(violation -> problems.add("invariants.yaml", 1, 1, sentence(violation)));
        problems.throwIfAny();
        return rulebook;
    }

    private static String sentence(PolicyTests.Result failure) {
        return "'" + failure.name() + "' does not come out: " + String.join("; ", failure.differences());
    }

    private static String sentence(Proof.Violation violation) {
        return "statement " + violation.statement() + " does not hold under " + violation.scene() + ": "
                + violation.what() + "; 'holdfast policy prove' shows a request for which it fails";
    }
}
