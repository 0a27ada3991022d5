package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlLedgerOnPostgresTest extends SqlLedgerTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @Override
    TestDatabase create(Path folder) {
        return Postgres.create();
    }

    /** Without the triggers, so that nothing but the role stands in the way. */
    @Test
    void the_role_of_the_service_may_not_change_or_delete_an_entry_nor_set_the_tables_up_anew() throws Exception {
        try (Postgres database = Postgres.create()) {
            database.execute("DROP TRIGGER entry_stays ON entry");
            database.execute("DROP TRIGGER node_stays ON node");
            try (Connection connection = database.source().getConnection();
                    Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery("SELECT current_user")) {
                    row.next();
                    assertEquals("holdfast_service", row.getString(1));
                }
                for (String change : List.of(
                        "UPDATE entry SET control = 0",
                        "DELETE FROM entry",
                        "TRUNCATE entry",
                        "DROP TABLE entry",
                        "ALTER TABLE entry ADD COLUMN more INTEGER",
                        "CREATE TRIGGER more BEFORE INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
                        "UPDATE node SET idx = idx + 1",
                        "DELETE FROM node",
                        "TRUNCATE node",
                        "DELETE FROM head",
                        "TRUNCATE head")) {
                    SQLException refused =
                            assertThrows(SQLException.class, () -> statement.executeUpdate(change), change);
                    assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), change);
                }
            }
        }
    }
}
