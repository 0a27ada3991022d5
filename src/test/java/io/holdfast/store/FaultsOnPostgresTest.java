package io.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.LedgerException.Cause;
import io.holdfast.fixture.Postgres;
import io.holdfast.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** The server's own words for it, from a trigger: its disk is not ours to fill. */
    @Test
    void a_server_whose_disk_is_full_refuses_and_goes_on_without_a_restart_once_there_is_room() throws Exception {
        append(about("before"));
        Postgres server = (Postgres) database;
        server.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$");
        server.execute("CREATE TRIGGER no_room BEFORE INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION no_room()");

        for (int i = 0; i < 3; i++) {
            assertEquals(Cause.UNAVAILABLE, refusal(about("full")));
            recovered(); // opening needs no new page: the next one finds out again
        }

        server.execute("DROP TRIGGER no_room ON entry");
        append(about("after"));
        assertEquals(3, whole().entries().size());
        assertEquals(List.of(), whole().on("full"));
    }

    private void endSessions() {
        Postgres.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + ((Postgres) database).name() + "'");
    }

    @Test
    void a_server_that_ends_every_session_is_connected_to_again() throws Exception {
        append(about("before"));
        endSessions();

        refusal(about("meanwhile"));

        recovered();
        append(about("after"));
        assertEquals(3, whole().entries().size());
    }

    @Test
    void however_often_sessions_are_ended_the_pool_does_not_run_out_of_connections() throws Exception {
        for (int i = 0; i < 12; i++) {
            endSessions();
            refusal(about("meanwhile"));
            recovered();
            append(about("after"));
        }
        assertEquals(13, whole().entries().size());
    }

    @Test
    void a_pool_full_of_dead_connections_is_one_failure_and_not_one_for_each() throws Exception {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(database.source().getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
        endSessions();
        long start = System.nanoTime();

        refusal(about("meanwhile"));
        recovered();

        append(about("after"));
        assertTrue(System.nanoTime() - start < 2_000_000_000L, "each dead connection took a pause of its own");
    }
}
