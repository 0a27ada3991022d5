package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTestsTest {

    @Test
    void the_tables_beside_the_small_rulebook_pass() {
        assertEquals(List.of(), PolicyTests.run(Small.rulebook()).failures());
    }

    @Test
    void a_case_that_differs_says_how() {
        Rulebook rulebook = Small.load(Small.with(
                "tests/hk.test.yaml",
                Small.text("tests/hk.test.yaml")
                        .replace("exceptions: []}", "exceptions: [hk-pause/other]}")
                        .replace("{outcome: HELD, reasons: [HELD_PENDING_REVIEW]", "{outcome: REFUSED, reasons: []")));

        PolicyTests.Result failure = PolicyTests.run(rulebook).failures().get(0);

        assertEquals("tests/hk.test.yaml:26", failure.where());
        assertEquals("a warrant is held", failure.name());
        assertEquals(
                List.of(
                        "outcome: expected REFUSED, found HELD",
                        "reasons: expected [], found [HELD_PENDING_REVIEW]",
                        "exceptions: expected [hk-pause/other], found []"),
                failure.differences());
    }

    @Test
    void a_case_may_say_what_is_asked_of_the_platform() {
        String table = Small.text("tests/hk.test.yaml");
        String right = "exceptions: [hk-pause/trafficking]\n      approvals: 2\n      notice: AFTER\n      clock: {}\n"
                + "      duties: []\n";
        Rulebook asked = Small.load(
                Small.with("tests/hk.test.yaml", table.replace("exceptions: [hk-pause/trafficking]\n", right)));
        assertEquals(List.of(), PolicyTests.run(asked).failures());

        String wrong = right.replace("approvals: 2", "approvals: 3")
                .replace("AFTER", "BEFORE")
                .replace("clock: {}", "clock: {answer: P10D}\n      preserve: {for: P90D}")
                .replace("duties: []", "duties: [CALL-BACK]");
        Rulebook other = Small.load(
                Small.with("tests/hk.test.yaml", table.replace("exceptions: [hk-pause/trafficking]\n", wrong)));
        assertEquals(
                List.of(
                        "approvals: expected 3, found 2",
                        "notice: expected BEFORE, found AFTER",
                        "clock: expected [Deadline[step=ANSWER, within=PT240H, stops=[], silence=Optional.empty]],"
                                + " found []",
                        "preserve: expected Preservation[period=PT2160H, extension=Optional.empty,"
                                + " untilProduced=false], found none",
                        "duties: expected [CALL_BACK], found []"),
                PolicyTests.run(other).failures().get(0).differences());
    }

    @Test
    void that_data_leave_in_clear_is_compared_also_where_a_case_does_not_say_so() {
        String grant = "basis: \"Cap. 232 s.50(7)\"";
        String pack = Small.text("packs/hk.yaml");
        assertTrue(pack.contains(grant), pack);
        Rulebook clear = Small.load(Small.with(
                "packs/hk.yaml",
                pack.replace(grant, grant + "\n    unencrypted: {cite: \"An agreement\", status: UNVERIFIED}")));

        PolicyTests.Result failure = PolicyTests.run(clear).failures().get(0);
        assertEquals("a trafficking warrant is looked at by people", failure.name());
        assertEquals(List.of("unencrypted: expected false, found true"), failure.differences());

        String said = Small.text("tests/hk.test.yaml")
                .replace(
                        "exceptions: [hk-pause/trafficking]\n",
                        "exceptions: [hk-pause/trafficking]\n      unencrypted: true\n");
        assertEquals(
                List.of("unencrypted: expected true, found false"),
                PolicyTests.run(Small.load(Small.with("tests/hk.test.yaml", said)))
                        .failures()
                        .get(0)
                        .differences());
    }

    @Test
    void coverage_names_the_rules_that_no_case_exercises() {
        PolicyTests.Report report = PolicyTests.run(Small.rulebook());

        assertEquals(
                Set.of("hk-mla", "hk-notice", "hk-warrant"), report.grants().fired());
        assertEquals(
                Set.of("eu-epo-content", "eu-epo-emergency", "us-letter", "us-sw"),
                report.grants().silent());
        assertEquals(Set.of("postures/wind-down/cn-never"), report.holds().silent());
        assertEquals(Set.of("holds/hk-pause/trafficking"), report.exceptions().fired());
    }
}
