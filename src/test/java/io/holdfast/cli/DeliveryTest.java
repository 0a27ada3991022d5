package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.TestLog;
import io.holdfast.bag.Sha512;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    private static final String ID = "019a0c3e-52d9-7abc-8def-0123456789ab";
    private static final String REQUEST = "/v1/requests/" + ID;
    private static final String PACK = "POST " + REQUEST + "/delivery";
    private static final String DOWNLOAD = "POST " + REQUEST + "/downloads";
    private static final byte[] PACKAGE = {0x30, (byte) 0x80, 0x06, 0, -1, 13, 10};

    @TempDir
    Path temp;

    private StubGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new StubGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_package_is_written_to_the_byte_and_for_its_owner_only() throws Exception {
        gateway.on(PACK, 200, packed()).on(DOWNLOAD, 200, PACKAGE);
        Path file = temp.resolve("package.cms");
        Run run = deliver("--to", file.toString()).endsWith(ExitCode.OK);
        assertArrayEquals(PACKAGE, Files.readAllBytes(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(run.out().contains("manifest sha-256"), run.out());
    }

    @Test
    void programs_are_told_the_same() throws Exception {
        gateway.on(PACK, 200, packed()).on(DOWNLOAD, 200, PACKAGE);
        Path file = temp.resolve("package.cms");
        var json = deliver("--to", file.toString(), "--output", "json")
                .endsWith(ExitCode.OK)
                .json();
        assertEquals(PACKAGE.length, json.get("bytes").intValue());
        assertEquals(file.toString(), json.get("file").textValue());
        assertEquals(3, json.at("/package/items").intValue());
    }

    @Test
    void what_is_not_made_in_time_ends_with_5_says_why_and_leaves_no_file() {
        gateway.on(
                PACK, 202, "{\"request\":\"" + ID + "\",\"state\":\"ACCESSED\",\"waits-for\":\"STORE_UNAVAILABLE\"}");
        Path file = temp.resolve("package.cms");
        Run run = deliver("--to", file.toString(), "--wait", "0").endsWith(ExitCode.WAITING);
        assertTrue(run.err().contains("STORE_UNAVAILABLE"), run.err());
        assertFalse(Files.exists(file));
    }

    @Test
    void nothing_is_asked_for_where_nothing_can_be_written() throws IOException {
        Path file = Files.writeString(temp.resolve("mine"), "mine");
        Run run = deliver("--to", file.toString()).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("it exists already; nothing was done"), run.err());
        assertEquals("", gateway.lastBody);
        assertEquals("", gateway.lastAuthorization);
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void a_refusal_at_either_step_leaves_no_file_behind() throws Exception {
        Path file = temp.resolve("package.cms");
        gateway.on(PACK, 403, "{\"title\":\"Nothing is released for this request.\"}");
        deliver("--to", file.toString()).endsWith(ExitCode.NOT_ALLOWED);
        assertFalse(Files.exists(file));
        gateway.on(PACK, 200, packed()).on(DOWNLOAD, 403, "{\"title\":\"Nothing is released for this request.\"}");
        deliver("--to", file.toString()).endsWith(ExitCode.NOT_ALLOWED);
        assertFalse(Files.exists(file));
    }

    @Test
    void the_proof_that_came_with_it_verifies() throws Exception {
        gateway.on(PACK, 200, packed()).on(DOWNLOAD, 200, PACKAGE);
        String proof = temp.resolve("delivery.tlog-proof").toString();
        deliver("--proof", proof, "--to", temp.resolve("package.cms").toString())
                .endsWith(ExitCode.OK);
        Run.of("log", "verify", proof, "--key", TestLog.verifierKey().toString())
                .endsWith(ExitCode.OK);
    }

    @Test
    void a_receipt_is_the_sha_512_of_the_manifest() throws Exception {
        gateway.on("POST " + REQUEST + "/receipt", 201, "{\"index\":9,\"kind\":\"package-received\"}");
        Path manifest = Files.writeString(temp.resolve("manifest.json"), "{}");
        Run run = Run.of("request", "receipt", ID, "--manifest", manifest.toString(), "--url", gateway.url())
                .endsWith(ExitCode.OK);
        assertTrue(run.out().contains("9"), run.out());
        assertEquals("{\"manifest\":\"" + Sha512.of("{}".getBytes(StandardCharsets.UTF_8)) + "\"}", gateway.lastBody);
    }

    private Run deliver(String... more) {
        String[] words = {"request", "deliver", ID, "--url", gateway.url()};
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Run.of(all);
    }

    private static String packed() {
        TestLog log = TestLog.honest();
        long index = log.entries().stream()
                .filter(stored -> stored.entry().event() instanceof io.holdfast.audit.PackageEvent.Made)
                .findFirst()
                .orElseThrow()
                .index();
        ObjectNode answer = Json.object()
                .put("request", ID)
                .put("state", "PACKAGED")
                .put("proof", new String(log.proof(index).print(), StandardCharsets.UTF_8));
        answer.putObject("record")
                .put("index", index)
                .put("leaf", log.leaf(index).text());
        answer.putObject("package")
                .put("accounts", 1)
                .put("items", 3)
                .put("manifest", "ab".repeat(32))
                .put("until", "2026-12-03T12:00:00Z");
        return answer.toString();
    }
}
