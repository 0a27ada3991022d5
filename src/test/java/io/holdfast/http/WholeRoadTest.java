package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.audit.Entry;
import io.holdfast.audit.EntryKind;
import io.holdfast.audit.Event;
import io.holdfast.audit.Leaf;
import io.holdfast.fixture.OpenedPackage;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.DataCategory;
import io.holdfast.note.Checkpoint;
import io.holdfast.tlog.ProofCheck;
import io.holdfast.tlog.ProofFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a warrant to a package, over HTTP, with nothing faked but the platform's store. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class WholeRoadTest {

    @Test
    void a_warrant_is_referred_approved_by_two_people_released_narrowed_and_delivered_once() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
            String id = decided.get("request").asText();
            assertEquals("REFERRED", decided.get("outcome").asText());
            assertEquals(
                    "APPROVALS_OUTSTANDING", decided.at("/decision/reasons/0").asText());

            String version = decided.at("/record/version").asText();
            JsonNode once = json(Gateways.approve(id, version, Tokens.reviewer(1)), 201);
            assertEquals("REFERRED", once.get("outcome").asText());
            assertEquals(1, once.get("approvals").asInt());
            JsonNode twice = json(Gateways.approve(id, version, Tokens.reviewer(2)), 201);
            assertEquals("RELEASED", twice.get("outcome").asText());
            assertEquals(
                    "[\"CONTENT\",\"SUBSCRIBER\"]",
                    twice.at("/decision/scope/granted").toString());
            assertEquals(
                    "{\"LIVE-CONTENT\":\"CATEGORY_NOT_REACHED\"}",
                    twice.at("/decision/scope/withheld").toString());
            assertEquals(List.of(), store.questions(), "the store was asked before anybody collected");

            JsonNode packed = json(Gateways.deliver(id, "us-fbi"), 200);

            assertEquals(1, store.questions().size());
            assertEquals(
                    "[\"SUBSCRIBER\",\"CONTENT\"]",
                    store.questions().get(0).get("categories").toString());
            assertFalse(packed.toString().contains("sample"));
            OpenedPackage opened = Gateways.collect(id, "us-fbi");
            JsonNode data = opened.pages().get(0).get("data");
            assertEquals(2, data.size());
            assertEquals("content of the account", data.at("/CONTENT/sample").asText());
            assertFalse(opened.pages().toString().contains("LIVE-CONTENT"));

            assertEquals(
                    1,
                    json(Gateways.deliver(id, "us-fbi"), 200)
                            .at("/package/downloads")
                            .asInt());
            assertEquals(1, store.questions().size());
            problem(Gateways.receipt(id, "us-fbi", "00".repeat(64)), 409, "other-package");
            json(Gateways.receipt(id, "us-fbi", opened.manifest().receipt().hex()), 201);
            problem(Gateways.deliver(id, "us-fbi"), 409, "already-delivered");
            problem(Gateways.download(id, "us-fbi"), 409, "already-delivered");

            JsonNode shown = json(Gateways.as(Tokens.agent("us-fbi")).get("/v1/requests/" + id), 200);
            assertTrue(shown.get("delivered").asBoolean());
            WholeLog log = Gateways.wholeLog();
            assertEquals(
                    List.of(
                            EntryKind.REQUEST_DECIDED,
                            EntryKind.APPROVAL_GIVEN,
                            EntryKind.APPROVAL_GIVEN,
                            EntryKind.REQUEST_DECIDED,
                            EntryKind.ACCESSED,
                            EntryKind.PACKAGE_MADE,
                            EntryKind.DELIVERED,
                            EntryKind.PASSED,
                            EntryKind.DELIVERY_FAILED,
                            EntryKind.PACKAGE_RECEIVED,
                            EntryKind.PACKAGE_DELETED),
                    log.kindsOn(id));
            Event.Delivered last = (Event.Delivered) log.on(id).get(6).event();
            assertEquals(Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT), last.categories());
            assertEquals(1, last.accounts());
            assertEquals(2, last.items());
            assertEquals(opened.manifest().digest(), last.digest());
        }
    }

    @Test
    void people_find_it_in_the_queue_narrow_it_and_it_is_handed_over_as_far_as_they_left_it() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            String id =
                    Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
            JsonNode waiting = waiting(id);
            assertEquals(
                    "[\"CONTENT\",\"SUBSCRIBER\"]", waiting.at("/scope/granted").toString());

            JsonNode narrowed = json(
                    Gateways.as(Tokens.reviewer(1))
                            .contentType("application/json")
                            .body("{\"version\":" + waiting.get("version") + ",\"categories\":[\"SUBSCRIBER\"]}")
                            .post("/v1/requests/" + id + "/narrowing"),
                    201);
            assertEquals(narrowed.at("/record/version"), waiting(id).get("version"));
            assertEquals("[\"SUBSCRIBER\"]", waiting(id).at("/scope/granted").toString());
            Gateways.approveTwice(narrowed);
            OpenedPackage opened = Gateways.deliverAndCollect(id, "us-fbi");

            assertTrue(waiting(id).isMissingNode());
            assertEquals(
                    "[\"SUBSCRIBER\"]",
                    store.questions().get(0).get("categories").toString());
            assertEquals(1, opened.pages().get(0).get("data").size());
            Gateways.wholeLog();
        }
    }

    /** As the queue shows it; missing if it does not. */
    private static JsonNode waiting(String id) {
        String path = "/v1/reviews?limit=200&after=";
        JsonNode page = json(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?limit=200"), 200);
        while (true) {
            for (JsonNode one : page.get("reviews")) {
                if (one.get("request").asText().equals(id)) {
                    return one;
                }
            }
            if (!page.has("next")) {
                return MissingNode.getInstance();
            }
            page = json(
                    Gateways.as(Tokens.reviewer(1)).get(path + page.get("next").asText()), 200);
        }
    }

    @Test
    void every_answer_carries_a_proof_that_anybody_can_check() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
            checkProof(decided);
            checkProof(Gateways.approveTwice(decided));
            JsonNode delivered = json(Gateways.deliver(decided.get("request").asText(), "us-fbi"), 200);
            checkProof(delivered);
            assertEquals(1, store.questions().size());
            Gateways.wholeLog();
        }
    }

    @Test
    void the_record_of_an_old_entry_and_its_proof_are_served_later() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        long index = decided.at("/record/index").asLong();
        Gateways.submit(SampleRequest.usPreservation());

        JsonNode record = json(Gateways.as(Tokens.auditor()).get("/v1/records/" + index), 200);
        String proof = Gateways.as(Tokens.auditor())
                .get("/v1/records/" + index + "/proof")
                .body()
                .asString();

        assertEquals(decided.get("record"), record);
        checkProof(record.get("leaf").asText(), index, proof);
        Gateways.wholeLog();
    }

    @Test
    void who_was_seen_before_is_found_until_the_case_is_shredded() {
        String account = "road.account@example.org";
        JsonNode held = Gateways.submit(SampleRequest.identification().withTarget("EMAIL", account));
        JsonNode waits = Gateways.submit(SampleRequest.usWarrant().withTarget("EMAIL", account));
        long first = held.at("/record/index").asLong();
        long second = waits.at("/record/index").asLong();
        assertEquals("[" + second + "," + first + "]", seen(account));

        for (int operator = 1; operator <= 2; operator++) {
            Gateways.as(Tokens.of("legal-operator-" + operator, Caller.LEGAL_OPERATOR))
                    .contentType("application/json")
                    .body("{\"reason\":\"RETENTION-ENDED\"}")
                    .post("/v1/requests/" + held.get("request").asText() + "/erasure");
        }

        assertEquals("[" + second + "]", seen(account));
        assertEquals(
                410,
                Gateways.as(Tokens.auditor())
                        .post("/v1/records/" + first + "/claims/targets/opening")
                        .statusCode());
        Gateways.wholeLog();
    }

    private static String seen(String account) {
        return json(
                        Gateways.as(Tokens.auditor())
                                .contentType("application/json")
                                .body("{\"type\":\"ACCOUNT-EMAIL\",\"value\":\"" + account + "\"}")
                                .post("/v1/look-ups"),
                        200)
                .get("entries")
                .toString();
    }

    private static void checkProof(JsonNode answer) {
        checkProof(
                answer.at("/record/leaf").asText(),
                answer.at("/record/index").asLong(),
                answer.get("proof").asText());
    }

    private static void checkProof(String leafText, long index, String proofText) {
        Leaf leaf = Leaf.of(leafText.getBytes(StandardCharsets.US_ASCII));
        assertEquals(leafText, Entry.parse(leaf).leaf().text());
        ProofFile proof = ProofFile.parse(proofText.getBytes(StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.open(
                proof.checkpoint().getBytes(StandardCharsets.UTF_8), List.of(Gateways.logKey()), Gateways.ORIGIN);
        assertEquals(index, proof.index());
        assertTrue(ProofCheck.includes(leaf.hash(), index, checkpoint.size(), proof.hashes(), checkpoint.root()));
    }
}
