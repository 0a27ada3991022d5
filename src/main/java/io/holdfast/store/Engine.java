package io.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two databases that the ledger runs on, and everything in which they differ: how a connection is set up, what the
 * placeholders of the migrations stand for, and which settings must be in force before anything is written. What is asked of
 * the tables is the same SQL for both, in {@link Tables}.
 */
public enum Engine {

    /** SQLite in the data folder: one process, no server. */
    EMBEDDED {
        @Override
        public Map<String, String> jdbcProperties() {
            return Map.of(
                    "journal_mode", "WAL",
                    "synchronous", "FULL",
                    "busy_timeout", Long.toString(LOCK_WAIT.toMillis()),
                    "foreign_keys", "true",
                    // What is deleted is overwritten with zeros: the keys of shredded cases must not be found in the
                    // file.
                    "secure_delete", "true");
        }

        @Override
        public String onConnect() {
            return "";
        }

        @Override
        public Map<String, String> placeholders() {
            // INTEGER PRIMARY KEY is the row's own place, and a table without row ids is its own index: one tree to
            // write, not two.
            return Map.of("blob", "BLOB", "index", "INTEGER", "byKey", "WITHOUT ROWID");
        }

        @Override
        public List<String> migrations() {
            return List.of("db/migration", "db/embedded");
        }

        @Override
        boolean locksRows() {
            return false;
        }

        @Override
        void refuseCareless(Connection connection) throws SQLException {
            require("journal_mode", value(connection, "PRAGMA journal_mode"), List.of("wal"));
            require("synchronous", value(connection, "PRAGMA synchronous"), List.of("2", "3"));
            if (!value(connection, "PRAGMA secure_delete").equals("1")) {
                throw new IllegalStateException(
                        "the database has secure_delete = off, and what is shredded must not stay "
                                + "in its file; set it to true");
            }
        }

        /** The write-ahead log still has pages from before: it is written back, and cut to nothing. */
        @Override
        boolean sweep(Connection connection, List<String> tables) throws SQLException {
            String busy = value(connection, "PRAGMA busy_timeout");
            // A reader that holds a page from before holds up the writer no longer than this.
            execute(connection, "PRAGMA busy_timeout = 500");
            try {
                return value(connection, "PRAGMA wal_checkpoint(TRUNCATE)").equals("0");
            } finally {
                execute(connection, "PRAGMA busy_timeout = " + busy);
            }
        }
    },

    /** PostgreSQL: several processes on one log. */
    SERVER {
        @Override
        public Map<String, String> jdbcProperties() {
            Map<String, String> properties = new TreeMap<>();
            properties.put("ApplicationName", "holdfast");
            // A commit is asked of the primary only, and what no server answers is given up: its outcome is looked up
            // later.
            properties.put("targetServerType", "primary");
            properties.put("connectTimeout", "5");
            properties.put(
                    "socketTimeout", Long.toString(STATEMENT.plusSeconds(2).toSeconds()));
            properties.put("tcpKeepAlive", "true");
            properties.put("reWriteBatchedInserts", "true");
            // Error texts name no values: those of a row are nobody's business in a log file.
            properties.put("logServerErrorDetail", "false");
            properties.put(
                    "options",
                    "-c lock_timeout=" + LOCK_WAIT.toMillis()
                            + " -c statement_timeout=" + STATEMENT.toMillis()
                            + " -c idle_in_transaction_session_timeout=" + STATEMENT.toMillis()
                            // A session whose process was killed must not keep the lock of the head.
                            + " -c client_connection_check_interval=1000"
                            + " -c tcp_user_timeout=" + STATEMENT.toMillis());
            return properties;
        }

        @Override
        public String onConnect() {
            // Where the role is not there, or not for this login, the triggers on the tables are the only lock.
            return "SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = 'holdfast_service'"
                    + " AND pg_has_role(session_user, oid,"
                    + " CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)";
        }

        @Override
        public Map<String, String> placeholders() {
            // The last one says nothing new: a placeholder cannot stand for nothing.
            return Map.of("blob", "BYTEA", "index", "BIGINT", "byKey", "WITH (fillfactor = 100)");
        }

        @Override
        public List<String> migrations() {
            return List.of("db/migration", "db/server");
        }

        @Override
        boolean locksRows() {
            return true;
        }

        @Override
        void refuseCareless(Connection connection) throws SQLException {
            require("fsync", value(connection, "SHOW fsync"), List.of("on"));
            require("full_page_writes", value(connection, "SHOW full_page_writes"), List.of("on"));
            require("synchronous_commit", value(connection, "SHOW synchronous_commit"), List.of("on", "remote_apply"));
        }

        /**
         * Dead rows go with a vacuum, and no further: write-ahead log, standbys and backups keep them until they are
         * recycled; docs/explanation/erasure.md says what follows.
         */
        @Override
        boolean sweep(Connection connection, List<String> tables) throws SQLException {
            // As the login, which owns the tables: the role that the service works as may not, and the server would
            // only warn.
            execute(connection, "SET ROLE NONE");
            try {
                execute(connection, "VACUUM " + String.join(", ", tables));
            } finally {
                execute(connection, onConnect());
            }
            return true;
        }
    };

    /** How long a statement waits for a lock that somebody else has. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    /** How long any statement may take, a commit among them. */
    private static final Duration STATEMENT = Duration.ofSeconds(8);

    /** What the driver is told for every connection. */
    public abstract Map<String, String> jdbcProperties();

    /** A statement to run on every new connection of the service; empty for none. Not for migrations. */
    public abstract String onConnect();

    /** What the placeholders in the migrations stand for. */
    public abstract Map<String, String> placeholders();

    /** Where the migrations are, on the class path. */
    public abstract List<String> migrations();

    /** Whether one row can be locked, and the rest of the database goes on. */
    abstract boolean locksRows();

    /** @throws IllegalStateException if what this connection commits may not survive power loss, with what to set */
    abstract void refuseCareless(Connection connection) throws SQLException;

    /**
     * Takes what was deleted from these tables out of the database's files: deleting only stops showing it. Called after the
     * commit, on a connection that commits by itself.
     *
     * @return false if somebody reads what was there before, so that it has to be tried again
     */
    abstract boolean sweep(Connection connection, List<String> tables) throws SQLException;

    private static String value(Connection connection, String question) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(question);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void require(String setting, String found, List<String> enough) {
        if (!enough.contains(found)) {
            throw new IllegalStateException("the database has " + setting + " = " + found
                    + ", and what is acknowledged " + "must survive power loss; set it to " + enough.get(0));
        }
    }
}
