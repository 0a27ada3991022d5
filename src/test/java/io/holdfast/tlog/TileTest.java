package io.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    private static final long SPEC_EXAMPLE = 70_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 0, 1, tile/0/000.p/1",
        "0, 999, 255, tile/0/999.p/255",
        "0, 1000, 256, tile/0/x001/000",
        "1, 1234067, 256, tile/1/x001/x234/067",
        "5, 1234067, 17, tile/5/x001/x234/067.p/17",
        "63, 0, 256, tile/63/000",
        "0, 36028797018963966, 256, tile/0/x036/x028/x797/x018/x963/966",
        "0, 36028797018963967, 255, tile/0/x036/x028/x797/x018/x963/967.p/255"
    })
    void a_tile_of_hashes_has_its_path(int level, long index, int width, String path) {
        Tile tile = new Tile.Hashes(level, index, width);
        assertEquals(path, tile.path());
        assertEquals(tile, Tile.parse(path));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 256, tile/entries/000",
        "273, 112, tile/entries/273.p/112",
        "1234067, 256, tile/entries/x001/x234/067"
    })
    void a_bundle_of_entries_has_its_path(long index, int width, String path) {
        Tile tile = new Tile.Entries(index, width);
        assertEquals(path, tile.path());
        assertEquals(tile, Tile.parse(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/000\n",
                "tile/0/ 00",
                "tile/0/+00",
                "tile/0/-01",
                "tile/0/x000",
                "tile/0/x000/001",
                "tile/0/001/001",
                "tile/0/x001/x001",
                "tile/0/x01/001",
                "tile/0/X001/001",
                "tile/0/1000",
                "tile/00/000",
                "tile/01/000",
                "tile/+1/000",
                "tile/-1/000",
                "tile/64/000",
                "tile/100/000",
                "tile/8/0/000",
                "tile/data/000",
                "tile/Entries/000",
                "tile/entries/x000/000",
                "tile/0/000.p",
                "tile/0/000.p/",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/+1",
                "tile/0/000.p/-1",
                "tile/0/000.p/256",
                "tile/0/000.p/257",
                "tile/0/000.p/1000",
                "tile/0/000.p/1/",
                "tile/0/000p/1",
                "tile/0/000/p/1",
                "tile/0/../000",
                "tile/\u0660/000",
                "tile/0/\u0660\u0660\u0660",
                "tile/0/x036/x028/x797/x018/x963/967",
                "tile/0/x999/x999/x999/x999/x999/999",
                "tile/0/x001/x000/x000/x000/x000/x000/000"
            })
    void rejects_every_other_spelling(String path) {
        assertThrows(MalformedException.class, () -> Tile.parse(path));
    }

    @Test
    void refuses_empty_and_overfull_tiles_and_numbers_out_of_range() {
        assertThrows(MalformedException.class, () -> new Tile.Hashes(0, 0, 0));
        assertThrows(MalformedException.class, () -> new Tile.Hashes(0, 0, 257));
        assertThrows(MalformedException.class, () -> new Tile.Hashes(-1, 0, 1));
        assertThrows(MalformedException.class, () -> new Tile.Hashes(64, 0, 1));
        assertThrows(MalformedException.class, () -> new Tile.Hashes(0, -1, 1));
        assertThrows(MalformedException.class, () -> new Tile.Entries(Long.MAX_VALUE / 256, 256));
    }

    @Test
    void the_example_of_the_specification_has_its_tiles() {
        assertEquals(new Tile.Hashes(0, 272, 256), Tile.Hashes.at(0, 272, SPEC_EXAMPLE));
        assertEquals(new Tile.Hashes(0, 273, 112), Tile.Hashes.at(0, 273, SPEC_EXAMPLE));
        assertEquals(new Tile.Hashes(1, 0, 256), Tile.Hashes.at(1, 0, SPEC_EXAMPLE));
        assertEquals(new Tile.Hashes(1, 1, 17), Tile.Hashes.at(1, 1, SPEC_EXAMPLE));
        assertEquals(new Tile.Hashes(2, 0, 1), Tile.Hashes.at(2, 0, SPEC_EXAMPLE));
        assertEquals(new Tile.Entries(273, 112), Tile.Entries.at(273, SPEC_EXAMPLE));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(0, 274, SPEC_EXAMPLE));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(1, 2, SPEC_EXAMPLE));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(3, 0, SPEC_EXAMPLE));
        assertThrows(MalformedException.class, () -> Tile.Entries.at(274, SPEC_EXAMPLE));
    }

    @Test
    void a_full_tile_shows_one_level_up_at_once() {
        assertEquals(new Tile.Hashes(0, 0, 256), Tile.Hashes.at(0, 0, 256));
        assertEquals(new Tile.Hashes(1, 0, 1), Tile.Hashes.at(1, 0, 256));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(0, 1, 256));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(1, 0, 255));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(0, 0, 0));
    }

    @Test
    void the_largest_tree_has_a_tile_at_level_7_and_none_above() {
        assertEquals(new Tile.Hashes(7, 0, 127), Tile.Hashes.at(7, 0, Long.MAX_VALUE));
        assertEquals(
                255, Tile.Hashes.at(0, Long.MAX_VALUE / 256, Long.MAX_VALUE).width());
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(8, 0, Long.MAX_VALUE));
        assertThrows(MalformedException.class, () -> Tile.Hashes.at(0, Long.MAX_VALUE / 256, 5));
    }

    @Test
    void a_tree_has_its_own_tiles_and_narrower_ones_but_no_wider_ones() {
        assertTrue(Tile.parse("tile/0/273.p/112").isIn(SPEC_EXAMPLE));
        assertTrue(Tile.parse("tile/0/273.p/111").isIn(SPEC_EXAMPLE));
        assertFalse(Tile.parse("tile/0/273.p/113").isIn(SPEC_EXAMPLE));
        assertFalse(Tile.parse("tile/0/273").isIn(SPEC_EXAMPLE));
        assertTrue(Tile.parse("tile/entries/273.p/112").isIn(SPEC_EXAMPLE));
        assertFalse(Tile.parse("tile/entries/273.p/113").isIn(SPEC_EXAMPLE));
        assertFalse(Tile.parse("tile/2/000.p/2").isIn(SPEC_EXAMPLE));
        assertFalse(Tile.parse("tile/63/000.p/1").isIn(Long.MAX_VALUE));
    }

    @Test
    void a_tile_prints_back_and_a_changed_path_is_refused_or_another_tile() {
        Random random = Seeded.random(getClass());
        for (int round = 0; round < 20_000; round++) {
            long index = random.nextLong() >>> (9 + random.nextInt(55));
            int width = 1 + random.nextInt(255);
            Tile tile = random.nextInt(4) == 0
                    ? new Tile.Entries(index, width)
                    : new Tile.Hashes(random.nextInt(64), index, width);
            assertEquals(tile, Tile.parse(tile.path()));

            StringBuilder changed = new StringBuilder(tile.path());
            changed.setCharAt(random.nextInt(changed.length()), (char) ('+' + random.nextInt(80)));
            try {
                assertEquals(changed.toString(), Tile.parse(changed.toString()).path());
            } catch (MalformedException refused) {
                continue;
            }
        }
    }
}
