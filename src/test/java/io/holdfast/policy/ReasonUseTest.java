package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReasonUseTest {

    private static final int ROUNDS = 40_000;

    @Test
    void every_reason_says_where_it_is_used() {
        for (Reason reason : Reason.values()) {
            ReasonUse use = ReasonUse.of(reason);
            assertFalse(use.places().isEmpty(), reason.code());
            assertFalse(use.outcomes().isEmpty(), reason.code());
        }
    }

    /** What is said of a reason is what the evaluator does with it, tried on many requests under holds by chance. */
    @Test
    void a_reason_is_met_where_it_is_said_to_be_and_nowhere_else() {
        Map<Reason, Set<Outcome>> met = new EnumMap<>(Reason.class);
        Set<Reason> withheld = EnumSet.noneOf(Reason.class);
        for (Reason reason : Reason.values()) {
            met.put(reason, EnumSet.noneOf(Outcome.class));
        }
        long seed = System.nanoTime();
        RandomRequests random = new RandomRequests(seed);
        Rulebook rulebook = Small.rulebook();
        for (int round = 0; round < ROUNDS; round++) {
            Decision decision = rulebook.decide(random.facts(), new HoldsInForce(1, random.holds()), random.instant());
            decision.basis().reasons().forEach(reason -> met.get(reason).add(decision.outcome()));
            withheld.addAll(withheld(decision));
        }
        for (Reason reason : Reason.values()) {
            ReasonUse use = ReasonUse.of(reason);
            String what = "seed " + seed + ": " + reason;
            assertTrue(use.outcomes().containsAll(met.get(reason)), what + " was met in " + met.get(reason));
            assertTrue(use.whenWithheld() || !withheld.contains(reason), what + " was met beside a category");
        }
        assertEquals(Set.of(Outcome.REFUSED), met.get(Reason.NEVER_DISCLOSED), "seed " + seed);
        assertTrue(withheld.contains(Reason.CATEGORY_NOT_REACHED), "seed " + seed);
    }

    @Test
    void a_pause_of_one_category_decides_and_the_reason_of_another_is_told_beside_it() {
        Requests request = Requests.hkWarrant();
        request.authority = AuthorityLevel.OFFICER;
        HoldsInForce holds =
                Holds.of(Holds.hold("hk", Mode.PAUSE, Holds.when(Dimension.CATEGORY, DataCategory.SUBSCRIBER)));

        Decision decision = Small.rulebook().decide(request.facts(), holds, Requests.NOW);

        assertEquals(Outcome.HELD, decision.outcome());
        assertEquals(
                List.of(Reason.HELD_PENDING_REVIEW, Reason.NOT_COMPETENT_AUTHORITY),
                decision.basis().reasons());
    }

    private static Set<Reason> withheld(Decision decision) {
        return decision.match(new Decision.Cases<>() {
            @Override
            public Set<Reason> held(Decision.Held held) {
                return Set.of();
            }

            @Override
            public Set<Reason> refused(Decision.Refused refused) {
                return Set.of();
            }

            @Override
            public Set<Reason> returned(Decision.Returned returned) {
                return Set.of();
            }

            @Override
            public Set<Reason> referred(Decision.Referred referred) {
                return of(referred.scope());
            }

            @Override
            public Set<Reason> released(Decision.Released released) {
                return of(released.scope());
            }

            private Set<Reason> of(Scope scope) {
                return Set.copyOf(scope.withheld().values());
            }
        });
    }
}
