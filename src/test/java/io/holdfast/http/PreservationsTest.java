package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.EntryKind;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order to keep data over HTTP: the gateway tells the store by itself, and the sender extends, links and gives up. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class PreservationsTest {

    private static final String SENDER = SampleRequest.usPreservation().sender();

    private static String submitted() {
        JsonNode decided = Gateways.submit(SampleRequest.usPreservation());
        assertEquals("RELEASED", decided.get("outcome").asText());
        return decided.get("request").asText();
    }

    private static JsonNode shown(String id) {
        return json(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id), 200);
    }

    /** The gateway looks every two seconds. */
    private static JsonNode awaited(String id, String state) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        JsonNode shown = shown(id);
        while (!shown.get("state").asText().equals(state) && Instant.now().isBefore(end)) {
            Thread.sleep(100);
            shown = shown(id);
        }
        assertEquals(state, shown.get("state").asText());
        return shown;
    }

    private static Response ask(String id, String what, String token) {
        return Gateways.as(token).post("/v1/requests/" + id + "/preservation/" + what);
    }

    private static Response ask(String id, String what, String body, String token) {
        return Gateways.as(token)
                .contentType("application/json")
                .body(body)
                .post("/v1/requests/" + id + "/preservation/" + what);
    }

    @Test
    void the_store_is_told_by_itself_and_a_copy_is_extended_linked_given_up_and_dropped() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            String id = submitted();
            JsonNode kept = awaited(id, "PRESERVED");
            Instant receipt = Instant.parse(kept.at("/entries/0/at").asText());
            assertEquals(
                    receipt.plus(Duration.ofDays(90)).toString(),
                    kept.at("/preservation/until").asText());
            // Orders of other tests wait for a store too, and this one has come up for all of them.
            assertTrue(store.copies().contains(id), store.copies()::toString);
            assertTrue(store.questions().isEmpty(), "no data was read");
            problem(Gateways.deliver(id, SENDER), 409, "nothing-to-deliver");

            JsonNode extended = json(ask(id, "extension", Tokens.agent(SENDER)), 200);

            assertEquals(
                    receipt.plus(Duration.ofDays(180)).toString(),
                    extended.at("/preservation/until").asText());
            problem(ask(id, "extension", Tokens.agent(SENDER)), 409, "preservation-blocked");
            String production =
                    Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
            JsonNode linked =
                    json(ask(id, "production", "{\"request\":\"" + production + "\"}", Tokens.agent(SENDER)), 200);
            assertEquals(production, linked.at("/preservation/production").asText());
            assertFalse(json(ask(id, "withdrawal", Tokens.agent(SENDER)), 200)
                    .at("/preservation/kept")
                    .asBoolean());
            awaited(id, "DROPPED");
            assertFalse(store.copies().contains(id), store.copies()::toString);
            assertTrue(Gateways.wholeLog()
                    .kindsOn(id)
                    .containsAll(List.of(
                            EntryKind.PRESERVED,
                            EntryKind.PRESERVATION_EXTENDED,
                            EntryKind.PRESERVATION_BLOCKED,
                            EntryKind.PRESERVATION_LINKED,
                            EntryKind.PRESERVATION_ENDED,
                            EntryKind.COPY_DROPPED)));
        }
    }

    @Test
    void nobody_but_the_sender_asks_for_anything_and_nobody_learns_of_a_request_of_others() throws IOException {
        String id = submitted();
        String other = SampleRequest.identification().sender();
        problem(ask(id, "extension", Tokens.agent(other)), 404, "not-found");
        problem(ask(id, "withdrawal", Tokens.reviewer(1)), 403, "forbidden");
        problem(ask(id, "confirmation", "{\"accounts\":1}", Tokens.agent(SENDER)), 403, "forbidden");
        problem(ask(id, "confirmation", "{\"accounts\":2}", Tokens.legal()), 400, "malformed-request");
        problem(ask(id, "production", "{\"request\":\"x\"}", Tokens.agent(SENDER)), 400, "malformed-request");
    }

    @Test
    void a_person_says_that_it_was_done_where_the_store_is_not_told() throws Exception {
        String id = submitted(); // and no store answers
        JsonNode kept = json(ask(id, "confirmation", "{\"accounts\":1}", Tokens.legal()), 200);
        assertEquals("PRESERVED", kept.get("state").asText());
        problem(ask(id, "confirmation", "{\"accounts\":1}", Tokens.legal()), 409, "nothing-to-confirm");
    }
}
