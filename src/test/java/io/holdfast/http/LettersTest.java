package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Event;
import io.holdfast.fixture.OpenedPackage;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.holdfast.legal.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the sender of a request is told in plain words, over HTTP, on the road from a warrant to a package. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class LettersTest {

    private static Response letter(String id, String token, String query) {
        return Gateways.as(token).get("/v1/requests/" + id + "/letter" + query);
    }

    private static String text(String id, String token, String query) {
        Response response = letter(id, token, query);
        assertEquals(200, response.statusCode(), response.asString());
        assertEquals("text/plain;charset=utf-8", response.contentType().replace(" ", ""));
        return response.asString();
    }

    private static String text(String id) {
        return text(id, Tokens.agent("us-fbi"), "");
    }

    @Test
    void the_letter_follows_the_case_and_names_the_record_that_it_was_made_from() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            JsonNode decided = Gateways.submit(SampleRequest.usWarrantWithoutOrder());
            String id = decided.get("request").asText();
            String received = text(id);
            assertTrue(received.startsWith("We have received your request\n"), received);
            assertTrue(received.contains("record " + decided.at("/record/index").asText() + " of the log "
                    + Gateways.ORIGIN + ", leaf hash "
                    + decided.at("/record/version").asText()));

            Gateways.approveTwice(decided);
            assertTrue(text(id).startsWith("Your request is granted, and waits\n"));
            json(
                    Gateways.as(Tokens.legal())
                            .contentType("application/json")
                            .body("{\"means\":\"LETTER\",\"told\":\""
                                    + java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                                    + "\"}")
                            .post("/v1/requests/" + id + "/notice"),
                    201);
            assertTrue(text(id).startsWith("Your request is granted\n"));
            OpenedPackage opened = Gateways.deliverAndCollect(id, "us-fbi");
            String cover = new String(opened.files().get("letter.txt"), StandardCharsets.UTF_8);
            assertTrue(cover.startsWith("Data for your request\n"), cover);
            WholeLog log = Gateways.wholeLog();
            String delivered = log.on(id).stream()
                    .filter(entry -> entry.event() instanceof Event.Delivered)
                    .map(entry -> entry.leaf().hash().hex())
                    .findFirst()
                    .orElseThrow();
            String over = text(id);

            assertTrue(over.startsWith("Your data were handed over\n"), over);
            assertTrue(over.contains(delivered), over);
            assertTrue(over.contains(opened.manifest().digest().hex()), over);
            assertEquals(1, store.questions().size());
        }
    }

    @Test
    void a_sender_in_hong_kong_reads_both_languages_or_the_one_asked_for_and_no_name() {
        JsonNode held = Gateways.submit(SampleRequest.identification());
        String id = held.get("request").asText();
        String agent = Tokens.agent("hk-police-nsd");
        String both = text(id, agent, "");
        assertTrue(both.contains("Your request is on hold") && both.contains("貴方的要求現正暫緩處理"), both);
        assertTrue(both.contains(Reason.HELD_PENDING_REVIEW.chinese()), both);
        String chinese = text(id, agent, "?language=zh-Hant");
        assertFalse(chinese.contains("Your request"), chinese);
        assertEquals("zh-Hant", letter(id, agent, "?language=zh-Hant").header("Content-Language"));
        SampleRequest sent = SampleRequest.identification();
        for (String place : new String[] {
            "/officer/name",
            "/officer/email",
            "/officer/badge",
            "/targets/0/value",
            "/instrument/docket",
            "/caseReference"
        }) {
            String personal = sent.json().at(place).asText();
            assertFalse(both.contains(personal), place);
        }
    }

    @Test
    void only_the_sender_and_legal_people_read_it() {
        String id = Gateways.submit(SampleRequest.usWarrant()).get("request").asText();
        text(id, Tokens.legal(), "?language=en");
        problem(letter(id, Tokens.agent("hk-police"), ""), 404, "not-found");
        problem(letter(id, Tokens.reviewer(1), ""), 403, "forbidden");
        problem(letter(id, Tokens.legal(), "?language=fr"), 400, "malformed-request");
    }
}
