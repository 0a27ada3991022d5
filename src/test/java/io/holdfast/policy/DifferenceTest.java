package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Rulebook SHIPPED = Small.load(shipped());

    private static PolicySet shipped() {
        try {
            return PolicySet.read(Path.of("policies"));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Hold> posture(String name) {
        return SHIPPED.posture(name).orElseThrow();
    }

    private static Rulebook with(String path, String text, String other) {
        SortedMap<String, byte[]> files = shipped().files();
        String before = new String(files.get(path), StandardCharsets.UTF_8);
        String after = before.replace(text, other);
        assertFalse(after.equals(before), "nothing to replace in " + path);
        files.put(path, after.getBytes(StandardCharsets.UTF_8));
        return Small.load(PolicySet.of(files));
    }

    private static Difference difference(Rulebook next) {
        return Difference.between(SHIPPED, List.of(), next, List.of(), Requests.NOW);
    }

    @Test
    void a_change_of_holds_is_told_the_same_by_looking_only_at_what_they_apply_to() {
        List<List<Hold>> stances = List.of(
                List.of(),
                SHIPPED.startHolds(),
                SHIPPED.startHolds().subList(1, SHIPPED.startHolds().size()),
                posture("pause-pending-review"),
                posture("deny-until-review"));
        for (List<Hold> before : stances) {
            for (List<Hold> after : stances.subList(2, stances.size())) {
                Difference whole = Difference.between(SHIPPED, before, SHIPPED, after, Requests.NOW);
                Difference only = Difference.ofHolds(SHIPPED, before, after, Requests.NOW);

                assertEquals(whole.changes(), only.changes());
                assertTrue(only.points() <= whole.points());
            }
        }
    }

    @Test
    void a_set_decides_like_itself() {
        assertEquals(
                List.of(),
                Difference.between(SHIPPED, SHIPPED.startHolds(), SHIPPED, SHIPPED.startHolds(), Requests.NOW)
                        .changes());
    }

    @Test
    void from_a_pause_to_a_denial_what_was_held_is_refused_and_the_exceptions_close() {
        Difference difference = Difference.between(
                SHIPPED, posture("pause-pending-review"), SHIPPED, posture("deny-until-review"), Requests.NOW);

        difference.told(SHIPPED.vocabulary()).forEach(told -> System.out.println("DifferenceTest: " + told.sentence()));
        System.out.println("DifferenceTest: " + difference.moves());
        assertEquals(0, difference.opening());
        assertTrue(
                difference.told(SHIPPED.vocabulary()).stream()
                        .allMatch(told -> told.sentence().startsWith("Hong Kong: ")),
                () -> difference.told(SHIPPED.vocabulary()).toString());
        assertEquals(java.util.Set.of("held to refused", "released on 2 approvals to refused"), moves(difference));
    }

    private static java.util.Set<String> moves(Difference difference) {
        return difference.moves().stream().map(Difference.Move::toString).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void every_witness_is_decided_as_the_difference_says() {
        Difference difference = Difference.between(
                SHIPPED, posture("pause-pending-review"), SHIPPED, posture("withdraw"), Requests.NOW);

        for (Difference.Change change : difference.changes()) {
            assertEquals(change.from().kind(), kind(change, posture("pause-pending-review")), change::toString);
            assertEquals(change.to().kind(), kind(change, posture("withdraw")), change::toString);
        }
    }

    /** Through the front door, with enough approvals. */
    private static Difference.Kind kind(Difference.Change change, List<Hold> holds) {
        return Difference.Kind.valueOf(SHIPPED.decide(
                        change.witness().facts().withApprovals(9),
                        new HoldsInForce(0, holds),
                        change.witness().at())
                .outcome()
                .name());
    }

    @Test
    void a_word_more_in_a_grant_is_told_as_what_it_opens() {
        Difference difference = difference(with(
                "packs/us-sca.yaml",
                "category: [SUBSCRIBER, IDENTIFICATION]",
                "category: [SUBSCRIBER, IDENTIFICATION, TRAFFIC]"));

        assertTrue(difference.opening() > 0);
        assertTrue(difference.changes().stream()
                .allMatch(change -> change.opens()
                        && change.instrument().code().equals("US-SUBPOENA")
                        && change.category().code().equals("TRAFFIC")));
        assertTrue(
                difference
                        .told(SHIPPED.vocabulary())
                        .get(0)
                        .sentence()
                        .contains("what was refused becomes released on 2 approvals"),
                () -> difference.told(SHIPPED.vocabulary()).toString());
    }

    @Test
    void one_approval_less_opens_and_one_more_does_not() {
        Difference fewer = difference(with("packs/us-sca.yaml", "approvals: 2", "approvals: 1"));
        assertTrue(fewer.opening() > 0);
        assertTrue(moves(fewer).contains("released on 2 approvals to released on 1 approval"));

        Difference more = difference(with("packs/us-sca.yaml", "approvals: 2", "approvals: 3"));
        assertFalse(more.changes().isEmpty());
        assertEquals(0, more.opening());
    }

    @Test
    void to_let_data_leave_in_clear_opens_and_to_encrypt_them_again_does_not() {
        Rulebook clear = with(
                "packs/us-sca.yaml",
                "approvals: 2",
                "unencrypted: {cite: \"A treaty\", status: UNVERIFIED}\n    approvals: 2");
        Difference opened = difference(clear);

        assertEquals(
                opened.changes().stream().mapToLong(Difference.Change::cells).sum(), opened.opening());
        assertEquals(
                java.util.Set.of("released on 2 approvals to released on 2 approvals, also unencrypted"),
                moves(opened));
        Difference closed = Difference.between(clear, List.of(), SHIPPED, List.of(), Requests.NOW);
        assertFalse(closed.changes().isEmpty());
        assertEquals(0, closed.opening());
        assertTrue(new Difference.Fate(Difference.Kind.RELEASED, 3, true)
                .isLooserThan(new Difference.Fate(Difference.Kind.RELEASED, 2)));
    }

    @Test
    void another_name_for_the_same_rules_is_no_difference() {
        assertEquals(
                List.of(),
                difference(with("packs/us-sca.yaml", "us-subpoena", "us-subpoena-2"))
                        .changes());
    }
}
