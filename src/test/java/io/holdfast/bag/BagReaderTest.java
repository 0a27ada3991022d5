package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BagReaderTest {

    private static final SomePackage SOME = SomePackage.made();
    private static final String FOLDER = SOME.manifest().folder() + "/";
    private static final String PAGE = FOLDER + "data/account-0001/page-0001.json";

    private final Map<String, ByteArrayOutputStream> out = new TreeMap<>();

    private Manifest read(byte[] zip) throws IOException {
        return BagReader.read(
                new ByteArrayInputStream(zip), name -> out.computeIfAbsent(name, key -> new ByteArrayOutputStream()));
    }

    @Test
    void unpacks_what_the_writer_wrote() throws IOException {
        assertEquals(SOME.manifest(), read(SOME.zip()));

        assertEquals(BagLayout.NAMES.size() + 3, out.size());
        SOME.content()
                .forEach((name, bytes) -> assertArrayEquals(bytes, out.get(name).toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "/etc/outside",
                "data/../../../outside",
                "data/..\\..\\outside",
                "data/account-0001/page-0003.json",
                "C:\\outside",
                ".ssh/authorized_keys",
                "data/account-0001/",
                ""
            })
    void a_name_that_is_not_the_packages_own_is_refused(String name) {
        refused(files -> files.add(file(FOLDER + name, new byte[1])), "does not name");
        refused(files -> files.add(file(name, new byte[1])), name.startsWith("data") ? "one folder" : "");
        out.keySet().forEach(written -> assertTrue(BagLayout.NAMES.contains(written) || PackageFile.isName(written)));
    }

    @Test
    void more_bytes_than_the_manifest_says_are_refused_without_being_unpacked() {
        byte[] bomb = new byte[64 << 20];

        refused(files -> files.replaceAll(one -> one.name().equals(PAGE) ? file(PAGE, bomb) : one), "larger");
        refused(
                files -> files.replaceAll(one -> one.name().endsWith("README.txt") ? file(one.name(), bomb) : one),
                "too large");
        refused(
                files -> files.replaceAll(one -> one.name().endsWith("/manifest.json") ? file(one.name(), bomb) : one),
                "too large");
        refused(
                files -> files.replaceAll(one -> one.name().endsWith("/data/") ? file(one.name(), new byte[1]) : one),
                "");
        assertTrue(out.values().stream().allMatch(written -> written.size() < 1 << 17));
    }

    @Test
    void a_changed_file_is_refused() {
        refused(
                files -> files.replaceAll(
                        one -> one.name().equals(PAGE) ? file(PAGE, new byte[one.bytes().length]) : one),
                "another SHA-512");
    }

    @Test
    void every_file_must_be_there() {
        for (File file : files()) {
            refused(files -> files.removeIf(one -> one.name().equals(file.name())), "");
        }
    }

    @Test
    void data_before_the_manifest_is_refused() {
        refused(files -> files.add(0, files.remove(files.size() - 1)), "before the manifest");
    }

    @Test
    void two_folders_are_refused() {
        refused(files -> files.add(file("package-2/letter.txt", new byte[0])), "one folder");
        refused(files -> files.replaceAll(one -> file("x" + one.name(), one.bytes())), "folder is not that");
    }

    @Test
    void a_zip_that_is_none_or_cut_off_is_refused() throws IOException {
        byte[] zip = SOME.zip();
        for (int length : new int[] {0, 1, 3, 500, 2000, 4000}) {
            assertThrows(PackageException.class, () -> read(Arrays.copyOf(zip, length)), "cut to " + length);
        }
        assertThrows(PackageException.class, () -> read(new byte[1000]));
    }

    /** A ZIP has each file once for Java's writer; not so for others. */
    @Test
    void a_file_twice_is_refused() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        byte[] zip = SOME.zip();
        // All local files of one, and then the whole of another.
        int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        twice.write(zip, 0, directory);
        twice.write(zip);

        PackageException refused = assertThrows(PackageException.class, () -> read(twice.toByteArray()));

        assertTrue(refused.getMessage().contains("twice"), refused.getMessage());
    }

    private record File(String name, byte[] bytes) {}

    private static File file(String name, byte[] bytes) {
        return new File(name, bytes);
    }

    private static List<File> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(SOME.zip()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.entrySet().stream()
                .map(one -> file(one.getKey(), one.getValue()))
                .toList();
    }

    private void refused(Consumer<List<File>> act, String why) {
        List<File> files = new ArrayList<>(files());
        act.accept(files);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (File file : files) {
                zip.putNextEntry(new ZipEntry(file.name()));
                zip.write(file.bytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        Exception refused =
                assertThrows(Exception.class, () -> read(bytes.toByteArray()), "taken: " + files.size() + " files");

        assertTrue(
                refused instanceof PackageException || refused instanceof io.holdfast.audit.UnreadableException,
                refused.toString());
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static int indexOf(byte[] bytes, byte[] some) {
        for (int i = 0; i + some.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + some.length, some, 0, some.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
