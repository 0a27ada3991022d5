package io.holdfast.store;

import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;

class KilledWriterOnSqliteTest extends KilledWriterTest {

    @Override
    TestDatabase create(Path folder) {
        return Sqlite.in(folder);
    }

    @Override
    String address(TestDatabase created) {
        return "-";
    }

    @Override
    TestDatabase existing(Path folder, String address) {
        return Sqlite.existing(folder);
    }
}
