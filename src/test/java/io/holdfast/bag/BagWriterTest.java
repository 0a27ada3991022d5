package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.TestLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BagWriterTest {

    private static final String FOLDER = "package-" + SomePackage.REQUEST + "/";

    @TempDir
    Path folder;

    @Test
    void a_bag_has_everything_that_a_receiver_needs_and_nothing_else() throws IOException {
        SomePackage some = SomePackage.made();

        SortedMap<String, byte[]> files = files(some.zip());

        assertEquals(
                List.of(
                        "Check.java",
                        "README.txt",
                        "bag-info.txt",
                        "bagit.txt",
                        "data/",
                        "data/account-0001/page-0001.json",
                        "data/account-0001/page-0002.json",
                        "letter.txt",
                        "manifest-sha512.txt",
                        "manifest.json",
                        "record/entry.jws",
                        "record/entry.tlog-proof",
                        "tagmanifest-sha512.txt"),
                List.copyOf(files.keySet()));
        assertEquals("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", text(files.get("bagit.txt")));
        assertEquals(
                "External-Identifier: " + SomePackage.REQUEST + "\nPayload-Oxum: 55.2\n",
                text(files.get("bag-info.txt")));
        assertArrayEquals(some.manifest().bytes(), files.get("manifest.json"));
        assertArrayEquals(some.proof().entry().bytes(), files.get("record/entry.jws"));
        assertArrayEquals(some.proof().proof().print(), files.get("record/entry.tlog-proof"));
        some.content().forEach((name, bytes) -> assertArrayEquals(bytes, files.get(name)));
    }

    @Test
    void its_digests_are_those_that_sha512sum_checks() throws IOException {
        SortedMap<String, byte[]> files = files(SomePackage.made().zip());
        List<String> named = new ArrayList<>();
        for (String list : List.of("manifest-sha512.txt", "tagmanifest-sha512.txt")) {
            for (String line : text(files.get(list)).split("\n")) {
                assertEquals(
                        line.substring(0, 128),
                        Sha512.of(files.get(line.substring(130))).hex());
                named.add(line.substring(130));
            }
        }

        // All but the folder, the list itself, and what is known only after the log has it.
        files.keySet()
                .removeAll(List.of("data/", "tagmanifest-sha512.txt", "record/entry.jws", "record/entry.tlog-proof"));
        assertEquals(files.keySet(), new java.util.TreeSet<>(named));
    }

    @Test
    void one_manifest_gives_the_same_bytes_twice() {
        SomePackage some = SomePackage.made();

        assertArrayEquals(some.zip(), some.zip());
    }

    @Test
    void a_package_without_data_is_a_bag_too() throws IOException {
        TreeMap<String, byte[]> letterAlone = new TreeMap<>();
        letterAlone.put("letter.txt", SomePackage.ascii("Nothing was found.\n"));

        SortedMap<String, byte[]> files = files(SomePackage.of(letterAlone).zip());

        assertTrue(files.containsKey("data/"));
        assertEquals("", text(files.get("manifest-sha512.txt")));
        assertTrue(text(files.get("bag-info.txt")).endsWith("Payload-Oxum: 0.0\n"));
    }

    /** 65,535 is all that the directory of an old ZIP can count to. */
    @Test
    void more_files_than_an_old_zip_can_list_are_all_there() throws IOException {
        TreeMap<String, byte[]> content = new TreeMap<>();
        for (int i = 0; i < 66_000; i++) {
            content.put(String.format("data/account-%05d/page-0001.json", i), new byte[1]);
        }
        SomePackage some = SomePackage.of(content);
        byte[] zip = some.zip();
        Path file = Files.write(folder.resolve("large.zip"), zip);

        assertEquals(
                some.manifest(),
                BagReader.read(new ByteArrayInputStream(zip), name -> OutputStream.nullOutputStream()));
        try (ZipFile opened = new ZipFile(file.toFile())) {
            assertEquals(66_010, opened.size());
        }
    }

    @Test
    void a_file_with_a_byte_too_many_ends_it_without_a_directory() {
        endsWithoutDirectory("is larger", bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void a_file_with_a_byte_too_few_ends_it_without_a_directory() {
        endsWithoutDirectory("is smaller", bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Test
    void a_changed_file_ends_it_without_a_directory() {
        endsWithoutDirectory("has another SHA-512", bytes -> {
            byte[] changed = bytes.clone();
            changed[0] ^= 1;
            return changed;
        });
    }

    @Test
    void a_file_that_cannot_be_read_ends_it_without_a_directory() {
        SomePackage some = SomePackage.made();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThrows(
                IOException.class,
                () -> BagWriter.write(
                        some.manifest(),
                        some.proof(),
                        file -> {
                            throw new IOException("gone");
                        },
                        out));

        assertThrows(ZipException.class, () -> files(out.toByteArray()));
    }

    private void endsWithoutDirectory(String why, java.util.function.UnaryOperator<byte[]> damage) {
        SomePackage some = SomePackage.made();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        PackageException refused = assertThrows(
                PackageException.class,
                () -> BagWriter.write(
                        some.manifest(),
                        some.proof(),
                        file -> new ByteArrayInputStream(
                                damage.apply(some.content().get(file.name()))),
                        out));

        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertThrows(ZipException.class, () -> files(out.toByteArray()));
    }

    @Test
    void an_entry_that_commits_to_another_manifest_is_refused_before_the_first_byte() {
        SomePackage some = SomePackage.made();
        TestLog log = TestLog.honest();
        String request = SomePackage.REQUEST;
        io.holdfast.tlog.Hash digest = some.manifest().digest();
        long otherManifest = log.addLeaf(SomePackage.entry(request, io.holdfast.tlog.Hash.ofNothing()));
        long otherRequest = log.addLeaf(SomePackage.entry("other", digest));
        long otherKind = log.addLeaf(SomePackage.entry("holdfast-delivered+sd-jwt", request, digest));
        long right = log.addLeaf(SomePackage.entry(request, digest));

        refusedAtOnce(some, new PackageProof(log.leaf(otherManifest), log.proof(otherManifest)), "another manifest");
        refusedAtOnce(some, new PackageProof(log.leaf(otherRequest), log.proof(otherRequest)), "another request");
        refusedAtOnce(some, new PackageProof(log.leaf(otherKind), log.proof(otherKind)), "another kind");
        refusedAtOnce(some, new PackageProof(log.leaf(right), log.proof(otherKind)), "does not lead");
    }

    private static void refusedAtOnce(SomePackage some, PackageProof proof, String why) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        PackageException refused =
                assertThrows(PackageException.class, () -> BagWriter.write(some.manifest(), proof, some.source(), out));

        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(0, out.size());
    }

    @Test
    void the_stream_is_left_open() throws IOException {
        SomePackage some = SomePackage.made();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream out = new java.io.FilterOutputStream(bytes) {
            @Override
            public void close() {
                throw new AssertionError("it belongs to the caller");
            }
        };

        BagWriter.write(some.manifest(), some.proof(), some.source(), out);

        assertArrayEquals(some.zip(), bytes.toByteArray());
    }

    /** What is below the one folder of it. */
    private SortedMap<String, byte[]> files(byte[] zip) throws IOException {
        Path file = Files.write(folder.resolve("some.zip"), zip);
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipFile opened = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> all = opened.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                assertTrue(entry.getName().startsWith(FOLDER), entry.getName());
                assertNull(entry.getExtra(), "it depends on where it was made");
                files.put(
                        entry.getName().substring(FOLDER.length()),
                        opened.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
