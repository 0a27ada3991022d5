package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the readme of a stance says of its holds is what they say of themselves. */
class StanceReadmeTest {

    private static final Path DIR = Path.of("policies/postures");

    private static Rulebook rulebook;

    @BeforeAll
    static void read() throws PolicyException {
        rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    @TestFactory
    Stream<DynamicTest> the_readme_names_the_statement_its_date_its_source_and_its_scope() {
        return rulebook.postures().stream().map(posture -> DynamicTest.dynamicTest(posture, () -> check(posture)));
    }

    private static void check(String posture) throws IOException {
        String text = Files.readString(DIR.resolve(posture).resolve("README.md"));
        assertTrue(text.startsWith("# " + rulebook.postureTitle(posture) + "\n"), posture);
        Map<String, String> rows = rows(text);
        for (String row : List.of("Modelled on", "Said", "Mark", "Mode")) {
            assertTrue(rows.containsKey(row), posture + " lacks the row " + row);
        }
        List<Hold> holds = rulebook.posture(posture).orElseThrow();
        if (holds.isEmpty()) {
            assertTrue(rows.get("Mode").startsWith("none"), posture);
            return;
        }
        assertTrue(rows.get("Said").contains("2020"), posture + " gives no date");
        assertTrue(rows.get("Mark").contains("read in") || rows.get("Mark").contains("**unverified**"), posture);
        assertTrue(rows.containsKey("Exit"), posture);
        for (Hold hold : holds) {
            assertTrue(rows.get("Mode").contains(hold.mode().code()), posture + ": " + hold.mode());
            assertTrue(
                    rows.get("Starts")
                            .contains(
                                    hold.from().atOffset(ZoneOffset.ofHours(8)).toString()),
                    posture + ": " + hold.from());
            scope(posture, rows.get("Scope"), hold);
        }
    }

    /** Each place and each action that a hold names is named in words. */
    private static void scope(String posture, String scope, Hold hold) {
        Map<Dimension, Set<Term>> applies = hold.applies().accepted();
        applies.forEach((dimension, terms) -> {
            for (Term term : terms) {
                if (term instanceof Jurisdiction place) {
                    String who = dimension.code().replace("-jurisdiction", "").replace("subject", "matter");
                    String label = place.code().equals("CN")
                            ? "mainland China"
                            : rulebook.vocabulary().label(dimension, place);
                    assertTrue(scope.contains(who + " in " + label) || scope.contains("Issuer in " + label), posture);
                } else if (!scope.contains("every action")) {
                    assertTrue(scope.contains(term.code()), posture + ": " + term.code());
                }
            }
        });
        if (!applies.containsKey(Dimension.ACTION)) {
            assertTrue(scope.contains("every action") || scope.contains("everything"), posture);
        }
    }

    private static Map<String, String> rows(String text) {
        Map<String, String> rows = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("| ")).forEach(line -> {
            String[] cells = line.split(" \\| |\\| | \\|");
            if (cells.length > 2 && !cells[1].isBlank()) {
                rows.putIfAbsent(cells[1].strip(), cells[2].strip());
            }
        });
        return rows;
    }

    @Test
    void the_shipped_hold_is_the_stance_that_it_says_it_is() throws IOException {
        assertEquals(
                Files.readString(Path.of("policies/holds/hk-nsl-2020.yaml")),
                Files.readString(DIR.resolve("pause-pending-review/hk-nsl-2020.yaml")));
    }

    @Test
    void every_stance_has_a_table_of_cases_under_its_own_holds() {
        for (String posture : rulebook.postures()) {
            assertTrue(
                    rulebook.tests().stream()
                            .filter(table -> table.file().equals("tests/stance-" + posture + ".test.yaml"))
                            .anyMatch(table -> table.cases().stream()
                                    .anyMatch(one -> one.holds().equals(posture))),
                    posture);
        }
    }
}
