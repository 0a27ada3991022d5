package io.holdfast.store;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;

class RewrappingOnPostgresTest extends RewrappingTest {

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }

    @Override
    String address(TestDatabase database, Path folder) {
        return ((Postgres) database).address();
    }
}
