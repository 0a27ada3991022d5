package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogArchiveTest {

    private static final TestLog LONG = LogExportTest.longLog();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"log.tar.gz", "log.tgz", "log.tar", "log.zip"})
    void an_archive_has_the_files_of_the_folder_and_verifies_and_replays(String name) {
        MemorySource log = LONG.files();
        LogArchive archive = archive(log, name);
        assertEquals(
                new TreeMap<>(log.files).keySet(),
                new java.util.TreeSet<>(archive.list().orElseThrow()));
        log.files.forEach(
                (path, bytes) -> assertArrayEquals(bytes, archive.read(path).orElseThrow(), path));
        assertEquals(List.of(), LogVerifierTest.verify(archive).findings());
        assertTrue(Replay.run(archive, Progress.NONE).agrees());
        assertTrue(archive.read("tile/9/000").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar", "zip"})
    void two_archives_of_one_log_are_the_same_bytes(String form) throws IOException {
        archive(LONG.files(), "one." + form);
        archive(LONG.export(folder.resolve("copy")), "two." + form);
        assertEquals(-1, Files.mismatch(folder.resolve("one." + form), folder.resolve("two." + form)));
    }

    @Test
    void a_packed_tar_unpacks_to_the_plain_one() throws IOException {
        archive(LONG.files(), "log.tar");
        archive(LONG.files(), "log.tar.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("log.tar.gz")))) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("log.tar")), in.readAllBytes());
        }
    }

    @Test
    void a_zip_is_one_for_other_programs_too() throws IOException {
        MemorySource log = LONG.files();
        archive(log, "log.zip");
        try (ZipFile zip = new ZipFile(folder.resolve("log.zip").toFile())) {
            assertEquals(log.files.size(), zip.size());
            for (Map.Entry<String, byte[]> file : log.files.entrySet()) {
                assertArrayEquals(
                        file.getValue(),
                        zip.getInputStream(zip.getEntry(file.getKey())).readAllBytes());
            }
        }
    }

    @Test
    void a_file_with_a_long_path_fits_into_a_tar() throws IOException {
        String path = "rulebooks/" + "ab".repeat(32) + "/packs/a-name-that-is-long-enough-to-need-the-prefix.yaml";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveForm.Writer writer = new TarForm().writer(out);
        writer.file(path, new byte[] {7});
        writer.end();
        Path file = Files.write(folder.resolve("x.tar"), out.toByteArray());
        assertArrayEquals(new byte[] {7}, LogArchive.open(file).read(path).orElseThrow());
        assertEquals(path, TarFile.path(Arrays.copyOf(out.toByteArray(), TarFile.BLOCK)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar", "zip"})
    void a_file_that_is_there_twice_is_refused(String form) throws IOException {
        refused(written(form, "a", "a"), form, "a is there twice, or not in its place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar", "zip"})
    void files_in_another_order_are_refused(String form) throws IOException {
        refused(written(form, "b", "a"), form, "a is there twice, or not in its place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar", "zip"})
    void a_path_that_leads_elsewhere_is_refused(String form) throws IOException {
        for (String path : List.of("../x", "/x", "a/../../x", "a\\x", "C:x", "a//x", "./x")) {
            Path file = Files.write(folder.resolve("x." + form), written(form, path));
            String refusal = assertThrows(UnreadableException.class, () -> LogArchive.open(file))
                    .getMessage();
            assertTrue(refusal.endsWith("unpack it, and check the folder"), refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar", "zip"})
    void an_archive_that_ends_too_early_or_too_late_is_refused(String form) throws IOException {
        archive(TestLog.honest().files(), "log." + form);
        byte[] whole = Files.readAllBytes(folder.resolve("log." + form));
        for (int length = whole.length - 1; length > 512; length = length * 9 / 10) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThrows(UnreadableException.class, () -> LogArchive.open(cut), "cut to " + length);
        }
        for (int more : new int[] {1, 512, 1024}) {
            Path longer = Files.write(folder.resolve("longer"), Arrays.copyOf(whole, whole.length + more));
            assertThrows(UnreadableException.class, () -> LogArchive.open(longer), more + " bytes more");
        }
    }

    @Test
    void an_archive_that_another_program_made_is_to_be_unpacked() throws IOException {
        Path file = folder.resolve("other.zip");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("checkpoint"));
            zip.write("x".getBytes(StandardCharsets.UTF_8));
        }
        String refusal = assertThrows(UnreadableException.class, () -> LogArchive.open(file))
                .getMessage();
        assertTrue(
                refusal.startsWith(file + " is not an archive as `holdfast log export` writes it: ")
                        && refusal.endsWith("; unpack it, and check the folder"),
                refusal);
    }

    @Test
    void what_is_larger_than_a_file_of_a_log_is_not_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }
        byte[] bomb = packed.toByteArray();
        bomb[9] = (byte) 0xff; // as our own head is, on every Java
        Path file = Files.write(folder.resolve("bomb.tar.gz"), bomb);
        String refusal = assertThrows(UnreadableException.class, () -> LogArchive.open(file))
                .getMessage();
        assertTrue(refusal.contains("it has a file that is larger than any of a log"), refusal);
    }

    @Test
    void an_interrupted_archive_is_gone_again() {
        MemorySource log = LONG.files();
        log.files.remove("tile/1/000.p/1");
        try (ExportTarget target = ExportTarget.archive(folder.resolve("log.zip"))) {
            assertThrows(UnreadableException.class, () -> LogExport.write(log, target, Progress.NONE));
        }
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void no_file_is_replaced_and_a_name_says_the_form() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.zip"), "mine");
        try (ExportTarget target = ExportTarget.archive(mine)) {
            assertThrows(
                    UnreadableException.class,
                    () -> LogExport.write(TestLog.honest().files(), target, Progress.NONE));
        }
        assertEquals("mine", Files.readString(mine));
        assertThrows(UnreadableException.class, () -> ExportTarget.archive(folder.resolve("log.rar")));
        assertFalse(LogArchive.isOne(mine));
    }

    private LogArchive archive(LogSource log, String name) {
        Path file = folder.resolve(name);
        try (ExportTarget target = ExportTarget.archive(file)) {
            LogExport.write(log, target, Progress.NONE);
        }
        return LogArchive.open(file);
    }

    private void refused(byte[] archive, String form, String why) throws IOException {
        Path file = Files.write(folder.resolve("x." + form), archive);
        String refusal = assertThrows(UnreadableException.class, () -> LogArchive.open(file))
                .getMessage();
        assertTrue(refusal.contains(why), refusal);
    }

    /** An archive with files of these paths, in this order, as nobody should write one. */
    private static byte[] written(String form, String... paths) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (form.equals("zip")) {
            return HostileZip.of(paths);
        }
        ArchiveForm.Writer writer = (form.equals("tar") ? new TarForm() : new TarGzForm()).writer(out);
        for (String path : paths) {
            writer.file(path, new byte[] {7});
        }
        writer.end();
        return out.toByteArray();
    }
}
