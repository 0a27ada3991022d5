package io.holdfast.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One treaty with one mistake in its history, many times over, by what is wrong. */
final class TreatyMutants {

    private TreatyMutants() {}

    static Map<String, Treaty> of(Treaty treaty) {
        Map<String, Treaty> changed = new LinkedHashMap<>();
        for (int i = 0; i < treaty.history().size(); i++) {
            Treaty.Turn turn = treaty.history().get(i);
            String which = "turn " + (i + 1) + ", ";
            for (Duration shift : Mutants.SHIFTS) {
                changed.put(
                        which + turn.status() + " " + Mutants.told(shift),
                        turned(
                                treaty,
                                i,
                                new Treaty.Turn(turn.status(), turn.since().plus(shift))));
            }
            Treaty.Status other =
                    turn.status() == Treaty.Status.ACTIVE ? Treaty.Status.SUSPENDED : Treaty.Status.ACTIVE;
            changed.put(
                    which + other + " instead of " + turn.status(),
                    turned(treaty, i, new Treaty.Turn(other, turn.since())));
        }
        return changed;
    }

    private static Treaty turned(Treaty treaty, int place, Treaty.Turn turn) {
        List<Treaty.Turn> history = new ArrayList<>(treaty.history());
        history.set(place, turn);
        return new Treaty(treaty.id(), treaty.parties(), treaty.channel(), history, treaty.source());
    }
}
