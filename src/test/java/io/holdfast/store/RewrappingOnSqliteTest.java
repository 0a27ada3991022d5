package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.holdfast.audit.Progress;
import io.holdfast.fixture.RawFiles;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewrappingOnSqliteTest extends RewrappingTest {

    @Override
    TestDatabase create(Path folder) {
        return Sqlite.in(folder);
    }

    @Override
    String address(TestDatabase database, Path folder) {
        return folder.toString();
    }

    @Test
    void what_was_wrapped_before_is_in_no_file_afterwards() throws SQLException {
        sealCases(250);
        List<byte[]> before = kept.under(keys(1).newest(), 250).stream()
                .map(held -> held.wrapped().bytes())
                .toList();
        assertFalse(RawFiles.holding(temporary, before.get(0)).isEmpty(), "the search finds nothing");

        new Rewrapping(vault(kept, 1, 2), kept).run(Progress.NONE, () -> true);

        for (byte[] wrapped : before.subList(0, 20)) {
            assertEquals(List.of(), RawFiles.holding(temporary, wrapped));
        }
    }
}
