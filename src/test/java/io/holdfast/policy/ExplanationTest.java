package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Offence;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Rulebook RULEBOOK = Small.rulebook();
    private static final HoldsInForce START = new HoldsInForce(1, RULEBOOK.startHolds());

    private static List<String> explain(Requests request) {
        return Explanation.of(RULEBOOK, request.facts(), START, Requests.NOW);
    }

    @Test
    void says_which_hold_keeps_a_request_and_until_when() {
        assertEquals(
                List.of(
                        "Hong Kong asks by Magistrate's warrant to disclose: Subscriber data, Data to identify only.",
                        "Hold hk-pause@1 covers it (Hong Kong: disclosure paused): PAUSE, to be reviewed by"
                                + " 2027-01-05T16:00:00Z.",
                        "Subscriber data: no. Requests of this kind are on hold. Nothing is processed until the hold has"
                                + " been reviewed.",
                        "Data to identify only: no. Requests of this kind are on hold. Nothing is processed until the"
                                + " hold has been reviewed.",
                        "Held by hk-pause@1.",
                        "Requests of this kind are on hold. Nothing is processed until the hold has been reviewed.",
                        "The passing of time alone can change this answer at 2027-05-01T00:00:00Z."),
                explain(Requests.hkWarrant()));
    }

    @Test
    void says_which_exception_opens_which_hold() {
        Requests request = Requests.hkWarrant();
        request.categories = Set.of(DataCategory.SUBSCRIBER);
        request.offences = Set.of(Offence.HUMAN_TRAFFICKING);

        List<String> sentences = explain(request);

        assertEquals(
                "Subscriber data: permitted by hk-warrant (Cap. 232 s.50(7)), through the exception"
                        + " hk-pause/trafficking.",
                sentences.get(2));
        assertEquals("Referred to people.", sentences.get(3));
        assertEquals("Approvals: 0 of 2; notice AFTER.", sentences.get(6));
    }

    @Test
    void says_where_data_may_leave_in_clear() {
        Requests request = Requests.usWarrant();
        request.approvals = 2;
        Rulebook clear = Small.load(Small.with(
                "packs/us.yaml",
                Small.text("packs/us.yaml")
                        .replace(
                                "notice: BEFORE",
                                "notice: BEFORE\n    unencrypted: {cite: \"A treaty\", status: UNVERIFIED}")));

        assertTrue(Explanation.of(clear, request.facts(), START, Requests.NOW)
                .contains("Approvals: 2 of 2; notice BEFORE; unencrypted where there is no certificate."));
        assertEquals(
                List.of("May be handed over in clear to an authority without a certificate. A treaty: UNVERIFIED"),
                new GrantWords(clear.vocabulary())
                                .of(clear.grants().stream()
                                        .filter(grant -> grant.id().equals("us-sw"))
                                        .findFirst()
                                        .orElseThrow())
                                .stream()
                                .filter(line -> line.name().equals("unencrypted"))
                                .findFirst()
                                .orElseThrow()
                                .says());
    }

    @Test
    void says_what_is_withheld_and_why() {
        Requests request = Requests.usWarrant();
        request.categories = Set.of(DataCategory.CONTENT, DataCategory.LIVE_CONTENT);
        request.approvals = 2;

        assertEquals(
                List.of(
                        "United States asks by Search warrant to disclose: Content, Live content.",
                        "Content: permitted by us-sw (18 USC 2703(a)).",
                        "Live content: no. The instrument does not reach this category of data.",
                        "Released, narrowed to Content.",
                        "The request meets the rules, and everything that was required has been done.",
                        "Approvals: 2 of 2; notice BEFORE.",
                        "The passing of time alone can change this answer at 2027-05-01T00:00:00Z."),
                explain(request));
    }

    @Test
    void says_what_is_missing() {
        Requests request = Requests.usWarrant();
        request.emergency = Emergency.UNKNOWN;
        request.categories = Set.of();

        assertEquals(
                List.of(
                        "United States asks by Search warrant to disclose: nothing that is known.",
                        "Returned. Missing or unknown: category, emergency.",
                        "Something that is needed to decide is missing or unknown."),
                explain(request).subList(0, 3));
    }
}
