package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.OpenedPackage;
import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.fixture.Seals;
import io.holdfast.fixture.WholeLog;
import io.holdfast.tlog.Tile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A word that nobody else uses, planted wherever a person could be named, is found under seal and nowhere else. */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class CanaryTest {

    private static final String CANARY = "canary7q3x9zk";

    private final List<String> seen = new ArrayList<>();

    private String answer(Response response) {
        String text = response.headers() + "\n" + response.body().asString();
        seen.add(text);
        return text;
    }

    private static String agent() {
        return Tokens.agent("us-fbi", CANARY + "-agent");
    }

    private static SampleRequest planted() {
        return SampleRequest.usWarrant()
                .with("officer.name", CANARY + " Officer")
                .with("officer.badge", CANARY + "-badge")
                .with("officer.email", CANARY + "@agency.example")
                .with("instrument.docket", CANARY + "-docket")
                .with("caseReference", CANARY + " case")
                .with("necessity", CANARY + " is why")
                .with(
                        "targets",
                        SampleRequest.usWarrant()
                                .json()
                                .arrayNode()
                                .add(SampleRequest.target("EMAIL", CANARY + "@example.org"))
                                .add(SampleRequest.target("USER-ID", CANARY))
                                .add(SampleRequest.target("HANDLE", "@" + CANARY)));
    }

    private Response send(SampleRequest request, String key) {
        return Gateways.as(agent())
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(request.bytes())
                .post("/v1/requests");
    }

    @Test
    void what_is_personal_is_under_seal_and_nowhere_else() throws Exception {
        JsonNode decided;
        try (UserStore store = UserStore.of("HK")) {
            Response submitted = send(planted().sealed(Gateways.institutions()), CANARY + "-key");
            answer(submitted);
            decided = json(submitted, 201);
            assertEquals("REFERRED", decided.get("outcome").asText(), "the seal is not over what was planted");
            approveAndDeliver(
                    decided.get("request").asText(),
                    decided.at("/record/version").asText());
            assertEquals(3, store.questions().size());
        }
        sealsOfTheSender();
        holdsWithReasons();
        erasures(decided);
        lookUps();
        wrongRequests();
        wrongPaths();
        for (String path : List.of("/q/metrics", "/q/health", "/q/health/live", "/q/health/ready", "/q/openapi")) {
            answer(given().get(path));
        }

        nothingIn("an answer", String.join("\n", seen));
        WholeLog log = Gateways.wholeLog();
        nothingIn("an entry", log.decoded());
        nothingIn("a tile", new String(tile(log), StandardCharsets.ISO_8859_1));
        nothingIn("the gateway's own log", Files.readString(Gateways.folder().resolve("gateway.log")));
        nothingOnDisk();
        openedByAnAuditor(decided);
        nothingIsLeftOfItOnceItIsShredded(decided);
    }

    /** Attempts that leave the case as it is. */
    private void erasures(JsonNode decided) {
        String id = decided.get("request").asText();
        String opening = "/v1/records/" + decided.at("/record/index").asLong() + "/claims/" + CANARY + "/opening";
        for (String role : List.of(Caller.LEGAL_OPERATOR, Caller.REVIEWER)) {
            String token = Tokens.of(CANARY + "-" + role, role);
            for (String body : List.of(
                    "{\"reason\":\"RETENTION-ENDED\"}",
                    "{\"reason\":\"" + CANARY + "\"}",
                    "{\"reason\":\"RETENTION-ENDED\",\"proposal\":\"" + CANARY + "\"}")) {
                answer(erase(id, token, body));
            }
            answer(Gateways.as(token).post(opening));
            answer(Gateways.as(token)
                    .contentType("application/json")
                    .body("{\"recipient\":\"" + CANARY + "\"}")
                    .post(opening.replace(CANARY, "officer")));
        }
    }

    private void lookUps() {
        for (String role : List.of(Caller.LEGAL_OPERATOR, Caller.AUDITOR, Caller.REVIEWER)) {
            String token = Tokens.of(CANARY + "-" + role, role);
            for (String body : List.of(
                    "{\"type\":\"OFFICER\",\"value\":\"" + CANARY + "@agency.example\"}",
                    "{\"type\":\"ACCOUNT-USER-ID\",\"value\":\"" + CANARY + "\"}",
                    "{\"type\":\"ACCOUNT-PHONE\",\"value\":\"" + CANARY + "\"}",
                    "{\"type\":\"" + CANARY + "\",\"value\":\"" + CANARY + "\"}",
                    "{\"type\":\"OFFICER\",\"" + CANARY + " x\":\"" + CANARY + "\"}",
                    CANARY)) {
                answer(Gateways.as(token)
                        .contentType("application/json")
                        .body(body)
                        .post("/v1/look-ups"));
            }
            answer(Gateways.as(token).post("/v1/look-ups/" + CANARY));
        }
    }

    private static Response erase(String id, String token, String body) {
        return Gateways.as(token).contentType("application/json").body(body).post("/v1/requests/" + id + "/erasure");
    }

    private void nothingIsLeftOfItOnceItIsShredded(JsonNode decided) throws Exception {
        String id = decided.get("request").asText();
        Path data = Gateways.folder().resolve("data");
        List<byte[]> secrets = secretsOf(id);
        assertEquals(7, secrets.size(), "the key, and what the request, three approvals and two receipts sealed");
        secrets.forEach(secret -> assertFalse(RawFiles.holding(data, secret).isEmpty(), "the search finds nothing"));

        answer(erase(id, Tokens.of(CANARY + "-another", Caller.LEGAL_OPERATOR), "{\"reason\":\"RETENTION-ENDED\"}"));
        assertEquals(
                410, Gateways.approve(id, "ab".repeat(32), Tokens.reviewer(1)).statusCode());

        secrets.forEach(secret -> assertEquals(List.of(), RawFiles.holding(data, secret)));
        assertEquals(List.of(), secretsOf(id));
        nothingIn("an answer", String.join("\n", seen));
        nothingIn("an entry", Gateways.wholeLog().decoded());
        nothingOnDisk();
    }

    /** What the database keeps of a case under seal. */
    private static List<byte[]> secretsOf(String id) throws Exception {
        List<byte[]> secrets = new ArrayList<>();
        String url = "jdbc:sqlite:" + Gateways.folder().resolve("data/holdfast.db");
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement select = connection.prepareStatement("SELECT wrapped FROM case_key WHERE case_id = ?"
                        + " UNION ALL SELECT box FROM sealed WHERE case_id = ?")) {
            select.setString(1, id);
            select.setString(2, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    secrets.add(row.getBytes(1));
                }
            }
        }
        return secrets;
    }

    private void approveAndDeliver(String id, String version) throws Exception {
        for (int i = 1; i <= 2; i++) {
            String reviewer = Tokens.of(CANARY + "-reviewer-" + i, Caller.REVIEWER);
            answer(Gateways.approve(id, version, reviewer));
            answer(Gateways.as(reviewer).get("/v1/reviews?limit=200"));
        }
        answer(Gateways.approve(id, version, Tokens.of(CANARY + "-reviewer-1", Caller.REVIEWER)));
        answer(Gateways.as(Tokens.auditor()).get("/v1/requests/" + id));
        // What is handed over names the account to whoever asked for it, and to nobody else.
        Response packed = Gateways.as(agent()).post("/v1/requests/" + id + "/delivery");
        json(packed, 200);
        answer(packed);
        nothingOnDisk();
        Response handedOver = Gateways.as(agent()).post("/v1/requests/" + id + "/downloads");
        nothingIn("a package", new String(handedOver.asByteArray(), StandardCharsets.ISO_8859_1));
        nothingIn("its headers", handedOver.headers().toString());
        OpenedPackage opened = OpenedPackage.of(handedOver.asByteArray(), Institutions.RECIPIENT);
        assertTrue(opened.pages().toString().contains(CANARY));
        nothingIn("the names of its files", opened.files().keySet().toString());
        nothingIn("its letter", new String(opened.files().get("letter.txt"), StandardCharsets.UTF_8));
        for (String manifest :
                List.of("00".repeat(64), opened.manifest().receipt().hex())) {
            answer(Gateways.as(agent())
                    .contentType("application/json")
                    .body("{\"manifest\":\"" + manifest + "\"}")
                    .post("/v1/requests/" + id + "/receipt"));
        }
        answer(Gateways.as(agent()).post("/v1/requests/" + id + "/delivery"));
        answer(Gateways.as(agent()).post("/v1/requests/" + id + "/downloads"));
    }

    private void sealsOfTheSender() {
        String seal = Seals.jws(
                Seals.HEADER,
                ("{\"docket\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8),
                Gateways.institutions().seal("us-district-court"));
        answer(send(SampleRequest.usWarrant().with("document.seal", seal), CANARY + "-key-2"));
        answer(send(
                SampleRequest.usWarrant().with("document.seal", CANARY + "." + CANARY + "." + CANARY),
                CANARY + "-key-3"));
        answer(send(planted().with("caseReference", "another"), CANARY + "-key"));
    }

    private void holdsWithReasons() {
        for (String path : List.of("/v1/holds/hk-nsl-2020/lift", "/v1/holds/no-such-hold/lift")) {
            answer(Gateways.as(Tokens.of(CANARY + "-operator", Caller.LEGAL_OPERATOR))
                    .contentType("application/json")
                    .body("{\"reason\":\"" + CANARY + " wants it lifted.\"}")
                    .post(path));
        }
        answer(Gateways.as(Tokens.of(CANARY + "-operator", Caller.LEGAL_OPERATOR))
                .contentType("application/json")
                .body("{\"hold\":" + Gateways.holdOnUsersIn("GI", "gibraltar") + ",\"reason\":\"" + CANARY
                        + " said so.\"}")
                .post("/v1/holds"));
    }

    private void wrongRequests() {
        String valid = planted().text();
        Stream.of(
                        planted().with("officer.email", CANARY),
                        planted().with("officer.phone", CANARY),
                        planted().with("officer.name", CANARY + "\u0000"),
                        planted().with("officer." + CANARY + " Name", "x"),
                        planted().with("instrument.docket", CANARY + " with spaces"),
                        planted().with("document.seal", CANARY + "!"),
                        planted().with("document.sha512", CANARY),
                        planted().withTarget("EMAIL", CANARY),
                        planted().withTarget("PHONE", CANARY),
                        planted().with("caseReference", CANARY.repeat(20)),
                        planted().with("necessity", CANARY.repeat(400)),
                        planted().without("action"))
                .forEach(request -> answer(send(request, CANARY + "-wrong")));
        for (String body : List.of(
                valid.substring(0, valid.length() - 1),
                valid.replace("\"" + CANARY + " case\"", CANARY),
                "{\"caseReference\":\"" + CANARY + "\",\"caseReference\":\"" + CANARY + "\"}",
                "\"" + CANARY + "\"",
                "[\"" + CANARY + "\"]",
                CANARY)) {
            answer(Gateways.as(agent())
                    .contentType("application/json")
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .post("/v1/requests"));
        }
        answer(send(planted(), CANARY + " with spaces"));
    }

    private void wrongPaths() {
        answer(Gateways.as(agent()).get("/v1/requests/" + CANARY));
        answer(Gateways.as(agent()).get("/v1/" + CANARY));
        answer(Gateways.as(agent()).get("/" + CANARY));
        answer(Gateways.as(Tokens.auditor()).get("/v1/records/" + CANARY));
        answer(Gateways.as(Tokens.auditor()).get("/log/tile/" + CANARY));
        answer(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?jurisdiction=" + CANARY));
        answer(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?" + CANARY + "=1"));
        answer(Gateways.as(Tokens.reviewer(1)).get("/v1/reviews?after=" + CANARY));
        answer(Gateways.as(CANARY).get("/v1/holds"));
        answer(Gateways.as(Tokens.of(CANARY, "no-role")).get("/v1/holds"));
    }

    private static byte[] tile(WholeLog log) {
        return given().get(
                        "/log/" + Tile.Hashes.at(0, 0, log.checkpoint().size()).path())
                .asByteArray();
    }

    private static void nothingOnDisk() throws Exception {
        int files = 0;
        try (Stream<Path> walk = Files.walk(Gateways.folder().resolve("data"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                nothingIn("the name of a file", file.toString());
                nothingIn(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                files++;
            }
        }
        assertTrue(files >= 5, "database, keys, mark and lock");
    }

    /** Where it is: so the search would have found it, had it been anywhere else. */
    private static void openedByAnAuditor(JsonNode decided) {
        long index = decided.at("/record/index").asLong();
        String disclosure = json(
                        Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/officer/opening"), 200)
                .get("disclosure")
                .asText();
        assertTrue(Disclosure.parse(disclosure).value().toString().contains(CANARY));
    }

    /** In clear, or as base64 at any of the three places where it can begin in a group. */
    private static void nothingIn(String where, String text) {
        String low = text.toLowerCase(Locale.ROOT);
        assertFalse(
                low.contains(CANARY),
                () -> "found in " + where + ": "
                        + text.substring(Math.max(0, low.indexOf(CANARY) - 100), low.indexOf(CANARY)));
        for (int shift = 0; shift < 3; shift++) {
            String encoded = Seals.base64url(("x".repeat(shift) + CANARY).getBytes(StandardCharsets.UTF_8));
            String core = encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 4);
            assertFalse(text.contains(core), "found as base64 in " + where);
        }
    }
}
