package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObligationsLintTest {

    private static final String US = "packs/us.yaml";
    private static final String EU = "packs/eu.yaml";

    private static void assertFinds(String finding, String path, String old, String changed) {
        String text = Small.text(path);
        assertTrue(text.contains(old), old);
        Rulebook rulebook = Small.load(Small.with(path, text.replace(old, changed)));
        assertEquals(
                List.of(finding),
                ObligationsLint.findings(rulebook.grants()).stream()
                        .map(Finding::toString)
                        .toList());
    }

    @Test
    void finds_nothing_in_the_small_rulebook() {
        assertEquals(List.of(), ObligationsLint.findings(Small.rulebook().grants()));
    }

    @Test
    void finds_data_that_would_be_kept_for_ever() {
        assertFinds(
                "error: us-letter: keeps data and does not say how long; add preserve: {for: P90D}",
                US,
                "    preserve: {for: P90D, extend: P90D}\n",
                "");
    }

    @Test
    void finds_a_time_of_keeping_where_nothing_is_kept() {
        assertFinds(
                "error: us-letter: says how long data are kept, and keeps none",
                US,
                "action: [PRESERVE]",
                "action: [RESTRICT-CONTENT]");
    }

    @Test
    void finds_a_disclosure_of_which_nobody_is_told() {
        assertFinds(
                "error: us-sw: hands data over, so somebody has to be told; NOT-REQUIRED is for keeping data",
                US,
                "notice: BEFORE",
                "notice: NOT-REQUIRED");
    }

    @Test
    void finds_data_that_may_leave_in_clear() {
        assertFinds(
                "warning: us-sw: lets data leave unencrypted where an authority has enrolled no certificate: A treaty",
                US,
                "notice: BEFORE",
                "notice: BEFORE\n    unencrypted: {cite: \"A treaty\", status: UNVERIFIED}");
    }

    @Test
    void finds_data_that_have_to_be_encrypted_and_need_not_be() {
        String text = Small.text(US)
                .replace(
                        "notice: BEFORE",
                        "notice: BEFORE\n    duties: [ENCRYPT-TO-ISSUER]\n"
                                + "    unencrypted: {cite: \"A treaty\", status: UNVERIFIED}")
                .replace(
                        "notice: NOT-REQUIRED",
                        "notice: NOT-REQUIRED\n    unencrypted: {cite: \"A treaty\", status: UNVERIFIED}");

        assertEquals(
                List.of(
                        "error: us-letter: lets data leave unencrypted, and hands none over",
                        "error: us-sw: lets data leave unencrypted, and has the duty ENCRYPT-TO-ISSUER; drop one of them"),
                ObligationsLint.findings(Small.load(Small.with(US, text)).grants()).stream()
                        .map(Finding::toString)
                        .filter(finding -> finding.startsWith("error"))
                        .toList());
    }

    @Test
    void finds_a_wait_without_an_end() {
        assertFinds(
                "error: eu-epo-content: waits for an authority without an end; add clock authority-objects",
                EU,
                "      authority-objects: {within: P10D, silence: OBLIGES}\n",
                "");
    }

    @Test
    void finds_an_officers_word_that_nobody_follows_up() {
        assertFinds(
                "error: eu-epo-emergency: believes an officer in an emergency and asks for nothing afterwards; add duty"
                        + " FOLLOW-UP-PROCESS",
                EU,
                "authority: [JUDGE, PROSECUTOR]",
                "authority: [JUDGE, OFFICER]");
    }
}
