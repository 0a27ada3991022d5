package io.holdfast.policy;

import io.holdfast.legal.Hold;
import java.time.Instant;
import java.util.List;

/**
 * What a set must pass before a gateway decides with it: its lock fits, every file can be read, nothing in it is an error of
 * the {@link Linter}, its own tables come out, and every statement about all requests holds without any hold and under those in
 * force. What it would be under other holds is for {@code policy prove} to say.
 */
public final class Vetting {

    /** The first few say enough, and each has a line of its own in somebody's log. */
    private static final int MOST_OF_A_KIND = 20;

    private Vetting() {}

    /**
     * Takes seconds of a processor: it looks at every request that there can be.
     *
     * @param inForce the holds that will stand over these rules; they need not be of this set
     * @throws PolicyException if the set must not come into force, with every reason that was found
     */
    public static Rulebook vet(PolicySet set, List<Hold> inForce, Instant at) throws PolicyException {
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
        Prover.prove(rulebook, List.of(), inForce).violations().stream()
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
