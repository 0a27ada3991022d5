package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Authority;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample registry beside the rules that are shipped. */
class SampleRegistryTest {

    private static final Path DIR = Path.of("policies/authorities");

    private static Rulebook rulebook;
    private static List<Authority> samples;

    @BeforeAll
    static void read() throws PolicyException {
        rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
        samples = AuthorityFiles.read(DIR, rulebook.vocabulary()).authorities();
    }

    @Test
    void every_grant_has_somebody_who_could_issue_its_instrument_and_somebody_who_could_send_it() {
        List<String> lacking = new ArrayList<>();
        for (Grant grant : rulebook.grants()) {
            Set<Term> issuers = grant.when().accepted().get(Dimension.ISSUER_JURISDICTION);
            Set<Term> levels = grant.when().accepted().get(Dimension.AUTHORITY);
            for (Term instrument : grant.when().accepted().get(Dimension.INSTRUMENT)) {
                Set<Jurisdiction> issuing = samples.stream()
                        .filter(it -> issuers.contains(it.jurisdiction())
                                && levels.contains(it.level())
                                && it.issues().contains(instrument))
                        .map(Authority::jurisdiction)
                        .collect(Collectors.toSet());
                boolean sent = samples.stream()
                        .anyMatch(it -> issuing.contains(it.jurisdiction())
                                && it.sends().contains(instrument));
                if (!sent) {
                    lacking.add(grant.id());
                }
            }
        }
        // An emergency order that nobody validated needs an officer who issues European orders; none is enrolled.
        assertEquals(List.of("eu-epo-pres-unvalidated", "eu-epo-sub-unvalidated"), lacking);
    }

    @Test
    void nobody_but_the_secretary_of_state_and_the_lord_advocate_serves_an_overseas_production_order() {
        assertEquals(
                Set.of("gb-lord-advocate", "gb-secretary-of-state"),
                samples.stream()
                        .filter(it -> it.sends().contains(new Instrument("UK-COPO")))
                        .map(Authority::id)
                        .collect(Collectors.toSet()));
    }

    @Test
    void no_sample_is_enrolled() {
        assertTrue(samples.stream().allMatch(it -> it.key().isEmpty()));
    }

    @Test
    void the_readme_lists_every_sample_as_it_is() throws IOException {
        List<String> rows = samples.stream()
                .map(it -> "| `" + it.id() + "` | " + it.level().code() + " | " + words(it.sends()) + " | "
                        + words(it.issues()) + " |")
                .toList();
        List<String> written = Files.readString(DIR.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `") && line.contains(" | ") && !line.contains("`sender`"))
                .filter(line -> !line.startsWith("| `document`"))
                .map(SampleRegistryTest::sorted)
                .toList();
        assertEquals(rows, written);
    }

    private static String words(Set<Instrument> instruments) {
        return instruments.isEmpty()
                ? "–"
                : instruments.stream().map(it -> "`" + it + "`").sorted().collect(Collectors.joining(", "));
    }

    /** The instruments of a row in the order of their names: in the file they stand in the order of the law. */
    private static String sorted(String row) {
        String[] cells = row.split(" \\| ");
        for (int i = 2; i < cells.length; i++) {
            String end = cells[i].endsWith(" |") ? " |" : "";
            cells[i] = List.of(cells[i].replace(" |", "").split(", ")).stream()
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + end;
        }
        return String.join(" | ", cells);
    }
}
