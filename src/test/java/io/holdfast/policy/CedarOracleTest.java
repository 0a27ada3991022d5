package io.holdfast.policy;

import io.holdfast.legal.Hold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another engine, given the same rules in its own language, decides the same. Why: {@code docs/decisions/0016}. */
class CedarOracleTest {

    private static final int POINTS = Integer.getInteger("holdfast.cedar-points", 4_000);

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Map<CedarComparison.Kind, Integer> seen = new EnumMap<>(CedarComparison.Kind.class);

    private static Rulebook shipped;

    @BeforeAll
    static void read() throws PolicyException {
        shipped = PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    @Test
    void the_shipped_rules_decide_as_cedar_does() throws Exception {
        List<String> scenes = new ArrayList<>(List.of(TestTable.NO_HOLDS, TestTable.START));
        scenes.addAll(shipped.postures());
        long start = System.nanoTime();
        for (String name : scenes) {
            List<Hold> holds = shipped.holds(name).orElseThrow();
            CedarComparison comparison = CedarComparison.of(name, shipped, holds);
            RandomOfRules random = new RandomOfRules(shipped, holds, new Random(seed));
            for (int i = 0; i < POINTS / scenes.size(); i++) {
                RandomOfRules.Point point = random.next();
                seen.merge(comparison.compare(point.facts(), point.at()), 1, Integer::sum);
            }
        }
        System.out.println("CedarOracleTest: seed " + seed + ", " + seen + " in "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
