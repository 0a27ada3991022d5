package io.holdfast.bag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final Manifest MANIFEST = SomePackage.manifest(SomePackage.pages());

    @Test
    void is_canonical_json_that_reads_back() {
        assertTrue(
                text().startsWith(
                                "{\"accounts\":{\"asked\":2,\"found\":1},\"categories\":[\"SUBSCRIBER\",\"TRAFFIC\"],\"decision\":5,\"files\":["
                                        + "{\"bytes\":33,\"name\":\"data/account-0001/page-0001.json\",\"sha512\":\""
                                        + MANIFEST.files().get(0).sha512() + "\"},{\"bytes\":22,"),
                text());
        assertTrue(text().endsWith("],\"format\":\"holdfast-package/1\",\"from\":\"2026-10-01T00:00:00Z\",\"items\":3,"
                + "\"request\":\"" + SomePackage.REQUEST + "\",\"to\":\"2026-11-01T00:00:00Z\"}"));
        assertEquals(MANIFEST, Manifest.parse(MANIFEST.bytes()));
    }

    @Test
    void its_receipt_is_what_sha512sum_says_of_the_file() {
        assertEquals(Sha512.of(MANIFEST.bytes()), MANIFEST.receipt());
        assertEquals(64, MANIFEST.digest().hex().length());
    }

    @Test
    void no_changed_byte_reads_as_the_same_manifest() {
        byte[] bytes = MANIFEST.bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            try {
                assertTrue(!Manifest.parse(changed).equals(MANIFEST), "byte " + i);
            } catch (UnreadableException e) {
                // That is what most of them come to.
            }
        }
    }

    @Test
    void random_bytes_are_refused_and_nothing_else_happens() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = MANIFEST.bytes();
        for (int round = 0; round < 5_000; round++) {
            byte[] changed = bytes.clone();
            for (int k = 0; k < 1 + random.nextInt(4); k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertEquals(text(changed), text(Manifest.parse(changed).bytes()), "seed " + seed + " round " + round);
            } catch (UnreadableException e) {
                // Refused.
            }
        }
    }

    @Test
    void another_member_is_refused() {
        refused(text().replace("\"items\":3", "\"items\":3,\"note\":\"x\""));
        refused(text().replace("\"found\":1", "\"found\":1,\"x\":1"));
        refused(text().replaceFirst("\\{\"bytes\"", "{\"a\":1,\"bytes\""));
    }

    @Test
    void a_missing_member_is_refused() {
        for (String member : List.of(
                "\"decision\":5,",
                "\"items\":3,",
                "\"format\":\"holdfast-package/1\",",
                ",\"to\":\"2026-11-01T00:00:00Z\"")) {
            refused(text().replace(member, ""));
        }
    }

    @Test
    void another_spelling_is_refused() {
        refused(" " + text());
        refused(text() + "\n");
        refused(text().replace("2026-10-01T00:00:00Z", "2026-10-01T00:00:00.000Z"));
        refused(text().replace("\"decision\":5", "\"decision\":5.0"));
        refused(text().replace("[\"SUBSCRIBER\",\"TRAFFIC\"]", "[\"TRAFFIC\",\"SUBSCRIBER\"]"));
        refused(text().replace("[\"SUBSCRIBER\",", "[\"SUBSCRIBER\",\"SUBSCRIBER\","));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        refused(text().replace("\"found\":1", "\"found\":3"));
        refused(text().replace("\"asked\":2,\"found\":1", "\"asked\":0,\"found\":0"));
        refused(text().replace("2026-11-01", "2026-09-01"));
        refused(text().replace("\"request\":\"0", "\"request\":\"../0"));
        refused(text().replace("holdfast-package/1", "holdfast-package/2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data",
                "data/",
                "/data/a",
                "data//a",
                "data/a/",
                "data/..",
                "data/../a",
                "data/./a",
                "data/a..b",
                "data/.hidden",
                "data/-rf",
                "data/a.",
                "data/A",
                "data/a b",
                "data/a\\b",
                "data/a:b",
                "data/a\nb",
                "data/a\n",
                "data/\u00e4",
                "a",
                "manifest.json",
                "record/entry.jws",
                "C:/data/a",
                "letters.txt",
                "letter.txt/a",
                "letter-.txt",
                "letter.exe"
            })
    void a_name_that_could_lead_elsewhere_is_refused(String name) {
        assertThrows(UnreadableException.class, () -> new PackageFile(name, 0, Sha512.of(new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/a", "data/account-0001/page-0001.json", "letter.txt", "letter-zh-hant.txt"})
    void an_ordinary_name_is_taken(String name) {
        assertEquals(name, new PackageFile(name, 0, Sha512.of(new byte[0])).name());
    }

    @Test
    void a_name_of_201_characters_is_refused() {
        String name = "data/" + "a".repeat(195);

        new PackageFile(name, 0, Sha512.of(new byte[0]));

        assertThrows(UnreadableException.class, () -> new PackageFile(name + "a", 0, Sha512.of(new byte[0])));
    }

    @Test
    void nothing_is_a_file_and_a_folder() {
        assertThrows(
                UnreadableException.class,
                () -> SomePackage.manifest(Map.of("data/a", new byte[0], "data/a/b/c", new byte[0])));
    }

    @Test
    void files_are_in_order_and_bounded() {
        PackageFile a = new PackageFile("data/a", PackageFile.MOST_BYTES, Sha512.of(new byte[0]));
        PackageFile b = new PackageFile("data/b", 1, Sha512.of(new byte[0]));
        with(List.of(a, b));

        assertThrows(UnreadableException.class, () -> with(List.of(b, a)));
        assertThrows(UnreadableException.class, () -> with(List.of(a, a)));
        assertThrows(UnreadableException.class, () -> with(List.of()));
        assertThrows(
                UnreadableException.class,
                () -> new PackageFile("data/a", PackageFile.MOST_BYTES + 1, Sha512.of(new byte[0])));
        assertThrows(UnreadableException.class, () -> new PackageFile("data/a", -1, Sha512.of(new byte[0])));
        assertThrows(UnreadableException.class, () -> with(many(16, PackageFile.MOST_BYTES, 1)));
        with(many(16, PackageFile.MOST_BYTES, 0));
    }

    @Test
    void the_largest_manifest_has_room_for_the_most_files() {
        Manifest largest = with(many(Manifest.MOST_FILES, 1, 0));

        assertEquals(largest, Manifest.parse(largest.bytes()));
        assertThrows(UnreadableException.class, () -> with(many(Manifest.MOST_FILES, 1, 1)));
        assertThrows(UnreadableException.class, () -> Manifest.parse(new byte[Manifest.MOST_BYTES + 1]));
    }

    /** Files of so many bytes, and so many more with a byte each. */
    private static List<PackageFile> many(int files, long bytes, int more) {
        Sha512 digest = Sha512.of(new byte[0]);
        return java.util.stream.IntStream.range(0, files + more)
                .mapToObj(i -> new PackageFile(
                        String.format("data/account-%06d/page-0001.json", i), i < files ? bytes : 1, digest))
                .toList();
    }

    private static Manifest with(List<PackageFile> files) {
        return new Manifest(
                MANIFEST.request(),
                MANIFEST.decision(),
                MANIFEST.categories(),
                MANIFEST.from(),
                MANIFEST.to(),
                MANIFEST.accountsAsked(),
                MANIFEST.accountsFound(),
                MANIFEST.items(),
                files);
    }

    private static void refused(String text) {
        assertThrows(
                UnreadableException.class,
                () -> Manifest.parse(text.getBytes(StandardCharsets.UTF_8)),
                () -> "taken: " + text);
    }

    private static String text() {
        return text(MANIFEST.bytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
