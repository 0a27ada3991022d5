package io.holdfast.http;

import static io.holdfast.http.Gateways.problem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.RecordedHold;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.WholeLog;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.JudgedCheckpoint;
import io.holdfast.note.SignatureType;
import io.holdfast.note.SignedNote;
import io.holdfast.note.TrustPolicy;
import io.holdfast.note.VerifierKey;
import io.holdfast.policy.PolicySet;
import io.holdfast.tlog.Bundle;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.Tile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log as programs that nobody here wrote read it. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class LogReadTest {

    @BeforeEach
    void something_is_in_the_log() {
        Gateways.submit(SampleRequest.identification());
    }

    @Test
    void the_checkpoint_is_public_signed_and_never_cached() {
        Response answer = given().get("/log/checkpoint");

        assertEquals(200, answer.statusCode());
        assertEquals("no-cache", answer.header("Cache-Control"));
        assertEquals("text/plain; charset=utf-8", answer.header("Content-Type"));
        Checkpoint checkpoint = Checkpoint.open(answer.asByteArray(), List.of(Gateways.logKey()), Gateways.ORIGIN);
        assertTrue(checkpoint.size() > 1);
    }

    @Test
    void an_unchanged_checkpoint_is_not_sent_again() {
        Response first = given().get("/log/checkpoint");
        Response again = given().header("If-None-Match", first.header("ETag")).get("/log/checkpoint");

        assertEquals(304, again.statusCode());
        assertEquals("no-cache", again.header("Cache-Control"));
        assertEquals(0, again.asByteArray().length);

        Gateways.submit(SampleRequest.identification());
        Response grown = given().header("If-None-Match", first.header("ETag")).get("/log/checkpoint");
        assertEquals(200, grown.statusCode());
    }

    @Test
    void the_checkpoint_bears_the_signature_of_both_log_keys_and_the_ed25519_one_first() {
        TrustPolicy policy =
                TrustPolicy.parse(Gateways.wellKnown().get("policy").asText().getBytes(UTF_8));
        SignedNote note = SignedNote.parse(Gateways.checkpoint());

        JudgedCheckpoint judged = policy.judge(note, Instant.now());

        assertEquals(
                List.of(SignatureType.ED25519, SignatureType.ML_DSA_44),
                judged.logKeys().stream().map(VerifierKey::type).toList());
        assertEquals(Gateways.logKey().label(), note.signatures().get(0).label());
        assertEquals(2, note.signatures().size());
    }

    @Test
    void everybody_can_read_where_the_log_is_and_which_keys_it_has() {
        JsonNode known = Gateways.wellKnown();

        assertEquals(Gateways.ORIGIN, known.get("origin").asText());
        assertEquals("/log/checkpoint", known.get("checkpoint").asText());
        assertEquals("record log log-ml-dsa-44 grant", String.join(" ", known.findValuesAsText("purpose")));
        assertTrue(known.findValuesAsText("key").contains(Gateways.logKey().toString()));
        String policy = known.get("policy").asText();
        assertTrue(policy.startsWith("log " + Gateways.logKey() + "\nlog " + Gateways.ORIGIN + "+"), policy);
        assertTrue(policy.endsWith("\nquorum none\n"), policy);
        assertFalse(known.get("quorum-awaited").asBoolean());
        assertFalse(known.get("entries-public").asBoolean());
        assertEquals(200, given().get(known.get("tiles").asText() + "0/000.p/1").statusCode());
    }

    @Test
    void entries_are_compressed_for_whoever_can_read_that_and_hashes_never() throws Exception {
        String path = "/log/tile/entries/000.p/2";
        HttpResponse<byte[]> plain = raw(path, "identity, gzip;q=0");
        HttpResponse<byte[]> packed = raw(path, "br, gzip;q=0.5");

        assertEquals(Optional.of("gzip"), packed.headers().firstValue("Content-Encoding"));
        assertEquals(Optional.empty(), plain.headers().firstValue("Content-Encoding"));
        for (HttpResponse<byte[]> answer : List.of(plain, packed)) {
            assertEquals(Optional.of("Accept-Encoding"), answer.headers().firstValue("Vary"));
            assertEquals(
                    Optional.of("application/octet-stream"), answer.headers().firstValue("Content-Type"));
        }
        assertTrue(packed.body().length < plain.body().length);
        assertArrayEquals(plain.body(), new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
        assertEquals(
                Optional.empty(), raw("/log/tile/0/000.p/2", "gzip").headers().firstValue("Content-Encoding"));
    }

    private static HttpResponse<byte[]> raw(String path, String encoding) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(Gateways.url() + path))
                                .header("Authorization", "Bearer " + Tokens.auditor())
                                .header("Accept-Encoding", encoding)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/01",
                "0/200",
                "0/999.p/1",
                "64/000.p/1",
                "00/000.p/1",
                "0/0",
                "0/000.p/",
                "0/x000/000.p/1",
                "entries/000.p/0",
                "entries/999"
            })
    void a_tile_that_is_empty_or_not_there_or_spelt_otherwise_is_not_found_and_that_is_not_cached(String path) {
        Response answer = Gateways.as(Tokens.auditor()).get("/log/tile/" + path);

        problem(answer, 404, "not-found");
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void hash_tiles_are_public_and_cached_for_ever() {
        long size = Gateways.size();
        Response answer = given().get("/log/" + Tile.Hashes.at(0, 0, size).path());

        assertEquals(200, answer.statusCode());
        assertEquals("public, max-age=31536000, immutable", answer.header("Cache-Control"));
        assertEquals("application/octet-stream", answer.contentType());
        assertEquals(Math.min(size, 256) * Hash.BYTES, answer.asByteArray().length);
    }

    @Test
    void a_partial_tile_of_any_width_that_the_log_has_reached_is_the_beginning_of_the_wider_one() {
        byte[] wide = given().get("/log/tile/0/000.p/2").asByteArray();

        byte[] narrow = given().get("/log/tile/0/000.p/1").asByteArray();

        assertEquals(2 * Hash.BYTES, wide.length);
        assertArrayEquals(narrow, Arrays.copyOf(wide, Hash.BYTES));
    }

    @Test
    void entries_need_the_role_of_an_auditor() {
        String path = "/log/tile/entries/000.p/1";
        problem(given().get(path), 401, "unauthenticated");
        problem(Gateways.as("nonsense").get(path), 401, "unauthenticated");
        problem(Gateways.as(Tokens.agent("us-fbi")).get(path), 403, "forbidden");
        problem(Gateways.as(Tokens.legal()).get(path), 403, "forbidden");

        Response answer = Gateways.as(Tokens.auditor()).get(path);

        assertEquals(200, answer.statusCode());
        assertEquals("private, max-age=31536000, immutable", answer.header("Cache-Control"));
        assertEquals(
                1, Bundle.decode(new Tile.Entries(0, 1), answer.asByteArray()).size());
    }

    @Test
    void the_texts_of_holds_need_the_role_of_an_auditor_and_are_called_as_an_export_calls_them() {
        Event.Genesis genesis =
                (Event.Genesis) Gateways.wholeLog().entries().get(0).event();
        RecordedHold hold = genesis.holds().get(0);
        String path = "/log/holds/" + hold.texts().hex() + ".json";
        problem(given().get(path), 401, "unauthenticated");
        problem(Gateways.as(Tokens.legal()).get(path), 403, "forbidden");

        Response answer = Gateways.as(Tokens.auditor()).get(path);

        assertEquals(200, answer.statusCode());
        assertEquals("private, no-store", answer.header("Cache-Control"));
        assertEquals(hold.hold().id(), hold.with(answer.asByteArray()).id());
        for (String none :
                List.of("holds/x.json", "holds/" + "0".repeat(64) + ".json", "checkpoints/1", "checkpoints/x")) {
            problem(Gateways.as(Tokens.auditor()).get("/log/" + none), 404, "not-found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/999",
                "0/999.p/255",
                "1/000.p/255",
                "7/000.p/1",
                "63/000.p/1",
                "0/x999/x999/x999/x999/x999/999",
                "0/0",
                "0/00",
                "0/0000",
                "0/000.p/0",
                "0/000.p/01",
                "0/000.p/256",
                "0/000.p/1000",
                "0/000.p",
                "0/000/",
                "0/000.p/1/",
                "0/x000/000",
                "00/000",
                "64/000",
                "-1/000",
                "0/-01",
                "0/+01",
                "0/000.p/%31",
                "%30/000.p/1",
                "0/000%2Ep/1",
                "0/000.p/1?x=1/..",
                "0/000.P/1",
                "data/000",
                "entries",
                "..%2f..%2fholdfast.db",
                "0/\u0660\u0660\u0660"
            })
    void a_tile_that_is_not_there_or_is_spelt_otherwise_is_not_found(String path) {
        Response answer = given().urlEncodingEnabled(false).get("/log/tile/" + path.replace("\u0660", "%D9%A0"));

        if (path.contains("?") || path.contains("%3") || path.contains("%2E")) {
            // The transport's own spellings of one path: the same tile or none, never another.
            byte[] tile = given().get("/log/tile/0/000.p/1").asByteArray();
            assertTrue(answer.statusCode() == 404 || Arrays.equals(tile, answer.asByteArray()));
        } else {
            problem(answer, 404, "not-found");
        }
    }

    @Test
    void an_old_checkpoint_is_a_beginning_of_the_new_one() {
        Checkpoint old = Checkpoint.open(Gateways.checkpoint(), List.of(Gateways.logKey()), Gateways.ORIGIN);
        Gateways.submit(SampleRequest.identification());

        WholeLog log = Gateways.wholeLog();

        io.holdfast.tlog.Frontier frontier = io.holdfast.tlog.Frontier.empty();
        for (Entry entry : log.entries().subList(0, (int) old.size())) {
            frontier = frontier.append(entry.leaf().hash());
        }
        assertEquals(old.root(), frontier.root());
    }

    @Test
    void the_rulebook_that_the_log_names_can_be_fetched_and_proves_itself() throws Exception {
        String digest = Gateways.wholeLog().entries().get(0).envelope().rulebook();

        Response answer = Gateways.as(Tokens.auditor()).get("/v1/rulebooks/" + digest);

        assertEquals(200, answer.statusCode());
        PolicySet set = RulebookArchive.read(answer.asByteArray());
        assertEquals(digest, set.rulebook().digest());
    }

    @Test
    void a_sealed_claim_is_opened_only_after_an_entry_says_so() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        long index = decided.at("/record/index").asLong();

        JsonNode opened = Gateways.json(
                Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/docket/opening"), 200);

        Disclosure disclosure = Disclosure.parse(opened.get("disclosure").asText());
        assertEquals("SAMPLE-2026-0001", disclosure.value().asText());
        WholeLog log = Gateways.wholeLog();
        assertTrue(log.entries().get((int) index).seals(disclosure));
        List<Entry> entries = log.on(decided.get("request").asText());
        assertEquals(
                new Event.ClaimOpened("docket", index),
                entries.get(entries.size() - 1).event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Caller.AGENT,
                Caller.REVIEWER,
                Caller.LEGAL_OPERATOR,
                Caller.LEGAL_APPROVER,
                Caller.PLATFORM_ENGINEER,
                Caller.REPORT_EDITOR
            })
    void an_attempt_of_another_role_to_open_a_claim_is_forbidden_and_recorded(String role) {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        long index = decided.at("/record/index").asLong();

        problem(
                Gateways.as(Tokens.of("somebody", role)).post("/v1/records/" + index + "/claims/docket/opening"),
                403,
                "forbidden");

        List<Entry> entries = Gateways.wholeLog().on(decided.get("request").asText());
        assertEquals(
                new Event.ClaimOpeningBlocked("docket", index, Event.Blocked.NOT_PERMITTED),
                entries.get(entries.size() - 1).event());
    }

    @Test
    void a_claim_is_opened_for_whoever_is_named_and_the_entry_keeps_the_name_under_seal() {
        JsonNode decided = Gateways.submit(SampleRequest.usWarrant());
        long index = decided.at("/record/index").asLong();

        JsonNode opened = Gateways.json(
                Gateways.as(Tokens.auditor())
                        .contentType("application/json")
                        .body("{\"recipient\":\"Supervisor 7\"}")
                        .post("/v1/records/" + index + "/claims/docket/opening"),
                200);

        long opening = opened.at("/record/index").asLong();
        assertEquals("claim-opened", opened.at("/record/kind").asText());
        assertEquals("Supervisor 7", openedValue(opening, "recipient"));
        assertEquals("auditor-1", openedValue(opening, "person"));
        assertFalse(Gateways.wholeLog().decoded().contains("Supervisor 7"));
    }

    private static String openedValue(long index, String claim) {
        String text = Gateways.json(
                        Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/" + claim + "/opening"),
                        200)
                .get("disclosure")
                .asText();
        return Disclosure.parse(text).value().asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"recipient\":\"\"}", "{\"recipient\":7}", "{\"recipient\":\"a\\u202eb\"}", "{\"to\":\"x\"}"})
    void a_recipient_that_is_none_is_refused_and_nothing_is_opened(String body) {
        long index =
                Gateways.submit(SampleRequest.usWarrant()).at("/record/index").asLong();
        byte[] before = Gateways.checkpoint();

        problem(
                Gateways.as(Tokens.auditor())
                        .contentType("application/json")
                        .body(body)
                        .post("/v1/records/" + index + "/claims/docket/opening"),
                400,
                "malformed-request");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_word_that_names_no_claim_gets_into_no_entry() {
        long index =
                Gateways.submit(SampleRequest.usWarrant()).at("/record/index").asLong();
        byte[] before = Gateways.checkpoint();

        problem(
                Gateways.as(Tokens.reviewer(1)).post("/v1/records/" + index + "/claims/a-name/opening"),
                403,
                "forbidden");

        assertArrayEquals(before, Gateways.checkpoint());
    }

    @Test
    void a_claim_that_an_entry_does_not_have_cannot_be_opened() {
        byte[] before = Gateways.checkpoint();

        problem(Gateways.as(Tokens.auditor()).post("/v1/records/0/claims/officer/opening"), 404, "not-found");

        assertArrayEquals(before, Gateways.checkpoint());
        assertFalse(Gateways.wholeLog().entries().isEmpty());
    }

    @Test
    void health_is_told_without_a_token_and_says_nothing_of_people() {
        assertEquals(200, given().get("/q/health/live").statusCode());

        JsonNode ready = Gateways.json(given().get("/q/health/ready"), 200);

        assertEquals("UP", ready.get("status").asText());
        assertEquals("UP", Gateways.check(ready, "ledger").get("status").asText());
        assertEquals("UP", Gateways.check(ready, "witnesses").get("status").asText());
    }
}
