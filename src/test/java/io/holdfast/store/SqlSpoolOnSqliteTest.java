package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.Spool.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlSpoolOnSqliteTest extends SqlSpoolTest {

    @Override
    TestDatabase create(Path folder) {
        return Sqlite.in(folder);
    }

    @Test
    void what_was_deleted_is_in_no_file_afterwards() {
        CaseKey key = putOne();
        Place place = new Place("12.pages", 1);
        byte[] box = put(key, place);
        assertFalse(RawFiles.holding(temporary, box).isEmpty(), "the search finds nothing");

        spool.delete(key.caseId());

        assertEquals(List.of(), RawFiles.holding(temporary, box));
    }
}
