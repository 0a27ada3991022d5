package io.holdfast.store;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;

/** The server lives on: what a killed session has begun there must come to nothing. */
class KilledWriterOnPostgresTest extends KilledWriterTest {

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }

    @Override
    String address(TestDatabase created) {
        return ((Postgres) created).address();
    }

    @Override
    TestDatabase existing(Path folder, String address) {
        return Postgres.existing(address);
    }
}
