package io.holdfast.store;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;

class SqlSpoolOnPostgresTest extends SqlSpoolTest {

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }
}
