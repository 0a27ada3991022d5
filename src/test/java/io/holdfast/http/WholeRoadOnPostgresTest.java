package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.store.Database;
import io.holdfast.store.Engine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same road on the database that replicas share, set up by one setting. */
@QuarkusTest
@TestProfile(WholeRoadOnPostgresTest.OnPostgres.class)
class WholeRoadOnPostgresTest extends WholeRoadTest {

    public static final class OnPostgres implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("postgres", "yes")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Inject
    Database database;

    private String show(String question) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void nothing_is_kept_in_the_data_folder_but_keys_and_what_was_signed() {
        assertEquals(Engine.SERVER, database.engine());
        assertTrue(database.source() instanceof AgroalDataSource);
        assertFalse(Files.exists(Gateways.folder().resolve("data/holdfast.db")));
        assertTrue(Files.exists(Gateways.folder().resolve("data/high-water")));
    }

    @ParameterizedTest
    @CsvSource({
        "lock_timeout,2s",
        "statement_timeout,8s",
        "idle_in_transaction_session_timeout,8s",
        "client_connection_check_interval,1s",
        "synchronous_commit,on",
        "role,holdfast_service"
    })
    void the_settings_that_matter_are_in_force_on_the_connections_of_the_gateway(String name, String value)
            throws SQLException {
        assertEquals(value, show("SHOW " + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE entry SET leaf = leaf",
                "DELETE FROM entry",
                "TRUNCATE entry",
                "UPDATE node SET hash = hash",
                "DELETE FROM node",
                "ALTER TABLE entry DISABLE TRIGGER ALL",
                "UPDATE pseudonym SET idx = 0"
            })
    void the_gateway_itself_may_not_change_what_stands_in_the_log(String change) throws SQLException {
        Gateways.submit(SampleRequest.usPreservation());
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> statement.executeUpdate(change));

            // Insufficient privilege.
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
        }
        Gateways.wholeLog();
    }
}
