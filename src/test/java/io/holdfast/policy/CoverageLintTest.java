package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageLintTest {

    private static final String US = Small.text("packs/us.yaml");
    private static final String HK = Small.text("packs/hk.yaml");
    private static final String WORDS = Small.text("vocabulary.yaml");

    private static final String NOT_SERVED =
            "not-served:\n  - {instrument: US-T3, basis: \"18 USC 2516\", why: \"No live data here.\"}\n";

    private static PolicySet with(String us, String hk, String words) {
        var files = Small.with("packs/us.yaml", us).files();
        files.putAll(Small.with("packs/hk.yaml", hk).files().subMap("packs/hk.yaml", "packs/hk.yaml\0"));
        files.putAll(Small.with("vocabulary.yaml", words).files().subMap("vocabulary.yaml", "vocabulary.yaml\0"));
        return PolicySet.of(files);
    }

    private static final String MORE_WORDS =
            WORDS.replace("    US-SW:", "    US-T3: \"Interception order\"\n    US-SW:");

    private static List<String> findings(String us, String hk, String words) {
        return CoverageLint.findings(Small.load(with(us, hk, words))).stream()
                .map(Finding::toString)
                .toList();
    }

    @Test
    void finds_nothing_in_the_small_rulebook() {
        assertEquals(List.of(), findings(US, HK, WORDS));
    }

    @Test
    void finds_an_instrument_that_was_forgotten() {
        assertEquals(
                List.of(
                        "warning: US-T3: is in the vocabulary, no grant names it, and no pack says why it is not served:"
                                + " Interception order"),
                findings(US, HK, MORE_WORDS));
        assertEquals(List.of(), findings(US + NOT_SERVED, HK, MORE_WORDS));
    }

    @Test
    void finds_a_power_that_is_served_all_the_same() {
        assertEquals(
                List.of("error: us/US-SW: is said not to be served, and the grant us-sw serves it"),
                findings(US + NOT_SERVED.replace("US-T3", "US-SW"), HK, WORDS));
    }

    @Test
    void finds_a_power_of_two_packs() {
        assertEquals(
                List.of("error: us/US-T3: is said not to be served by another pack as well"),
                findings(US + NOT_SERVED, HK + NOT_SERVED, MORE_WORDS));
    }
}
