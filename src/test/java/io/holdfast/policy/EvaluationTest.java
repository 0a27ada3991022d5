package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Facts;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is prepared for speed must say what the plain reading of the rules says. */
class EvaluationTest {

    private static final int ROUNDS = 100_000;

    @Test
    void the_prepared_rules_decide_as_the_plain_ones_do() {
        long seed = System.nanoTime();
        RandomRequests random = new RandomRequests(seed);
        Rulebook rulebook = Small.rulebook();
        for (int round = 0; round < ROUNDS; round++) {
            Facts facts = random.facts();
            HoldsInForce holds = new HoldsInForce(round, random.holds());
            Instant at = random.instant();

            assertEquals(
                    PlainEvaluation.decide(rulebook, facts, holds, at),
                    rulebook.decide(facts, holds, at),
                    () -> "seed " + seed + ": " + facts + " at " + at + " under " + holds);
        }
    }

    @Test
    void the_shipped_rules_decide_as_the_plain_ones_do_on_every_case_under_every_posture() throws PolicyException {
        Rulebook rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
        List<String> names = new ArrayList<>(rulebook.postures());
        names.addAll(List.of(TestTable.START, TestTable.NO_HOLDS));
        for (String name : names) {
            HoldsInForce holds =
                    new HoldsInForce(names.indexOf(name), rulebook.holds(name).orElseThrow());
            for (TestTable table : rulebook.tests()) {
                for (TestTable.Case one : table.cases()) {
                    assertEquals(
                            PlainEvaluation.decide(rulebook, one.facts(), holds, one.at()),
                            rulebook.decide(one.facts(), holds, one.at()),
                            () -> table.file() + ": " + one.name() + " under " + name);
                }
            }
        }
    }

    @Test
    void a_mask_accepts_what_its_match_accepts() {
        long seed = System.nanoTime();
        RandomRequests random = new RandomRequests(seed);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Match match = random.hold().applies();
            Facts facts = random.facts();
            FactBits bits = new FactBits(facts);
            for (DataCategory category : facts.categories()) {
                int bit = 1 << category.ordinal();
                boolean touches = (Mask.touching(match).categories(bits, facts) & bit) != 0;
                boolean covers = (Mask.covering(match).categories(bits, facts) & bit) != 0;
                accepted += touches ? 1 : 0;

                assertEquals(match.touches(facts, category), touches, () -> "seed " + seed + ": " + match + facts);
                assertEquals(match.covers(facts, category), covers, () -> "seed " + seed + ": " + match + facts);
            }
        }
        assertTrue(accepted > 1_000, "only " + accepted + " were accepted");
    }

    @Test
    void the_condition_of_a_mode_is_the_same_as_bits_and_as_a_match() {
        RandomRequests random = new RandomRequests(7);
        for (int round = 0; round < 2_000; round++) {
            Facts facts = random.facts();
            for (Mode mode : Mode.values()) {
                for (DataCategory category :
                        facts.missing().isEmpty() ? facts.categories() : java.util.Set.<DataCategory>of()) {
                    boolean isSpared = (Conditions.spares(mode, facts) & 1 << category.ordinal()) != 0;
                    assertEquals(
                            Conditions.unless(mode)
                                    .filter(condition -> condition.covers(facts, category))
                                    .isPresent(),
                            isSpared);
                }
            }
        }
    }
}
