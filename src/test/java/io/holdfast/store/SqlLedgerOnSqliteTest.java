package io.holdfast.store;

import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;

class SqlLedgerOnSqliteTest extends SqlLedgerTest {

    @Override
    TestDatabase create(Path folder) {
        return Sqlite.in(folder);
    }
}
