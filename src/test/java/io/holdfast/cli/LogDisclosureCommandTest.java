package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.OpenedClaims;
import io.holdfast.audit.TestLog;
import io.holdfast.tlog.ProofFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor without a gateway checks a claim that somebody opened. */
class LogDisclosureCommandTest {

    private static final String KEY = TestLog.verifierKey().toString();

    private static final Disclosure PERSON = Disclosure.of("person", "A person");
    private static final Disclosure RECIPIENT =
            Disclosure.of("recipient", CanonicalJson.object().put("name", "Another\u202e"));

    @TempDir
    Path temp;

    private final TestLog log = TestLog.honest();
    private long index;
    private Path export;
    private Path proof;

    @BeforeEach
    void exportLog() throws IOException {
        Leaf leaf = TestLog.firstWriter()
                .write(log.envelope("log"), new Event.ClaimOpened("officer", 1), List.of(PERSON, RECIPIENT));
        index = log.addLeaf(leaf);
        export = temp.resolve("export");
        log.export(export);
        ProofFile file = log.proof(index).withExtra(leaf.bytes());
        proof = Files.write(temp.resolve("entry.tlog-proof"), file.print());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("disclosure"), text);
    }

    private Run check(String text, Path place, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("log", "disclosure", file(text).toString(), place.toString(), "--key", KEY));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private String entry() {
        return String.valueOf(index);
    }

    private String sdJwt(Disclosure... disclosures) {
        return OpenedClaims.print(log.leaf(index), List.of(disclosures));
    }

    @Test
    void a_claim_that_the_entry_sealed_is_shown_over_an_export_and_over_a_proof() throws IOException {
        for (String text : List.of(PERSON.text(), PERSON.text() + "\n", sdJwt(PERSON), sdJwt(PERSON) + "\r\n")) {
            assertTrue(check(text, export, "--entry", entry())
                    .endsWith(ExitCode.OK)
                    .out()
                    .contains("person     A person\n"));
            assertTrue(check(text, proof).endsWith(ExitCode.OK).out().contains("A person"));
        }
    }

    @Test
    void several_claims_are_shown_safely_and_for_programs() throws IOException {
        Run people = check(sdJwt(PERSON, RECIPIENT), proof).endsWith(ExitCode.OK);
        assertTrue(people.out().contains("recipient  {\"name\":\"Another\\u202e\"}\n"), people.out());
        assertTrue(people.out().contains("sealed by  entry " + index + " of holdfast.example/log\n"), people.out());

        Run programs =
                check(sdJwt(PERSON, RECIPIENT), proof, "--output", "json").endsWith(ExitCode.OK);
        assertEquals("A person", programs.json().at("/claims/person").asText());
        assertTrue(programs.json().get("holds").booleanValue());
    }

    @Test
    void a_proof_without_the_entry_takes_it_from_the_sd_jwt() throws IOException {
        Files.write(proof, log.proof(index).print());

        check(sdJwt(PERSON), proof).endsWith(ExitCode.OK);
        check(PERSON.text(), proof).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void what_the_entry_did_not_seal_ends_with_1_and_is_not_shown() throws IOException {
        String other = Disclosure.of("person", "A person").text();
        for (String text : List.of(other, sdJwt(Disclosure.of("person", "Nobody")), sdJwt(PERSON, PERSON))) {
            for (Run run : List.of(
                    check(text, export, "--entry", entry()),
                    check(text, proof),
                    check(text, proof, "--output", "json"))) {
                run.endsWith(ExitCode.CHECK_FAILED);
                assertFalse(run.out().contains("A person") || run.out().contains("Nobody"), run.out());
            }
        }
    }

    @Test
    void a_claim_of_another_entry_ends_with_1() throws IOException {
        check(PERSON.text(), export, "--entry", "1").endsWith(ExitCode.CHECK_FAILED);
        check(sdJwt(PERSON), export, "--entry", "1").endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void an_entry_that_is_not_proven_ends_with_1_whatever_it_sealed() throws IOException {
        Leaf forged = TestLog.foreignWriter()
                .write(log.envelope("log"), new Event.ClaimOpened("officer", 1), List.of(PERSON));
        Run run = check(OpenedClaims.print(forged, List.of(PERSON)), proof).endsWith(ExitCode.CHECK_FAILED);
        assertFalse(run.out().contains("A person"), run.out());

        String stranger = TestLog.foreignLogKey().verifierKey().toString();
        Run.of("log", "disclosure", file(PERSON.text()).toString(), proof.toString(), "--key", stranger)
                .endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void a_changed_byte_of_the_export_is_found() throws IOException {
        Path bundle = export.resolve("tile/entries/000.p/" + (index + 1));
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bundle, bytes);

        check(PERSON.text(), export, "--entry", entry()).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void what_is_no_disclosure_cannot_be_read_and_is_not_quoted() throws IOException {
        for (String text : List.of("", "x y", "WyJhIl0", sdJwt(PERSON) + "e30.e30.AA", "m\u00f6bius")) {
            Run run = check(text, proof).endsWith(ExitCode.UNREACHABLE);
            assertFalse(!text.isEmpty() && run.err().contains(text), run.err());
        }
    }

    @Test
    void whom_to_trust_and_which_entry_must_be_said() throws IOException {
        check(PERSON.text(), export).endsWith(ExitCode.USAGE);
        check(PERSON.text(), proof, "--entry", entry()).endsWith(ExitCode.USAGE);
        Run.of("log", "disclosure", file(PERSON.text()).toString(), proof.toString())
                .endsWith(ExitCode.USAGE);
    }
}
