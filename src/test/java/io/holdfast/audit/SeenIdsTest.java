package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeenIdsTest {

    @Test
    void every_id_is_new_once() {
        SeenIds ids = new SeenIds();
        for (int i = 0; i < 50_000; i++) {
            assertTrue(ids.add("id-" + i), "id-" + i);
        }
        for (int i = 0; i < 50_000; i++) {
            assertFalse(ids.add("id-" + i), "id-" + i);
        }
        assertTrue(ids.add("id-50000"));
    }
}
