package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Term;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every pack that is shipped. */
class ShippedPackTest {

    private static Rulebook rulebook;

    @BeforeAll
    static void read() throws PolicyException {
        rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    @Test
    void every_table_passes_and_every_grant_takes_part_in_a_permission() {
        PolicyTests.Report report = PolicyTests.run(rulebook);

        assertEquals(List.of(), report.failures());
        assertEquals(Set.of(), report.grants().silent());
    }

    /** A case for each fact of each pack: what is permitted, with that one fact unknown or absent, is not. */
    @TestFactory
    Stream<DynamicTest> a_fact_that_nobody_knows_permits_nothing() {
        Map<String, List<TestTable.Case>> byPack = permitted();
        assertEquals(
                rulebook.packs().stream().map(Pack::id).collect(Collectors.toCollection(TreeSet::new)),
                byPack.keySet());
        List<DynamicTest> tests = new ArrayList<>();
        byPack.forEach((pack, cases) -> {
            for (String fact : FactsWithout.NAMES) {
                tests.add(DynamicTest.dynamicTest(
                        pack + ": " + fact,
                        () -> cases.forEach(one -> {
                            for (Facts without : FactsWithout.each(one.facts(), fact)) {
                                Decision decision = rulebook.decide(without, Holds.NONE, one.at());
                                assertEquals(Outcome.RETURNED, decision.outcome(), one.name());
                                assertEquals(List.of(fact), ((Decision.Returned) decision).missing(), one.name());
                            }
                        })));
            }
        });
        return tests.stream();
    }

    private static Map<String, List<TestTable.Case>> permitted() {
        Map<String, String> packs = new TreeMap<>();
        rulebook.packs().forEach(pack -> pack.grants().forEach(grant -> packs.put(grant.id(), pack.id())));
        Map<String, List<TestTable.Case>> byPack = new TreeMap<>();
        for (TestTable table : rulebook.tests()) {
            for (TestTable.Case one : table.cases()) {
                Decision decision = rulebook.decide(one.facts(), Holds.NONE, one.at());
                if (decision.outcome() == Outcome.RELEASED || decision.outcome() == Outcome.REFERRED) {
                    decision.basis()
                            .grants()
                            .forEach(grant -> byPack.computeIfAbsent(packs.get(grant), p -> new ArrayList<>())
                                    .add(one));
                }
            }
        }
        return byPack;
    }

    @Test
    void every_instrument_is_served_or_said_not_to_be() {
        assertEquals(List.of(), CoverageLint.findings(rulebook));
    }

    @Test
    void every_power_that_is_not_served_is_refused_by_a_case() {
        Set<String> refused = new TreeSet<>();
        for (TestTable table : rulebook.tests()) {
            for (TestTable.Case one : table.cases()) {
                if (one.expect().outcome() == Outcome.REFUSED) {
                    refused.add(one.facts().instrument().code());
                }
            }
        }
        for (Pack pack : rulebook.packs()) {
            for (NotServed power : pack.notServed()) {
                assertTrue(refused.contains(power.instrument().code()), pack.id() + "/" + power.instrument());
            }
        }
    }

    @Test
    void every_law_names_its_source_and_says_whether_somebody_read_it() {
        for (Grant grant : rulebook.grants()) {
            assertFalse(grant.basis().isBlank(), grant.id());
            boolean isRead = grant.source().status() == Source.Status.READ;
            assertEquals(isRead, grant.source().verifiedOn().isPresent(), grant.id());
        }
    }

    @Test
    void no_grant_leaves_open_who_asks_whom_by_what_for_what() {
        for (Grant grant : rulebook.grants()) {
            for (Dimension dimension : List.of(
                    Dimension.ISSUER_JURISDICTION,
                    Dimension.INSTRUMENT,
                    Dimension.ACTION,
                    Dimension.CHANNEL,
                    Dimension.AUTHORITY,
                    Dimension.CATEGORY,
                    Dimension.SENDER,
                    Dimension.DOCUMENT)) {
                Set<Term> accepted = grant.when().accepted().get(dimension);
                assertNotEquals(null, accepted, grant.id() + " names no " + dimension.code());
            }
        }
    }

    /** The vectors of the law that concern the rulebook, each a named case beside its pack. */
    @Test
    void every_vector_of_the_law_is_a_named_case() {
        Set<String> letters = new TreeSet<>();
        for (TestTable table : rulebook.tests()) {
            for (TestTable.Case one : table.cases()) {
                if (one.name().matches("vector [a-j]: .*")) {
                    letters.add(one.name().substring(7, 8));
                }
            }
        }
        assertEquals(Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), letters);
    }
}
