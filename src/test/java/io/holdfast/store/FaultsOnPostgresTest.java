package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class FaultsOnPostgresTest extends FaultsTest {

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }

    @Override
    void block(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT size FROM head FOR UPDATE");
        }
    }

    @Test
    void a_server_that_ends_every_session_is_connected_to_again() throws Exception {
        append(about("before"));
        Postgres.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + ((Postgres) database).name() + "'");

        refusal(about("meanwhile"));

        recovered();
        append(about("after"));
        assertEquals(3, whole().entries().size());
    }
}
