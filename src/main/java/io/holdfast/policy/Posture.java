package io.holdfast.policy;

import io.holdfast.legal.Hold;
import java.util.Comparator;
import java.util.List;

/**
 * A set of holds to choose from, named for what it does. A posture that has none, or wants a title of its own, says so
 * in a {@code posture.yaml}.
 *
 * @param holds sorted by reference
 */
public record Posture(String name, String title, List<Hold> holds) {

    public Posture {
        holds = holds.stream().sorted(Comparator.comparing(Hold::reference)).toList();
    }
}
