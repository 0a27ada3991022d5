package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    private static final String BASE64 = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
    private static final Hash HASH = Hash.parseBase64(BASE64);

    @Test
    void known_leaves_have_their_known_hashes() {
        assertEquals(KnownTree.ROOTS.get(1), KnownTree.LEAVES.get(0).hex());
        assertEquals(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                KnownTree.LEAVES.get(1).hex());
        assertEquals(
                "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
                KnownTree.LEAVES.get(7).hex());
    }

    @Test
    void a_node_is_hashed_unlike_the_leaf_with_the_same_bytes() {
        Hash left = KnownTree.LEAVES.get(0);
        Hash right = KnownTree.LEAVES.get(1);
        assertEquals(KnownTree.ROOTS.get(2), Hash.node(left, right).hex());
        assertNotEquals(Hash.leaf(Hash.join(List.of(left, right))), Hash.node(left, right));
    }

    @Test
    void the_empty_tree_has_the_hash_of_nothing() {
        assertEquals(KnownTree.ROOTS.get(0), Hash.ofNothing().hex());
    }

    @Test
    void base64_reads_back_what_it_prints() {
        assertEquals(BASE64, HASH.base64());
        assertEquals(KnownTree.ROOTS.get(8), HASH.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz-Nw7_RgQyg=",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg= ",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQw==",
                "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQygA"
            })
    void rejects_base64_with_any_other_spelling_or_length(String text) {
        assertThrows(MalformedException.class, () -> Hash.parseBase64(text));
    }

    @Test
    void rejects_31_and_33_bytes() {
        assertThrows(MalformedException.class, () -> Hash.of(new byte[31]));
        assertThrows(MalformedException.class, () -> Hash.of(new byte[33]));
    }

    @Test
    void later_changes_to_an_array_do_not_change_the_hash() {
        byte[] bytes = HASH.bytes();
        Hash copy = Hash.of(bytes);
        bytes[0]++;
        copy.bytes()[1]++;
        assertEquals(HASH, copy);
        assertEquals(HASH.hashCode(), copy.hashCode());
    }

    @Test
    void orders_as_unsigned_bytes() {
        Hash low = Hash.of(HexFormat.of().parseHex("7f".repeat(32)));
        Hash high = Hash.of(HexFormat.of().parseHex("80".repeat(32)));
        assertTrue(low.compareTo(high) < 0);
        assertEquals(0, low.compareTo(low));
    }

    @Test
    void split_is_the_inverse_of_join() {
        byte[] joined = Hash.join(KnownTree.LEAVES);
        assertEquals(256, joined.length);
        assertEquals(KnownTree.LEAVES, Hash.split(joined));
        assertArrayEquals(new byte[0], Hash.join(List.of()));
        assertThrows(MalformedException.class, () -> Hash.split(new byte[33]));
    }
}
