package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlSpoolOnPostgresTest extends SqlSpoolTest {

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }

    @Test
    void what_was_deleted_is_vacuumed_and_the_connection_is_that_of_the_service_again() throws SQLException {
        spool.delete(putOne().caseId());

        assertEquals(
                "1", value(database.owner(), "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'spool'"));
        for (int i = 0; i < 3; i++) {
            assertEquals("holdfast_service", value(database.source().getConnection(), "SELECT current_user"));
        }
    }

    private static String value(Connection connection, String question) throws SQLException {
        try (connection;
                PreparedStatement select = connection.prepareStatement(question);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
