package io.holdfast.http;

import static io.holdfast.http.Gateways.json;
import static io.holdfast.http.Gateways.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Event;
import io.holdfast.audit.Event.Blocked;
import io.holdfast.audit.Leaf;
import io.holdfast.cli.CommandLineInterface;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.ErasureReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole erasure as operator and auditor see it: over HTTP, and with the commands that an auditor runs. Before and after,
 * the log verifies and replays; before, a sealed claim opens and proves itself; after, it opens no more, and the log says so.
 */
@QuarkusTest
@QuarkusTestResource(RunningGateway.class)
class ShredACaseTest {

    @TempDir
    Path folder;

    /** What a command printed, and how it ended. */
    private record Ended(int code, String out) {

        Ended with(int expected) {
            assertEquals(expected, code, out);
            return this;
        }
    }

    private static Ended run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code = CommandLineInterface.run(arguments, options -> 3);
            return new Ended(code, out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private Path token(String name, String token) throws Exception {
        return Files.writeString(folder.resolve(name), token);
    }

    private Path exported(String name) throws Exception {
        Path export = folder.resolve(name);
        run(
                        "log",
                        "export",
                        "--to",
                        export.toString(),
                        "--url",
                        Gateways.url(),
                        "--token-file",
                        token(name + ".token", Tokens.auditor()).toString())
                .with(0);
        return export;
    }

    private static void verifiesAndReplays(Path export) {
        String key = Gateways.logKey().toString();
        run("log", "verify", export.toString(), "--key", key).with(0);
        run("audit", "replay", export.toString(), "--key", key).with(0);
    }

    private static Response erase(String id, int operator) {
        return Gateways.as(Tokens.of("legal-operator-" + operator, Caller.LEGAL_OPERATOR))
                .contentType("application/json")
                .body("{\"reason\":\"ERASURE-REQUEST\"}")
                .post("/v1/requests/" + id + "/erasure");
    }

    private static String entriesSeen(String account) {
        return json(
                        Gateways.as(Tokens.auditor())
                                .contentType("application/json")
                                .body("{\"type\":\"ACCOUNT-EMAIL\",\"value\":\"" + account + "\"}")
                                .post("/v1/look-ups"),
                        200)
                .get("entries")
                .toString();
    }

    @Test
    void shred_a_case_before_and_after_verify_the_disclosure_cannot_be_opened_the_entry_says_so() throws Exception {
        String account = "erased.account@example.org";
        JsonNode decided = Gateways.submit(SampleRequest.identification().withTarget("EMAIL", account));
        String id = decided.get("request").asText();
        long index = decided.at("/record/index").asLong();
        String auditor = token("auditor", Tokens.auditor()).toString();
        Path kept = folder.resolve("targets.sd-jwt");

        Ended opened = run(
                        "audit",
                        "open",
                        String.valueOf(index),
                        "targets",
                        "--for",
                        "A person of the regulator",
                        "--to",
                        kept.toString(),
                        "--url",
                        Gateways.url(),
                        "--token-file",
                        auditor)
                .with(0);
        assertTrue(opened.out().contains(account), opened.out());
        assertEquals(new Event.ClaimOpened("targets", index), last().event());
        assertEquals("[" + index + "]", entriesSeen(account));
        Path before = exported("before");
        verifiesAndReplays(before);
        disclosureHolds(kept, before, index, account);

        json(erase(id, 1), 202);
        JsonNode shredded = json(erase(id, 2), 200);

        Entry entry = Entry.parse(Leaf.of(shredded.at("/record/leaf").asText().getBytes(StandardCharsets.US_ASCII)));
        assertTrue(
                entry.event() instanceof Event.CaseShredded event && event.reason() == ErasureReason.ERASURE_REQUEST);
        problem(
                Gateways.as(Tokens.auditor()).post("/v1/records/" + index + "/claims/targets/opening"),
                410,
                "case-shredded");
        assertEquals(new Event.ClaimOpeningBlocked("targets", index, Blocked.SHREDDED), last().event());
        run("audit", "open", String.valueOf(index), "officer", "--url", Gateways.url(), "--token-file", auditor)
                .with(6);
        assertEquals(new Event.ClaimOpeningBlocked("officer", index, Blocked.SHREDDED), last().event());
        assertEquals("[]", entriesSeen(account));
        Path after = exported("after");
        verifiesAndReplays(after);
        nothingSays(account, before, after);

        // What was handed out before is out of reach, and still proves itself: no entry has changed.
        disclosureHolds(kept, after, index, account);
    }

    private static Entry last() {
        List<Entry> entries = Gateways.wholeLog().entries();
        return entries.get(entries.size() - 1);
    }

    private static void disclosureHolds(Path kept, Path export, long index, String account) throws Exception {
        String key = Gateways.logKey().toString();
        String[] check = {
            "log", "disclosure", kept.toString(), export.toString(), "--entry", String.valueOf(index), "--key", key
        };
        assertTrue(run(check).with(0).out().contains(account));

        Path alone = kept.resolveSibling("alone");
        Files.writeString(alone, Files.readString(kept).split("~")[1]);
        check[2] = alone.toString();
        assertTrue(run(check).with(0).out().contains(account));
        Files.writeString(alone, Disclosure.of("targets", "another").text());
        assertFalse(run(check).with(1).out().contains("another"));
        Files.delete(alone);
    }

    private static void nothingSays(String account, Path... exports) throws Exception {
        for (Path export : exports) {
            try (Stream<Path> files = Files.walk(export)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertFalse(
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(account),
                            file.toString());
                }
            }
        }
    }
}
