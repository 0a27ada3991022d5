package io.holdfast.policy;

import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import java.time.Instant;
import java.util.List;

/**
 * Rules together with holds: what a request meets.
 *
 * @param name for people: {@code start}, the name of a posture, or {@code law alone}
 */
record Scene(String name, Rulebook rulebook, HoldMasks masks, List<Hold> holds) {

    /** Without any hold. */
    static final String LAW_ALONE = "law alone";

    static Scene of(String name, Rulebook rulebook, List<Hold> holds) {
        return new Scene(name, rulebook, new HoldMasks(new HoldsInForce(0, holds)), List.copyOf(holds));
    }

    Evaluation evaluate(Facts facts, Instant at) {
        return new Evaluation(rulebook, facts, masks, at);
    }
}
