package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutates valid bodies: whatever comes, the gateway neither fails nor takes what is not one strict request. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class FuzzTest {

    private static final long NANOS = 3_000_000_000L;

    /** However slow the machine is. */
    private static final int LEAST = 200;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token = Tokens.agent("us-fbi");
    private final byte[] valid =
            SampleRequest.usWarrant().sealed(Gateways.institutions()).bytes();

    @Test
    void changed_bytes_never_make_it_fail_and_are_taken_only_if_they_are_still_a_request() throws Exception {
        long seed = System.nanoTime();
        System.out.println("FuzzTest bytes, seed " + seed);
        Random random = new Random(seed);
        int taken = 0;
        int tried = 0;
        for (long end = System.nanoTime() + NANOS; tried < LEAST || System.nanoTime() < end; tried++) {
            byte[] body = changed(random);
            taken += check(body, seed) ? 1 : 0;
        }
        assertTrue(taken < tried, "everything was taken");
        Gateways.wholeLog();
    }

    @Test
    void changed_values_never_make_it_fail_and_are_taken_only_if_they_are_still_a_request() throws Exception {
        long seed = System.nanoTime();
        System.out.println("FuzzTest values, seed " + seed);
        Random random = new Random(seed);
        int tried = 0;
        for (long end = System.nanoTime() + NANOS; tried < LEAST || System.nanoTime() < end; tried++) {
            ObjectNode json = (ObjectNode) JSON.readTree(valid);
            for (int i = 0; i <= random.nextInt(3); i++) {
                changeOne(json, random);
            }
            check(JSON.writeValueAsBytes(json), seed);
        }
        Gateways.wholeLog();
    }

    /** @return whether it was taken */
    private boolean check(byte[] body, long seed) throws IOException, InterruptedException {
        long before = Gateways.size();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(Gateways.url() + "/v1/requests"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String what = "seed " + seed + ", status " + answer.statusCode() + ", body "
                + new String(body, StandardCharsets.ISO_8859_1);
        if (answer.statusCode() == 201) {
            JsonNode json = JSON.readTree(body); // throws if it is no JSON at all
            assertEquals(json.has("necessity") ? 16 : 15, json.size(), what); // the one that may be left out
            assertTrue(json.at("/targets").size() > 0, what);
            assertTrue(json.at("/instrument/kind").asText().matches("[A-Z0-9-]+"), what);
            assertEquals(before + 1, Gateways.size(), what);
            return true;
        }
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 413, what);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""),
                what);
        assertEquals(before, Gateways.size(), what);
        return false;
    }

    private byte[] changed(Random random) {
        byte[] body = valid.clone();
        switch (random.nextInt(5)) {
            case 0 -> body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            case 2 -> body = Arrays.copyOf(body, random.nextInt(body.length));
            case 3 -> {
                int from = random.nextInt(body.length);
                int count = random.nextInt(body.length - from);
                byte[] longer = Arrays.copyOf(body, body.length + count);
                System.arraycopy(body, from, longer, body.length, count);
                body = longer;
            }
            default -> {
                int from = random.nextInt(body.length);
                int count = Math.min(random.nextInt(40), body.length - from);
                byte[] shorter = Arrays.copyOf(body, body.length - count);
                System.arraycopy(body, from + count, shorter, from, body.length - from - count);
                body = shorter;
            }
        }
        return body;
    }

    private static void changeOne(ObjectNode root, Random random) {
        List<Runnable> changes = new ArrayList<>();
        collect(root, random, changes);
        changes.get(random.nextInt(changes.size())).run();
    }

    private static void collect(JsonNode node, Random random, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                changes.add(() -> object.set(name, value(random, object.get(name))));
                changes.add(() -> object.remove(name));
                changes.add(() -> object.set(name + random.nextInt(10), object.get(name)));
                collect(object.get(name), random, changes);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, value(random, array.get(at))));
                changes.add(() -> array.add(array.get(0)));
                collect(array.get(i), random, changes);
            }
        }
    }

    private static JsonNode value(Random random, JsonNode old) {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextDouble());
            case 4 -> NODES.textNode("");
            case 5 -> NODES.textNode("UNKNOWN");
            case 6 -> NODES.textNode("\u202e" + old.asText());
            case 7 -> NODES.textNode(old.asText().toLowerCase(java.util.Locale.ROOT));
            case 8 -> NODES.textNode(old.asText() + " ");
            case 9 -> NODES.textNode(old.asText() + old.asText());
            case 10 -> NODES.textNode("a".repeat(random.nextInt(5000)));
            case 11 -> NODES.arrayNode().add(old);
            case 12 -> NODES.objectNode().set("a", old);
            default -> NODES.textNode("9999-12-31T23:59:59Z");
        };
    }
}
