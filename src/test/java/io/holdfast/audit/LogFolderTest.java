package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {

    @TempDir
    Path folder;

    private Path export;
    private LogFolder log;

    @BeforeEach
    void export() {
        export = folder.resolve("log");
        log = TestLog.honest().export(export);
    }

    @Test
    void a_file_that_is_not_there_is_nothing() {
        assertEquals(Optional.empty(), log.read("tile/7/000.p/1"));
        assertEquals(Optional.empty(), log.read("checkpoint/000"));
    }

    @Test
    void refuses_paths_that_lead_out() {
        for (String path : List.of("../secret", "/etc/hostname", "tile/../../secret", "", "tile//0", "tile\\0", ".x")) {
            assertThrows(UnreadableException.class, () -> log.read(path), path);
        }
    }

    @Test
    void a_link_in_place_of_a_file_is_found_and_not_followed() throws IOException {
        Path checkpoint = export.resolve("checkpoint");
        Path elsewhere = Files.move(checkpoint, folder.resolve("elsewhere"));
        Files.createSymbolicLink(checkpoint, elsewhere);
        Verification verification = LogVerifierTest.verify(log);
        assertEquals(
                "checkpoint: is no file of its own but a link or a folder; export the log again",
                verification.findings().get(0).toString());
    }

    @Test
    void a_link_in_place_of_a_folder_is_found_and_not_followed() throws IOException {
        Path tiles = export.resolve("tile");
        Path elsewhere = Files.move(tiles, folder.resolve("elsewhere"));
        Files.createSymbolicLink(tiles, elsewhere);
        List<String> places = LogVerifierTest.verify(log).findings().stream()
                .map(Finding::place)
                .toList();
        assertTrue(places.contains("tile/entries/000.p/15"), places::toString);
        assertTrue(places.contains("tile"), places::toString);
    }

    @Test
    void an_extra_link_is_found() throws IOException {
        Files.createSymbolicLink(export.resolve("extra"), Path.of("checkpoint"));
        assertEquals(
                List.of("extra: does not belong to this export"),
                LogVerifierTest.verify(log).findings().stream()
                        .map(Finding::toString)
                        .toList());
    }

    @Test
    void a_folder_in_place_of_a_file_is_found() throws IOException {
        Files.delete(export.resolve("checkpoint"));
        Files.createDirectory(export.resolve("checkpoint"));
        assertEquals("checkpoint", LogVerifierTest.verify(log).findings().get(0).place());
    }

    @Test
    void a_file_beyond_the_limit_is_found_and_not_read() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(export.resolve("tile/0/000.p/15").toFile(), "rw")) {
            file.setLength(1L << 33);
        }
        List<Finding> findings = LogVerifierTest.verify(log).findings();
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).sentence().startsWith("is larger than "), findings::toString);
    }

    @Test
    void what_is_not_a_folder_is_refused() {
        assertThrows(UnreadableException.class, () -> LogFolder.of(export.resolve("checkpoint")));
        assertThrows(UnreadableException.class, () -> LogFolder.of(export.resolve("nowhere")));
    }
}
