package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.LedgerException;
import io.holdfast.audit.LedgerException.Cause;
import io.holdfast.fixture.Sqlite;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultsOnSqliteTest extends FaultsTest {

    @Override
    TestDatabase create(Path folder) {
        return Sqlite.in(folder);
    }

    /** A limit on the pages of the file: SQLite's own way of saying that there is no room. */
    private final AtomicInteger mostPages = new AtomicInteger();

    @Override
    void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (mostPages.get() > 0) {
                statement.execute("PRAGMA max_page_count = " + mostPages.get());
            }
        }
    }

    @Test
    void a_full_disk_refuses_and_goes_on_without_a_restart_once_there_is_room() throws Exception {
        append(about("before"));
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            mostPages.set(statement.executeQuery("PRAGMA page_count").getInt(1) + 8);
        }
        reopen(); // so that the writer's connection has the limit
        int written = 0;
        Cause cause = null;
        while (cause == null) {
            try {
                append(about("filling"));
                written++;
            } catch (CompletionException e) {
                cause = ((LedgerException) e.getCause()).what();
            }
        }

        assertEquals(Cause.UNAVAILABLE, cause);
        assertTrue(written > 0);
        assertEquals(Cause.UNAVAILABLE, refusal(once("key")));
        eventually(() -> ledger().trouble().orElse("").contains("SQLITE_FULL"));

        mostPages.set(1_000_000);
        recovered();
        assertEquals(written + 2, append(once("key")).stored().index());
        assertEquals(written + 3, whole().entries().size());
    }

    @Override
    void block(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
    }
}
