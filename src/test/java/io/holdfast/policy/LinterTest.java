package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinterTest {

    private static final String HOLD = "holds/hk.yaml";
    private static final String US = "packs/us.yaml";
    private static final String HK = "packs/hk.yaml";

    private static List<String> findings(Rulebook rulebook) {
        return Linter.check(rulebook, Requests.NOW).stream()
                .map(Finding::toString)
                .toList();
    }

    /** What changes in the findings when this text takes the place of that one. */
    private static void assertFinds(String finding, String path, String old, String changed) {
        String text = Small.text(path);
        assertTrue(text.contains(old), old);
        List<String> findings = findings(Small.load(Small.with(path, text.replace(old, changed))));
        assertTrue(findings.contains(finding), String.join("\n", findings));
    }

    @Test
    void the_small_rulebook_has_warnings_and_no_errors() {
        assertEquals(
                List.of(
                        "warning: hk-mla: accepts TREATY, which is suspended or missing for HK",
                        "warning: postures/refuse/hk-deny: ends only with an event that the platform cannot bring about:"
                                + " an international consensus",
                        "warning: sources: 4 of 8 are UNVERIFIED: hk-mla, hk-notice, hk-warrant, mla-hk-us"),
                findings(Small.rulebook()));
    }

    @Test
    void finds_a_disclosure_that_one_person_could_approve() {
        assertFinds("error: us-sw: hands data over with 1 approvals; at least 2", US, "approvals: 2", "approvals: 1");
    }

    @Test
    void finds_a_grant_for_unverified_senders_and_documents() {
        assertFinds(
                "error: us-sw: accepts a sender that is not verified; add sender: [VERIFIED]",
                US,
                "      sender: [VERIFIED]\n",
                "");
        assertFinds(
                "error: us-letter: accepts a document that is not verified; add document: [VERIFIED]",
                US,
                "document: [VERIFIED]",
                "document: [VERIFIED, UNVERIFIED]");
    }

    @Test
    void finds_a_grant_that_no_treaty_can_ever_feed() {
        assertFinds(
                "error: hk-mla: can never fire: no TREATY joins its issuers with its providers",
                "treaties.yaml",
                "[HK, US]",
                "[HK, FR]");
    }

    @Test
    void finds_a_grant_that_is_off() {
        assertFinds(
                "warning: us-sw: has been off since 2026-11-23T12:00:00Z, when its pack ended",
                US,
                "{from: 2020-01-01T00:00:00Z}",
                "{from: 2020-01-01T00:00:00Z, until: 2026-11-23T12:00:00Z}");
    }

    @Test
    void finds_two_grants_that_are_the_same() {
        Rulebook twice = Small.load(Small.with(
                "packs/again.yaml",
                Small.text(HK).replace("id: hk\n", "id: hk-again\n").replace("id: hk-", "id: again-")));

        assertTrue(findings(twice).contains("warning: hk-warrant: permits the same as again-warrant"));
    }

    @Test
    void finds_a_treaty_only_hold_whose_treaties_are_suspended() {
        assertFinds(
                "warning: holds/hk-pause: accepts requests through treaties only, and no treaty of HK is active,"
                        + " so it refuses everything",
                HOLD,
                "mode: PAUSE",
                "mode: TREATY-ONLY");
    }

    @Test
    void finds_an_overdue_review() {
        assertFinds(
                "warning: holds/hk-pause: its review was due by 2026-11-23T12:00:00Z; it goes on until people lift it",
                HOLD,
                "review-by: 2027-01-06T00:00:00+08:00",
                "review-by: 2026-11-23T12:00:00Z");
    }

    @Test
    void finds_an_exception_wider_than_its_hold() {
        assertFinds(
                "warning: holds/hk-pause/trafficking: is wider than its hold: the hold does not cover action PRESERVE",
                HOLD,
                "instrument: [HK-WARRANT]",
                "action: [DISCLOSE, PRESERVE]");
    }

    @Test
    void finds_one_reference_for_two_texts() {
        assertFinds(
                "error: postures/refuse/hk-pause: hk-pause@1 says something else in holds/hk-pause;"
                        + " give one of them an id of its own",
                "postures/refuse/hk.yaml",
                "id: hk-deny\nversion: 2",
                "id: hk-pause\nversion: 1");
    }

    @Test
    void finds_a_source_that_nobody_has_looked_at_for_a_year() {
        Instant later = Instant.parse("2027-11-24T00:00:00Z");

        assertTrue(Linter.check(Small.rulebook(), later).stream()
                .anyMatch(finding -> finding.toString()
                        .equals("warning: us-sw: was last compared with its source on 2026-11-23: 18 USC 2703")));
    }
}
