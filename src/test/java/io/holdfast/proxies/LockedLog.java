package io.holdfast.proxies;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The lock of the database of a gateway: while somebody else has it, what the gateway wants to record waits. */
final class LockedLog {

    private LockedLog() {}

    static void whileLocked(Path data, Runnable doing) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("holdfast.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN IMMEDIATE");
            try {
                doing.run();
            } finally {
                statement.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
