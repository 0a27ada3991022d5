package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutationTest {

    private static Rulebook shipped() throws PolicyException {
        return PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    @Test
    void no_mistake_in_the_shipped_rules_would_go_unnoticed() throws PolicyException {
        Mutation.Result result = Mutation.run(shipped(), (done, all) -> {});

        System.out.println("MutationTest: " + result.mutants() + " mistakes, " + result.byCases()
                + " noticed by a case, " + result.byStatements() + " by a statement, " + result.alike()
                + " change nothing, in " + result.took());
        assertEquals(
                List.of(),
                result.survivors().stream()
                        .map(one -> one.where() + " " + one.change())
                        .toList());
    }

    @Test
    void a_rule_that_no_case_and_no_statement_is_about_is_told() {
        Rulebook small = Small.rulebook();
        Rulebook untested = new Rulebook(
                small.digest(),
                small.vocabulary(),
                small.packs(),
                small.treaties(),
                small.startHolds(),
                new java.util.TreeMap<>(),
                List.of(),
                List.of());

        Mutation.Result result = Mutation.run(untested, (done, all) -> {});

        assertFalse(result.survivors().isEmpty());
        assertEquals(0, result.byCases());
        Set<String> missing = new HashSet<>();
        small.grants().forEach(grant -> missing.add(grant.id()));
        result.survivors().stream()
                .filter(one -> one.change().equals("is not there"))
                .forEach(one -> missing.remove(one.where()));
        assertEquals(Set.of(), missing);
    }

    @Test
    void every_mutant_differs_from_the_rules_and_from_the_others() throws PolicyException {
        Set<String> names = new HashSet<>();
        for (Mutants.Mutant mutant : Mutants.of(shipped())) {
            assertTrue(names.add(mutant.where() + " " + mutant.change()), mutant.where() + " " + mutant.change());
        }
    }
}
