package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GrantWordsTest {

    private static Rulebook rulebook;

    @BeforeAll
    static void read() throws PolicyException {
        rulebook = PolicySet.read(Path.of("policies")).relocked().rulebook();
    }

    @Test
    void clocks_say_who_acts_within_what_time_what_stops_it_and_what_silence_means() {
        assertEquals(
                List.of(
                        "The platform answers within 10 days of receipt; the clock stops from a question to the issuer"
                                + " until its answer, and from an objection until the court or the issuer has ruled on it,"
                                + " and from a ground for refusal raised by the notified authority until it is withdrawn.",
                        "The platform objects for a conflict of laws within 10 days of receipt.",
                        "The issuer answers a question of the platform within 5 days of the question.",
                        "The notified authority raises a ground for refusal within 10 days of its notification;"
                                + " silence obliges the platform, and people confirm it."),
                words("eu-epo-con").get("clocks"));
    }

    @Test
    void short_times_are_in_hours_as_the_laws_have_them() {
        List<String> clocks = words("eu-epo-sub-unvalidated").get("clocks");
        assertEquals(
                "The issuing State validates what was issued without validation within 48 hours of issue.",
                clocks.get(clocks.size() - 1));
        assertEquals(
                "The platform answers within 8 hours of receipt;", clocks.get(0).substring(0, 47));
    }

    @Test
    void what_is_kept_says_for_how_long_and_what_comes_after() {
        assertEquals(
                List.of("Kept for 90 days, and once for 90 days more on the issuer's request; then deleted."),
                words("us-pres").get("preservation"));
        assertEquals(
                List.of("Kept for 60 days, and once for 30 days more on the issuer's request; without an end once"
                        + " production was asked for."),
                words("eu-epo-pres").get("preservation"));
    }

    @Test
    void an_order_that_can_be_served_too_late_says_so() {
        assertEquals(
                List.of("Within 3 months of its issue; it is void after that."),
                words("uk-copo").get("served"));
        assertFalse(words("us-sw").containsKey("served"));
    }

    @Test
    void what_only_people_answer_says_so_and_what_nobody_approves() {
        assertEquals(
                List.of("2 different people approve the exact version. People answer it: the gateway itself never"
                        + " releases it."),
                words("hk-nsl-s4-disable").get("approvals"));
        assertEquals(List.of("Nobody has to approve."), words("us-pres").get("approvals"));
    }

    @Test
    void a_condition_that_is_not_there_accepts_anything_and_places_go_by_their_group() {
        Map<String, List<String>> words = words("eu-epo-sub");
        assertEquals(List.of("Any."), words.get("offence"));
        assertEquals(List.of("EU-EVIDENCE, 26 places."), words.get("issuer-jurisdiction"));
        assertEquals(List.of("Regulation (EU) 2023/1543: READ on 2026-11-23"), words.get("source"));
        assertFalse(words.containsKey("user-jurisdiction"));
    }

    private static Map<String, List<String>> words(String id) {
        Grant grant = rulebook.grants().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        return new GrantWords(rulebook.vocabulary())
                .of(grant).stream().collect(Collectors.toMap(GrantWords.Line::name, GrantWords.Line::says));
    }
}
