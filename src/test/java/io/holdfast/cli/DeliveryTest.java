package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.SomeFacts;
import io.holdfast.audit.TestLog;
import io.holdfast.legal.DataCategory;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    private static final String ID = "019a0c3e-52d9-7abc-8def-0123456789ab";
    private static final String CALL = "POST /v1/requests/" + ID + "/delivery";
    private static final String PACKAGE = "{\"accounts\":[{\"data\":{\"SUBSCRIBER\":{\"since\":2019}}}]}";

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
    void the_data_are_written_to_the_byte_and_for_their_owner_only() throws Exception {
        gateway.on(CALL, 200, answer(PACKAGE));
        Path file = temp.resolve("data.json");
        Run run = deliver("--to", file.toString()).endsWith(ExitCode.OK);
        assertEquals(PACKAGE, Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(run.out().contains("SUBSCRIBER"), run.out());
    }

    @Test
    void without_a_file_the_data_are_printed() throws Exception {
        gateway.on(CALL, 200, answer(PACKAGE));
        assertEquals(
                2019,
                deliver()
                        .endsWith(ExitCode.OK)
                        .json()
                        .at("/accounts/0/data/SUBSCRIBER/since")
                        .intValue());
    }

    @Test
    void other_data_than_the_record_says_end_with_1() throws Exception {
        gateway.on(CALL, 200, answer(PACKAGE).replace("2019", "2020"));
        Run run = deliver().endsWith(ExitCode.CHECK_FAILED);
        assertTrue(run.err().contains("do not have the digest that record 1 names"), run.err());
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
    void a_refusal_leaves_no_file_behind() {
        gateway.on(CALL, 403, "{\"title\":\"Nothing is released for this request.\"}");
        Path file = temp.resolve("data.json");
        deliver("--to", file.toString()).endsWith(ExitCode.NOT_ALLOWED);
        assertFalse(Files.exists(file));
    }

    @Test
    void the_proof_that_came_with_the_data_verifies() throws Exception {
        gateway.on(CALL, 200, answer(PACKAGE));
        String proof = temp.resolve("delivery.tlog-proof").toString();
        deliver("--proof", proof).endsWith(ExitCode.OK);
        Run.of("log", "verify", proof, "--key", TestLog.verifierKey().toString())
                .endsWith(ExitCode.OK);
    }

    private Run deliver(String... more) {
        String[] words = {"request", "deliver", ID, "--url", gateway.url()};
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Run.of(all);
    }

    private static String answer(String content) throws Exception {
        TestLog log = TestLog.started();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        log.add(ID, new Event.Delivered(Set.of(DataCategory.SUBSCRIBER), 1, 1, Hash.of(digest)));
        log.decide("other", SomeFacts.usLetter());
        return Json.object()
                .put("proof", new String(log.proof(1).print(), StandardCharsets.UTF_8))
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "record",
                        Json.object().put("index", 1).put("leaf", log.leaf(1).text()))
                .set("package", Json.read("content", content.getBytes(StandardCharsets.UTF_8)))
                .toString();
    }
}
