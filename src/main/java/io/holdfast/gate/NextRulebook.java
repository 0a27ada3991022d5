package io.holdfast.gate;

import io.holdfast.audit.RulebookChange;
import io.holdfast.audit.Standing;
import io.holdfast.legal.Hold;
import io.holdfast.policy.Difference;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.Vetting;
import java.time.Instant;
import java.util.List;

/**
 * A rulebook that could follow the one in force: it has passed {@link Vetting}, and what it would change is known.
 *
 * @param law the difference where no hold stands, {@code underHolds} that under the holds in force
 * @param epoch of the standing that it was compared with; under another one it has to be compared again
 */
public record NextRulebook(
        PolicySet files, Rulebook rulebook, Difference law, Difference underHolds, RulebookChange change, long epoch) {

    /**
     * Takes seconds of a processor.
     *
     * @param at whole seconds
     * @throws PolicyException if it must not come into force
     */
    public static NextRulebook compare(PolicySet files, Rulebook inForce, Standing standing, Instant at)
            throws PolicyException {
        List<Hold> holds = standing.holds().holds();
        Rulebook next = Vetting.vet(files, at);
        Difference law = Difference.between(inForce, List.of(), next, List.of(), at);
        Difference underHolds = Difference.between(inForce, holds, next, holds, at);
        return new NextRulebook(
                files, next, law, underHolds, RulebookChange.of(inForce, next, at, law, underHolds), standing.epoch());
    }

    public String digest() {
        return rulebook.digest();
    }
}
