package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    @Test
    void an_entry_stands_behind_its_length_in_two_bytes() {
        byte[] bytes = Bundle.encode(List.of(HELLO, new byte[0]));
        assertEquals("000568656c6c6f0000", HexFormat.of().formatHex(bytes));
        List<byte[]> entries = Bundle.decode(new Tile.Entries(0, 2), bytes);
        assertArrayEquals(HELLO, entries.get(0));
        assertArrayEquals(new byte[0], entries.get(1));
    }

    @Test
    void holds_256_entries_of_65535_bytes_and_no_more() {
        List<byte[]> entries = new ArrayList<>(Collections.nCopies(256, new byte[65_535]));
        byte[] bytes = Bundle.encode(entries);
        assertEquals(256, Bundle.decode(new Tile.Entries(0, 256), bytes).size());
        entries.add(new byte[0]);
        assertThrows(MalformedException.class, () -> Bundle.encode(entries));
        assertThrows(MalformedException.class, () -> Bundle.encode(List.of(new byte[65_536])));
        assertThrows(MalformedException.class, () -> Bundle.encode(List.of()));
    }

    @Test
    void rejects_a_bundle_with_an_entry_too_few_or_too_many() {
        byte[] bytes = Bundle.encode(List.of(HELLO, HELLO, HELLO));
        MalformedException few =
                assertThrows(MalformedException.class, () -> Bundle.decode(new Tile.Entries(7, 4), bytes));
        assertEquals(
                "tile/entries/007.p/4: must hold 4 whole entries, found \"the end of the bytes inside entry 3\"",
                few.getMessage());
        MalformedException many =
                assertThrows(MalformedException.class, () -> Bundle.decode(new Tile.Entries(7, 2), bytes));
        assertEquals(
                "tile/entries/007.p/2: must end after entry 1 of the bundle, found \"7 more bytes\"",
                many.getMessage());
    }

    @Test
    void rejects_a_bundle_cut_short_anywhere() {
        byte[] bytes = Bundle.encode(List.of(HELLO, HELLO, HELLO));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedException.class, () -> Bundle.decode(new Tile.Entries(0, 3), cut));
        }
    }

    @Test
    void any_flipped_bit_is_refused_or_changes_a_leaf_hash() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 5000; round++) {
            List<byte[]> entries = new ArrayList<>();
            int width = 1 + random.nextInt(20);
            for (int i = 0; i < width; i++) {
                byte[] entry = new byte[random.nextInt(8)];
                random.nextBytes(entry);
                entries.add(entry);
            }
            Tile.Entries tile = new Tile.Entries(0, width);
            byte[] bytes = Bundle.encode(entries);
            assertEquals(leaves(entries), leaves(Bundle.decode(tile, bytes)));

            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertNotEquals(leaves(entries), leaves(Bundle.decode(tile, bytes)));
            } catch (MalformedException refused) {
                continue;
            }
        }
    }

    private static List<Hash> leaves(List<byte[]> entries) {
        return entries.stream().map(Hash::leaf).toList();
    }
}
