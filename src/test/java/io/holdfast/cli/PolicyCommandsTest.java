package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.fixture.Recipient;
import io.holdfast.legal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {

    private static final Path SMALL = Path.of("src/test/resources/policy/small");

    @TempDir
    Path temp;

    private Path rules;

    @BeforeEach
    void copyAndLock() throws IOException {
        rules = temp.resolve("rules");
        try (Stream<Path> walk = Files.walk(SMALL)) {
            for (Path path : walk.toList()) {
                Files.copy(path, rules.resolve(SMALL.relativize(path).toString()));
            }
        }
        Run.of("policy", "digest", rules.toString(), "--write").endsWith(ExitCode.OK);
    }

    @Test
    void the_shipped_rulebook_has_no_problem_and_no_error() {
        Run run = Run.of("policy", "check", "--at", "2026-11-23T12:00:00Z").endsWith(ExitCode.OK);
        assertTrue(run.out().contains("0 problems, 0 errors, "), run.out());
    }

    @Test
    void a_mistake_ends_with_1_and_says_file_line_and_column() throws IOException {
        append("holds/hk.yaml", "colour: red\n");
        Run run = Run.of("policy", "check", rules.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().lines().anyMatch(line -> line.matches("holds/hk\\.yaml:\\d+:1: unknown key 'colour'.*")));
    }

    @Test
    void a_change_after_the_lock_was_written_ends_with_1() throws IOException {
        append("holds/hk.yaml", "# a comment\n");
        Run run = Run.of("policy", "check", rules.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("holds/hk.yaml is not the file that was locked"), run.out());
        String digest = Run.of("policy", "digest", rules.toString())
                .endsWith(ExitCode.OK)
                .out();
        assertTrue(digest.contains("does not fit"), digest);
        Run.of("policy", "digest", rules.toString(), "--write").endsWith(ExitCode.OK);
        assertTrue(Run.of("policy", "digest", rules.toString()).out().contains("fits"));
    }

    @Test
    void a_certificate_that_is_soon_or_long_out_of_date_is_a_warning() throws IOException {
        enrol(Recipient.ec("P-256").certificate());

        assertFalse(check("2029-11-01T00:00:00Z").out().contains("certificate"));
        assertTrue(check("2029-12-15T00:00:00Z")
                .out()
                .contains("warning: authorities/hk-police: in 30 days: the certificate has expired at 2030-01-01"));
        assertTrue(check("2031-01-01T00:00:00Z")
                .out()
                .contains("warning: authorities/hk-police: the certificate has expired at 2030-01-01"));
        assertTrue(
                check("2025-01-01T00:00:00Z").out().contains("warning: authorities/hk-police: the certificate is not"));
    }

    @Test
    void a_certificate_with_a_weak_key_is_an_error() throws IOException {
        enrol(Recipient.rsa(2048).certificate());

        Run run = check("2026-11-23T12:00:00Z").endsWith(ExitCode.CHECK_FAILED);

        assertTrue(
                run.out().contains("error: authorities/hk-police: the certificate's RSA key must have 3072"),
                run.out());
    }

    private Run check(String at) {
        return Run.of("policy", "check", rules.toString(), "--at", at);
    }

    private void enrol(String pem) throws IOException {
        append("authorities/hk-police.yaml", "certificate: |\n" + pem.indent(2));
    }

    @Test
    void problems_are_there_for_programs_too() throws IOException {
        append("holds/hk.yaml", "colour: red\n");
        ObjectNode json = Run.of("policy", "check", rules.toString(), "--output", "json")
                .endsWith(ExitCode.CHECK_FAILED)
                .json();
        assertEquals("bundle.lock", json.at("/problems/0/file").textValue());
        assertEquals("holds/hk.yaml", json.at("/problems/1/file").textValue());
    }

    @Test
    void a_folder_that_is_not_there_is_no_finding() {
        for (String command : List.of("check", "test", "digest", "matrix")) {
            Run run = Run.of("policy", command, temp.resolve("nowhere").toString());
            assertTrue(run.endsWith(ExitCode.UNREACHABLE).err().contains("is not a folder"), run.err());
        }
    }

    @Test
    void cases_are_run_and_counted() {
        Run run = Run.of("policy", "test", "--no-mutants").endsWith(ExitCode.OK);
        assertTrue(run.out().contains(" cases, 0 failed; exercised "), run.out());
        assertTrue(Run.of("policy", "test", "--no-mutants", "--output", "json")
                .json()
                .get("passed")
                .booleanValue());
    }

    @Test
    void a_case_that_fails_ends_with_1() throws IOException {
        Path table = rules.resolve("tests/hk.test.yaml");
        Files.writeString(table, Files.readString(table).replace("outcome: HELD", "outcome: REFUSED"));
        Run run = Run.of("policy", "test", rules.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().startsWith("tests/hk.test.yaml:"), run.out());
    }

    @Test
    void no_case_at_all_ends_with_1() throws IOException {
        Files.delete(rules.resolve("tests/hk.test.yaml"));
        Run run = Run.of("policy", "test", rules.toString()).endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.out().contains("there is no case, so nothing was tested"), run.out());
    }

    @Test
    void a_mistake_that_nobody_would_notice_ends_with_1_unless_none_is_made() {
        ObjectNode json = Run.of("policy", "test", rules.toString(), "--output", "json")
                .endsWith(ExitCode.CHECK_FAILED)
                .json();
        assertFalse(json.get("passed").booleanValue());
        assertTrue(json.at("/mutants/made").intValue() > 200, json.toString());
        assertTrue(json.at("/mutants/by-cases").intValue() > 20, json.toString());
        assertTrue(json.at("/mutants/survivors").findValuesAsText("where").contains("us-sw"), json.toString());

        ObjectNode casesOnly = Run.of("policy", "test", rules.toString(), "--no-mutants", "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertFalse(casesOnly.has("mutants"));
    }

    @Test
    void a_request_from_hong_kong_is_explained() throws IOException {
        Run run = explain("start").endsWith(ExitCode.OK);
        assertTrue(run.out().contains("Hold hk-nsl-2020@1 covers it"), run.out());
        assertTrue(run.out().contains("Held by hk-nsl-2020@1."), run.out());
        ObjectNode json =
                explain("none", "--output", "json").endsWith(ExitCode.OK).json();
        assertEquals("REFERRED", json.at("/decision/outcome").textValue());
    }

    @Test
    void a_reason_is_explained_in_chinese_too() throws IOException {
        Run run = explain("deny-until-review").endsWith(ExitCode.OK);
        assertTrue(
                run.out()
                        .contains("REFUSED_UNTIL_REVIEW: " + Reason.REFUSED_UNTIL_REVIEW.chinese()
                                + " [Annex III: OTHER]"),
                run.out());
        ObjectNode json = explain("start", "--output", "json").json();
        assertEquals("HELD_PENDING_REVIEW", json.at("/reasons/0/code").textValue());
        assertEquals(
                Reason.HELD_PENDING_REVIEW.chinese(),
                json.at("/reasons/0/sentence-zh-Hant").textValue());
    }

    @Test
    void an_unknown_posture_names_those_that_there_are() throws IOException {
        Run run = explain("withdrawal").endsWith(ExitCode.USAGE);
        assertTrue(run.err().contains("withdraw"), run.err());
    }

    @Test
    void facts_that_cannot_be_read_are_told_with_their_place() throws IOException {
        Path facts = Files.writeString(temp.resolve("facts.yaml"), "schema: holdfast/v1\nkind: Hold\n");
        Run run = Run.of("policy", "explain", facts.toString()).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("facts.yaml:2:"), run.err());
    }

    @Test
    void the_matrix_shows_what_an_instrument_reaches_and_says_the_rest_in_words() {
        String out = matrix("--pack", "us-sca").endsWith(ExitCode.OK).out();
        assertTrue(out.contains("holds none, at 2026-11-23T12:00:00Z"), out);
        assertTrue(
                out.lines().anyMatch(line -> line.matches("US-SUBPOENA +us-subpoena +yes +yes +- +- +- +- +-")), out);
        assertTrue(out.lines().anyMatch(line -> line.matches("US-FISA +not served +- .*")), out);
        assertTrue(out.contains("18 USC 2702, 2703: READ on 2026-11-23"), out);
        assertTrue(out.contains("18 USC 2709, 3511: UNVERIFIED"), out);
        assertTrue(out.contains("The person concerned is told before anything is disclosed."), out);
        assertTrue(out.contains("Compelled secrecy of this kind needs an enclave of its own."), out);
        assertFalse(out.contains("HK-WARRANT"), out);
    }

    @Test
    void the_matrix_shows_what_a_stance_makes_of_it_and_why() {
        String out = matrix("--pack", "hk", "--posture", "deny-until-review")
                .endsWith(ExitCode.OK)
                .out();
        assertTrue(out.lines().anyMatch(line -> line.matches("HK-WARRANT +hk-warrant +refused +refused +- .*")), out);
        assertTrue(out.contains("  SUBSCRIBER: refused (REFUSED_UNTIL_REVIEW)"), out);
        ObjectNode json = matrix("--pack", "hk", "--posture", "start", "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertEquals("hk-warrant", json.at("/packs/0/rows/0/grant").textValue());
        assertEquals(
                "held",
                json.at("/packs/0/rows/0/cells/SUBSCRIBER/answers/0/answer").textValue());
        assertEquals(
                "HELD_PENDING_REVIEW",
                json.at("/packs/0/rows/0/cells/SUBSCRIBER/answers/0/reasons/0").textValue());
        assertEquals(
                "LIFE",
                json.at("/packs/0/rows/0/cells/SUBSCRIBER/answers/1/when/emergency/0")
                        .textValue());
        assertEquals("UNVERIFIED", json.at("/packs/0/rows/0/source/status").textValue());
        assertFalse(json.at("/packs/0/rows/0/cells").has("CONTENT"));
        assertEquals(
                "The gateway has no live data.",
                json.at("/packs/0/not-served/0/why").textValue());
    }

    @Test
    void a_matrix_of_what_is_not_there_names_what_there_is() {
        Run run = matrix("--pack", "hkg").endsWith(ExitCode.USAGE);
        assertTrue(run.err().contains("--pack must be one of au, br, "), run.err());
        assertTrue(
                matrix("--posture", "withdrawal").endsWith(ExitCode.USAGE).err().contains("withdraw"));
    }

    @Test
    void a_matrix_of_a_set_that_cannot_be_read_ends_with_3() throws IOException {
        append("holds/hk.yaml", "colour: red\n");
        Run run = Run.of("policy", "matrix", rules.toString()).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("unknown key 'colour'"), run.err());
        assertEquals("", run.out());
    }

    private static Run matrix(String... more) {
        List<String> words = List.of("policy", "matrix", "--at", "2026-11-23T12:00:00Z");
        return Run.of(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private Run explain(String holds, String... more) throws IOException {
        Path facts = Files.writeString(temp.resolve("facts.yaml"), """
                schema: holdfast/v1
                kind: Facts
                facts:
                  issuer-jurisdiction: HK
                  provider-jurisdiction: US
                  instrument: HK-WARRANT
                  action: DISCLOSE
                  channel: DIRECT
                  authority: MAGISTRATE
                  category: [SUBSCRIBER, IDENTIFICATION]
                  offence: [OTHER]
                  emergency: NONE
                  national-security: NOT-INVOLVED
                  user-jurisdiction: [HK]
                  subject-jurisdiction: [HK]
                  non-disclosure: NONE
                  sender: VERIFIED
                  document: VERIFIED
                  issued-at: 2026-11-01T00:00:00Z
                  expires-at: 2027-05-01T00:00:00Z
                  accounts: 1
                """);
        List<String> words =
                List.of("policy", "explain", facts.toString(), "--holds", holds, "--at", "2026-11-23T12:00:00Z");
        return Run.of(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private void append(String file, String text) throws IOException {
        Path path = rules.resolve(file);
        Files.writeString(path, Files.readString(path) + text);
    }
}
