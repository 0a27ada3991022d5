package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A call that is repeated has its effect once. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class IdempotencyTest {

    private final SampleRequest request = SampleRequest.usWarrant().sealed(Gateways.institutions());
    private final String key = UUID.randomUUID().toString();

    private Response send(SampleRequest sent, String idempotencyKey, String token) {
        return Gateways.as(token)
                .contentType("application/json")
                .header("Idempotency-Key", idempotencyKey)
                .body(sent.bytes())
                .post("/v1/requests");
    }

    @Test
    void the_same_key_and_body_give_the_first_answer_again() {
        JsonNode first = json(send(request, key, Tokens.agent("us-fbi")), 201);
        Gateways.submit(SampleRequest.identification());
        long size = Gateways.size();

        JsonNode second = json(send(request, key, Tokens.agent("us-fbi")), 201);

        assertEquals(first.get("request"), second.get("request"));
        assertEquals(first.get("record"), second.get("record"));
        assertEquals(size, Gateways.size());
        Gateways.wholeLog();
    }

    @Test
    void the_same_key_with_another_body_is_a_conflict_and_nothing_is_written() {
        json(send(request, key, Tokens.agent("us-fbi")), 201);
        byte[] before = Gateways.checkpoint();

        problem(
                send(request.with("caseReference", "CASE 2"), key, Tokens.agent("us-fbi")),
                409,
                "idempotency-key-reused");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void the_same_key_of_another_person_is_another_key() {
        JsonNode first = json(send(request, key, Tokens.agent("us-fbi", "agent-1")), 201);

        JsonNode second = json(send(request, key, Tokens.agent("us-fbi", "agent-2")), 201);

        assertNotEquals(first.get("request"), second.get("request"));
    }

    @Test
    void a_key_that_cannot_be_one_is_refused_and_nothing_is_written() {
        byte[] before = Gateways.checkpoint();

        problem(send(request, "with spaces in it", Tokens.agent("us-fbi")), 400, "malformed-request");
        problem(send(request, "k".repeat(65), Tokens.agent("us-fbi")), 400, "malformed-request");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void twenty_calls_at_once_with_one_key_make_one_entry() throws Exception {
        long size = Gateways.size();
        String token = Tokens.agent("us-fbi");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<JsonNode>> calls = IntStream.range(0, 20)
                    .<Callable<JsonNode>>mapToObj(i -> () -> json(send(request, key, token), 201))
                    .toList();
            Set<String> ids = threads.invokeAll(calls).stream()
                    .map(IdempotencyTest::get)
                    .map(answer -> answer.get("request").asText() + answer.at("/record/index"))
                    .collect(Collectors.toSet());

            assertEquals(1, ids.size());
            assertEquals(size + 1, Gateways.size());
            Gateways.wholeLog();
        } finally {
            threads.shutdownNow();
        }
    }

    private static JsonNode get(Future<JsonNode> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
