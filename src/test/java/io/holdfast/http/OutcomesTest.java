package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Check;
import io.holdfast.legal.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One request for each outcome, and what each of them keeps from the store. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class OutcomesTest {

    /** The six requests under the hold that every log begins with, as the-grid.md has them. */
    static Stream<Arguments> the_six_requests() {
        return Stream.of(
                Arguments.of("takedown", SampleRequest.takedown(), "REFERRED", "APPROVALS_OUTSTANDING"),
                Arguments.of("identification", SampleRequest.identification(), "HELD", "HELD_PENDING_REVIEW"),
                Arguments.of("trafficking", SampleRequest.trafficking(), "REFERRED", "EXCEPTION_APPLIES"),
                Arguments.of("threat to life", SampleRequest.threatToLife(), "REFERRED", "EXCEPTION_APPLIES"),
                Arguments.of("forged emergency", SampleRequest.forgedEmergency(), "HELD", "HELD_PENDING_REVIEW"),
                Arguments.of("US warrant", SampleRequest.usWarrant(), "REFERRED", "APPROVALS_OUTSTANDING"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("the_six_requests")
    void a_request_of_the_grid_comes_out_as_the_grid_says_and_leaves_the_store_alone(
            String name, SampleRequest request, String outcome, String reason) throws Exception {
        SampleRequest sent = name.startsWith("forged")
                ? request.sealedBy(Gateways.institutions(), "hk-magistrates-courts")
                : request.sealed(Gateways.institutions());
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided = Gateways.submitAsIs(sent);

            assertEquals(outcome, decided.get("outcome").asText());
            assertEquals(reason, decided.at("/decision/reasons/0").asText());
            JsonNode problem =
                    problem(Gateways.deliver(decided.get("request").asText(), request.sender()), 403, "not-released");
            assertTrue(problem.get("detail").asText().contains(outcome));
            assertEquals(List.of(), store.questions());
        }
    }

    @Test
    void a_held_request_says_which_hold_when_it_is_reviewed_and_the_statement() {
        JsonNode decided = Gateways.submit(SampleRequest.identification());

        assertEquals("hk-nsl-2020@1", decided.at("/decision/hold").asText());
        assertEquals("2027-01-05T16:00:00Z", decided.at("/decision/review-by").asText());
        assertTrue(decided.at("/statements/0/en").asText().startsWith("Since 1 July 2020"));
    }

    @Test
    void a_reason_is_told_in_two_languages_and_by_its_ground_where_there_is_one() {
        JsonNode held = Gateways.submit(SampleRequest.identification()).at("/reasons/0");
        JsonNode refused = Gateways.submit(SampleRequest.usWarrant().with("channel", "TREATY"))
                .at("/reasons/0");

        assertEquals(
                Reason.HELD_PENDING_REVIEW.chinese(),
                held.get("sentence-zh-Hant").asText());
        assertEquals(Reason.HELD_PENDING_REVIEW.sentence(), held.get("sentence").asText());
        assertFalse(held.has("annex-iii"));
        assertEquals("CHANNEL_SUSPENDED", refused.get("code").asText());
        assertEquals("OTHER", refused.get("annex-iii").asText());
    }

    @Test
    void a_warrant_with_a_forged_seal_is_refused_and_the_store_is_asked_nothing() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided =
                    Gateways.submitAsIs(SampleRequest.usWarrant().sealedBy(Gateways.institutions(), "us-fbi"));

            assertEquals("REFUSED", decided.get("outcome").asText());
            String id = decided.get("request").asText();
            problem(Gateways.deliver(id, "us-fbi"), 403, "not-released");
            assertEquals(List.of(), store.questions());
            WholeLog log = Gateways.wholeLog();
            assertEquals(List.of(EntryKind.REQUEST_DECIDED), log.kindsOn(id));
            Event.RequestDecided event =
                    (Event.RequestDecided) log.on(id).get(0).event();
            assertEquals(Check.Result.FAILED, event.checks().get(Check.DOCUMENT_SEALED));
            assertEquals(Check.Result.PASSED, event.checks().get(Check.SEAL_MATCHES));
        }
    }

    @Test
    void a_request_whose_issuer_is_not_enrolled_is_returned_and_says_what_is_missing() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided =
                    Gateways.submitAsIs(SampleRequest.usWarrant().with("instrument.issuedBy", "us-court-of-nowhere"));

            assertEquals("RETURNED", decided.get("outcome").asText());
            assertEquals("[\"authority\"]", decided.at("/decision/missing").toString());
            problem(Gateways.deliver(decided.get("request").asText(), "us-fbi"), 403, "not-released");
            assertEquals(List.of(), store.questions());
            Gateways.wholeLog();
        }
    }

    @Test
    void a_preservation_letter_is_released_at_once_and_hands_nothing_over() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided = Gateways.submit(SampleRequest.usPreservation());

            assertEquals("RELEASED", decided.get("outcome").asText());
            assertEquals(
                    "[\"PRESERVE-AT-ONCE\"]",
                    decided.at("/decision/obligations/duties").toString());
            problem(Gateways.deliver(decided.get("request").asText(), "us-fbi"), 409, "nothing-to-deliver");
            assertEquals(List.of(), store.questions());
            Gateways.wholeLog();
        }
    }

    @Test
    void a_user_whom_the_store_knows_elsewhere_is_not_handed_over() throws Exception {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        Gateways.approveTwice(decided);
        try (UserStore store = UserStore.of("DE")) {
            JsonNode problem = problem(Gateways.deliver(id, "us-fbi"), 502, "delivery-failed");

            assertEquals(1, store.questions().size());
            assertTrue(problem.get("detail").asText().contains("USER_ELSEWHERE"));
            assertEquals(
                    EntryKind.DELIVERY_FAILED, Gateways.wholeLog().kindsOn(id).get(5));
        }
    }

    @Test
    void a_store_that_does_not_answer_can_be_tried_again() throws Exception {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        Gateways.approveTwice(decided);
        JsonNode waits = json(Gateways.deliver(id, "us-fbi"), 202);
        assertEquals("STORE_UNAVAILABLE", waits.get("waits-for").asText());

        try (UserStore store = UserStore.of("HK")) {
            Gateways.deliverAndCollect(id, "us-fbi");

            assertEquals(1, store.questions().size());
            List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
            assertEquals(
                    List.of(EntryKind.ACCESSED, EntryKind.PACKAGE_MADE, EntryKind.DELIVERED, EntryKind.PASSED),
                    kinds.subList(4, kinds.size()));
        }
    }

    @Test
    void four_calls_at_the_same_time_make_one_package() throws Exception {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        String id = decided.get("request").asText();
        Gateways.approveTwice(decided);
        try (UserStore store = UserStore.of("HK")) {
            List<Integer> statuses = Stream.of(1, 2, 3, 4)
                    .parallel()
                    .map(i -> Gateways.deliver(id, "us-fbi").statusCode())
                    .sorted()
                    .toList();

            assertTrue(statuses.contains(200), statuses.toString());
            assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 202), statuses.toString());
            assertEquals(1, store.questions().size());
            List<EntryKind> kinds = Gateways.wholeLog().kindsOn(id);
            assertEquals(
                    1, kinds.stream().filter(EntryKind.PACKAGE_MADE::equals).count());
        }
    }
}
