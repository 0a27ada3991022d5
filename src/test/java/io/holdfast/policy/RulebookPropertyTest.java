package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must hold for every request, tried on many: those that nearly fit as well as nonsense. */
class RulebookPropertyTest {

    private static final int ROUNDS = 40_000;
    private static final Rulebook RULEBOOK = Small.rulebook();

    private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);

    private void forRandomRequests(BiConsumer<RandomRequests, Facts> property) {
        long seed = System.nanoTime();
        RandomRequests random = new RandomRequests(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Facts facts = random.facts();
            try {
                property.accept(random, facts);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + facts, e);
            }
        }
        System.out.println("seed " + seed + ": " + seen);
    }

    private Decision decide(Facts facts, List<Hold> holds, Instant at) {
        Decision decision = RULEBOOK.decide(facts, new HoldsInForce(1, holds), at);
        seen.merge(decision.outcome(), 1, Integer::sum);
        return decision;
    }

    @AfterEach
    void the_requests_reached_every_outcome_that_matters() {
        assertTrue(
                seen.keySet().containsAll(Set.of(Outcome.REFUSED, Outcome.RETURNED, Outcome.REFERRED)),
                seen.toString());
        assertTrue(seen.getOrDefault(Outcome.RELEASED, 0) > 20, seen.toString());
    }

    @Test
    void deciding_never_throws_and_always_gives_a_reason() {
        forRandomRequests((random, facts) -> {
            Decision decision = decide(facts, random.holds(), random.instant());
            assertFalse(decision.basis().reasons().isEmpty());
            assertEquals(RULEBOOK.digest(), decision.basis().rulebook());
        });
    }

    @Test
    void adding_a_hold_never_adds_a_granted_category_nor_a_release() {
        forRandomRequests((random, facts) -> {
            List<Hold> holds = random.holds();
            Instant at = random.instant();
            Decision before = decide(facts, holds, at);
            List<Hold> more = new ArrayList<>(holds);
            more.add(random.hold());
            Decision after = decide(facts, more, at);

            assertTrue(granted(before).containsAll(granted(after)));
            assertTrue(after.outcome() != Outcome.RELEASED || before.outcome() == Outcome.RELEASED);
        });
    }

    @Test
    void a_missing_or_unknown_fact_is_returned_and_grants_nothing() {
        forRandomRequests((random, facts) -> {
            Decision complete = decide(facts, List.of(), random.instant());
            Facts unknown = random.withOneUnknown(facts);
            assertFalse(unknown.missing().isEmpty());
            Decision decision = RULEBOOK.decide(unknown, Holds.NONE, random.instant());

            assertEquals(Outcome.RETURNED, decision.outcome());
            assertEquals(
                    complete.outcome() == Outcome.RETURNED,
                    !RULEBOOK.vocabulary().missing(facts).isEmpty());
        });
    }

    @Test
    void nothing_is_released_without_approvals_a_grant_and_verified_papers() {
        forRandomRequests((random, facts) -> {
            Decision decision = decide(facts, random.holds(), random.instant());
            Set<DataCategory> granted = granted(decision);
            if (granted.isEmpty()) {
                return;
            }
            assertTrue(facts.categories().containsAll(granted));
            assertEquals(Assurance.VERIFIED, facts.sender());
            assertEquals(Assurance.VERIFIED, facts.document());
            assertFalse(decision.basis().grants().isEmpty());
            for (DataCategory category : granted) {
                assertTrue(RULEBOOK.grants().stream()
                        .anyMatch(grant -> grant.when().covers(facts, category)));
            }
            if (decision instanceof Decision.Released released) {
                assertTrue(facts.approvals() >= released.obligations().approvals());
                assertFalse(released.basis().grants().contains("hk-notice"));
            }
        });
    }

    @Test
    void a_held_category_is_granted_through_named_exceptions_only() {
        forRandomRequests((random, facts) -> {
            List<Hold> holds = random.holds();
            Instant at = random.instant();
            Decision decision = decide(facts, holds, at);
            for (DataCategory category : granted(decision)) {
                for (Hold hold : holds) {
                    if (!stops(hold, facts, category, at)) {
                        continue;
                    }
                    assertTrue(hold.modeAt(at) != Mode.NEVER);
                    assertTrue(hold.exceptions().stream()
                            .anyMatch(exception -> exception.when().covers(facts, category)
                                    && decision.basis().exceptions().contains(hold.id() + "/" + exception.id())));
                }
            }
        });
    }

    /** The modes that stop a category whatever the rest of the request says. */
    private static boolean stops(Hold hold, Facts facts, DataCategory category, Instant at) {
        boolean isUnconditional =
                Set.of(Mode.PAUSE, Mode.DENY, Mode.NEVER, Mode.NO_DATA).contains(hold.modeAt(at));
        return isUnconditional && hold.standsAt(at) && hold.applies().touches(facts, category);
    }

    @Test
    void the_order_of_holds_and_grants_does_not_matter() {
        Rulebook reversed = reversed();
        forRandomRequests((random, facts) -> {
            List<Hold> holds = new ArrayList<>(random.holds());
            Instant at = random.instant();
            Decision decision = decide(facts, holds, at);
            Collections.reverse(holds);

            assertEquals(decision, reversed.decide(facts, new HoldsInForce(1, holds), at));
        });
    }

    @Test
    void nothing_changes_before_the_next_change() {
        forRandomRequests((random, facts) -> {
            List<Hold> holds = random.holds();
            Instant at = random.instant();
            Decision decision = decide(facts, holds, at);
            Instant last = decision.basis()
                    .nextChangeAt()
                    .map(next -> next.minusNanos(1))
                    .orElse(Instant.parse("2100-01-01T00:00:00Z"));
            Instant between = at.plusSeconds(Math.max(0, (last.getEpochSecond() - at.getEpochSecond()) / 2));

            assertEquals(decision, RULEBOOK.decide(facts, new HoldsInForce(1, holds), last));
            assertEquals(decision, RULEBOOK.decide(facts, new HoldsInForce(1, holds), between));
        });
    }

    private static Rulebook reversed() {
        List<Pack> packs = new ArrayList<>();
        for (Pack pack : RULEBOOK.packs()) {
            List<Grant> grants = new ArrayList<>(pack.grants());
            Collections.reverse(grants);
            packs.add(0, new Pack(pack.id(), pack.title(), pack.valid(), pack.source(), grants, pack.notServed()));
        }
        return new Rulebook(
                RULEBOOK.digest(),
                RULEBOOK.vocabulary(),
                packs,
                RULEBOOK.treaties(),
                List.of(),
                Collections.emptySortedMap(),
                List.of(),
                List.of());
    }

    private static Set<DataCategory> granted(Decision decision) {
        return decision instanceof Decision.Released released
                ? released.scope().granted()
                : decision instanceof Decision.Referred referred
                        ? referred.scope().granted()
                        : Set.of();
    }
}
