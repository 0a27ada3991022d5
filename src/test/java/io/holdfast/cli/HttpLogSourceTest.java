package io.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.MemorySource;
import io.holdfast.audit.TestLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpLogSourceTest {

    private static final String KEY = TestLog.verifierKey().toString();
    private static final String ENTRIES = "GET /log/tile/entries/000.p/15";

    @TempDir
    Path temp;

    private final MemorySource files = TestLog.honest().files();
    private StubGateway gateway;

    /** Serves the log as a gateway does: its files below /log, and its rulebook in one piece. */
    @BeforeEach
    void serve() throws IOException {
        gateway = new StubGateway();
        files.files.forEach((path, bytes) -> gateway.on("GET /log/" + path, 200, bytes));
        ObjectNode archive = CanonicalJson.object();
        TestLog.rulebook().forEach((path, bytes) -> archive.put(path, new String(bytes, StandardCharsets.UTF_8)));
        gateway.on("GET /v1/rulebooks/" + TestLog.rulebookDigest(), 200, CanonicalJson.write(archive));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_log_of_a_gateway_is_verified_and_replayed() {
        Run.of("log", "verify", gateway.url(), "--key", KEY, "--token", "abc").endsWith(ExitCode.OK);
        assertEquals("Bearer abc", gateway.lastAuthorization);
        Run.of("audit", "replay", gateway.url() + "/", "--key", KEY).endsWith(ExitCode.OK);
    }

    @Test
    void an_export_from_a_gateway_has_all_files_of_the_log() {
        Path to = temp.resolve("log");
        Run.of("log", "export", "--url", gateway.url(), "--to", to.toString()).endsWith(ExitCode.OK);
        LogFolder export = LogFolder.of(to);
        assertEquals(files.list(), export.list());
        files.files.forEach(
                (path, bytes) -> assertArrayEquals(bytes, export.read(path).orElseThrow(), path));
    }

    @Test
    void an_export_without_its_rulebook_says_so_and_does_not_verify() {
        gateway.on("GET /v1/rulebooks/" + TestLog.rulebookDigest(), 404, "{}");
        String to = temp.resolve("log").toString();
        Run run = Run.of("log", "export", "--url", gateway.url(), "--to", to).endsWith(ExitCode.OK);
        assertTrue(run.out().contains("rulebooks/" + TestLog.rulebookDigest() + "/bundle.lock is missing"), run.out());
        Run.of("log", "verify", to, "--key", KEY).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void entries_that_we_may_not_read_are_no_finding() {
        gateway.on(ENTRIES, 401, "{\"title\":\"The caller is not known.\"}");
        Run run = Run.of("log", "verify", gateway.url(), "--key", KEY).endsWith(ExitCode.NOT_ALLOWED);
        assertTrue(run.err().contains("The caller is not known."), run.err());
    }

    @Test
    void a_gateway_that_fails_midway_is_no_finding() {
        gateway.on(ENTRIES, 503, "{\"title\":\"Out of service.\"}");
        Run.of("log", "verify", gateway.url(), "--key", KEY).endsWith(ExitCode.UNREACHABLE);
    }

    @Test
    void entries_that_are_missing_are_a_finding() {
        gateway.on(ENTRIES, 404, "{}");
        Run.of("log", "verify", gateway.url(), "--key", KEY).endsWith(ExitCode.CHECK_FAILED);
    }

    @Test
    void an_address_without_a_log_is_no_finding() {
        gateway.on("GET /log/checkpoint", 404, "{}");
        Run run = Run.of("log", "verify", gateway.url(), "--key", KEY).endsWith(ExitCode.UNREACHABLE);
        assertTrue(run.err().contains("serves no log"), run.err());
    }

    @Test
    void one_entry_is_read_without_the_others() {
        Run run = Run.of("log", "show", "10", "--url", gateway.url()).endsWith(ExitCode.OK);
        assertTrue(run.out().contains("hold-placed"), run.out());
    }
}
