package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofFileTest {
    private static final String HASH = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
    private static final String CHECKPOINT = "a log\n8\n" + HASH + "\n\n\u2014 a log AAAAAAA=\n";

    @Test
    void reads_and_prints_the_example() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/tlog/example.tlog-proof"));
        ProofFile file = ProofFile.parse(bytes);
        assertEquals(5, file.index());
        assertEquals(new NaiveTree(KnownTree.LEAVES).inclusion(5, 8), file.hashes());
        assertTrue(file.checkpoint().startsWith("holdfast.example/log\n8\n"));
        assertEquals(Optional.empty(), file.extra());
        assertArrayEquals(bytes, file.print());
    }

    @Test
    void the_package_comment_shows_the_example() throws IOException {
        String comment = Files.readString(Path.of("src/main/java/io/holdfast/tlog/package-info.java"))
                .replaceAll("(?m)^ \\* ?", "");
        assertTrue(comment.contains(Files.readString(Path.of("src/test/resources/tlog/example.tlog-proof"))));
    }

    @Test
    void a_log_of_one_entry_needs_no_hashes() {
        ProofFile file = new ProofFile(0, List.of(), CHECKPOINT);
        assertEquals("c2sp.org/tlog-proof@v1\nindex 0\n\n" + CHECKPOINT, text(file));
        assertEquals(file, ProofFile.parse(file.print()));
    }

    @Test
    void extra_data_stands_before_the_index() {
        ProofFile file = new ProofFile(7, List.of(), CHECKPOINT).withExtra(new byte[] {1, 2});
        assertTrue(text(file).startsWith("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 7\n\n"));
        assertArrayEquals(
                new byte[] {1, 2}, ProofFile.parse(file.print()).extra().orElseThrow());
        assertEquals(new ProofFile(7, List.of(), CHECKPOINT), file.withExtra(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\n\nx",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1 \nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nx",
                "c2sp.org/tlog-proof@v1\nindex +0\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 00\n\nx",
                "c2sp.org/tlog-proof@v1\nindex -1\n\nx",
                "c2sp.org/tlog-proof@v1\nindex  1\n\nx",
                "c2sp.org/tlog-proof@v1\nindex\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0 \n\nx",
                "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0\nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AQI=\n\nx",
                "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\nextra\nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\nextra AQI\nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\nextra AQI=\nextra AQI=\nindex 0\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0\n" + HASH + " \n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0\nAQI=\n\nx",
                "c2sp.org/tlog-proof@v1\nindex 0\n" + HASH + "," + HASH + "\n\nx",
            })
    void rejects_every_other_spelling(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(MalformedException.class, () -> ProofFile.parse(bytes));
    }

    @Test
    void rejects_invalid_utf8() {
        byte[] bytes = new ProofFile(0, List.of(), CHECKPOINT).print();
        bytes[bytes.length - 2] = (byte) 0xff;
        assertThrows(MalformedException.class, () -> ProofFile.parse(bytes));
    }

    @Test
    void holds_64_hashes_and_256_KiB_and_no_more() {
        Hash hash = Hash.parseBase64(HASH);
        ProofFile most = new ProofFile(0, Collections.nCopies(64, hash), CHECKPOINT);
        assertEquals(most, ProofFile.parse(most.print()));
        List<Hash> tooMany = Collections.nCopies(65, hash);
        assertThrows(MalformedException.class, () -> new ProofFile(0, tooMany, CHECKPOINT));
        String longer = text(most).replaceFirst("\n\n", "\n" + HASH + "\n\n");
        assertThrows(MalformedException.class, () -> ProofFile.parse(longer.getBytes(StandardCharsets.UTF_8)));
        assertThrows(MalformedException.class, () -> most.withExtra(new byte[200_000]));
        assertThrows(MalformedException.class, () -> ProofFile.parse(new byte[ProofFile.MOST_BYTES + 1]));
        assertThrows(MalformedException.class, () -> new ProofFile(-1, List.of(), CHECKPOINT));
        assertThrows(MalformedException.class, () -> new ProofFile(0, List.of(), ""));
    }

    @Test
    void what_is_read_prints_back_to_the_same_bytes() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 5000; round++) {
            byte[] extra = new byte[random.nextInt(5)];
            random.nextBytes(extra);
            List<Hash> hashes = KnownTree.LEAVES.subList(0, random.nextInt(4));
            ProofFile file = new ProofFile(random.nextInt(100), hashes, CHECKPOINT).withExtra(extra);
            assertEquals(file, ProofFile.parse(file.print()));

            byte[] changed = file.print();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
            try {
                assertArrayEquals(changed, ProofFile.parse(changed).print());
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    private static String text(ProofFile file) {
        return new String(file.print(), StandardCharsets.UTF_8);
    }
}
