package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at every request there can be, or at every one there was. */
class PolicyOverAllRequestsTest {

    private static final Path SMALL = Path.of("src/test/resources/audit/rulebook");

    @TempDir
    Path temp;

    private Path copy() throws IOException {
        Path to = temp.resolve("rulebook");
        try (Stream<Path> files = Files.walk(SMALL)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(SMALL.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private static void invariant(Path rulebook, String where) throws IOException {
        Files.writeString(rulebook.resolve("invariants.yaml"), """
                schema: holdfast/v1
                kind: Invariants
                invariants:
                  - id: nothing-there
                    sentence: "Nothing is permitted there."
                    basis: "A test."
                    where: %s
                """.formatted(where));
    }

    @Test
    void a_statement_that_holds_ends_with_0() throws IOException {
        Path rulebook = copy();
        invariant(rulebook, "{issuer-jurisdiction: [CN]}");

        Run run = Run.of("policy", "prove", rulebook.toString()).endsWith(ExitCode.OK);

        assertTrue(run.out().contains("all of them hold"), run.out());
    }

    @Test
    void a_statement_that_fails_ends_with_1_and_an_example() throws IOException {
        Path rulebook = copy();
        invariant(rulebook, "{issuer-jurisdiction: [US]}");

        Run run = Run.of("policy", "prove", rulebook.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("nothing-there fails under law alone"), run.out());
        assertTrue(run.out().contains("for example, at "), run.out());

        JsonNode violation = Run.of("policy", "prove", rulebook.toString(), "--output", "json")
                .endsWith(ExitCode.CHECK_FAILED)
                .json()
                .at("/violations/0");
        assertEquals("nothing-there", violation.get("statement").asText());
        assertEquals("US", violation.at("/witness/facts/issuer-jurisdiction").asText());
    }

    @Test
    void an_invariant_with_a_word_that_does_not_exist_is_told_with_its_place() throws IOException {
        Path rulebook = copy();
        invariant(rulebook, "{issuer-jurisdiction: [HKG]}");

        Run run = Run.of("policy", "prove", rulebook.toString()).endsWith(ExitCode.CHECK_FAILED);

        assertTrue(run.out().startsWith("invariants.yaml:7:35: unknown word 'HKG' in issuer-jurisdiction"), run.out());
    }

    @Test
    void a_stance_that_does_not_exist_is_a_wrong_command_line() {
        Run run = Run.of("policy", "prove", "policies", "--holds", "nothing").endsWith(ExitCode.USAGE);
        assertTrue(run.err().contains("withdraw"), run.err());
    }

    @Test
    void a_set_that_only_stops_more_ends_with_0_and_one_that_opens_with_1() {
        Run stricter = Run.of("policy", "diff", "postures/pause-pending-review", "postures/deny-until-review")
                .endsWith(ExitCode.OK);
        assertTrue(stricter.out().contains("Hong Kong: what was held becomes refused"), stricter.out());
        assertTrue(stricter.out().contains("nothing opens"), stricter.out());

        Run looser = Run.of(
                        "policy",
                        "diff",
                        "postures/deny-until-review",
                        "postures/pause-pending-review",
                        "--output",
                        "json")
                .endsWith(ExitCode.CHECK_FAILED);
        assertTrue(looser.json().get("opening").asLong() > 0);
        assertTrue(looser.json().at("/told/0/opens").asBoolean());
    }

    @Test
    void past_requests_are_decided_under_other_holds() {
        TestLog.honest().export(temp.resolve("log"));

        Run run = Run.of(
                        "policy",
                        "replay",
                        temp.resolve("log").toString(),
                        "--rulebook",
                        SMALL.toString(),
                        "--holds",
                        "none")
                .endsWith(ExitCode.OK);

        assertTrue(run.out().contains("HELD to "), run.out());
        assertFalse(run.out().contains(" 0 would have come out otherwise"), run.out());
        assertTrue(run.out().contains("6 decisions, "), run.out());
    }
}
