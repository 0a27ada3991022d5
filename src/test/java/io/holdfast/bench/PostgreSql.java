package io.holdfast.bench;

import io.agroal.api.AgroalDataSource;
import io.holdfast.fixture.Postgres;
import io.holdfast.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on the same machine, as it comes, which syncs every commit. Each data folder has a database of its own, whose address
 * lies in it. What the server takes of the CPU counts as that of others.
 */
final class PostgreSql implements Engine {

    private static final String ADDRESS = "database-address";

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public AgroalDataSource open(Path data) {
        if (Files.exists(data.resolve(ADDRESS))) {
            return Postgres.existing(read(data)).source();
        }
        Postgres created = Postgres.create();
        write(data, created.address());
        return created.source();
    }

    @Override
    public Database database(AgroalDataSource pool) {
        return Database.shared(pool, Database.LEASE);
    }

    @Override
    public List<String> settings(Path data) {
        String address = Postgres.newAddress();
        write(data, address);
        return List.of(
                "holdfast.database=" + address,
                "holdfast.database-user=" + Postgres.LOGIN,
                "holdfast.database-password=" + Postgres.LOGIN);
    }

    @Override
    public List<Measure> bytes(Path data, long entries) {
        List<Measure> measures = new ArrayList<>();
        try (Postgres database = Postgres.existing(read(data));
                Connection connection = database.owner();
                Statement statement = connection.createStatement()) {
            measures.add(bytes(statement, "database", "pg_database_size(current_database())", entries));
            for (String table : List.of("entry", "sealed", "case_key")) {
                measures.add(bytes(statement, "of it " + table, "pg_total_relation_size('" + table + "')", entries));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return measures;
    }

    private static Measure bytes(Statement statement, String what, String size, long entries) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT " + size)) {
            row.next();
            return Measure.of(what, "bytes/entry", (double) row.getLong(1) / entries);
        }
    }

    private static String read(Path data) {
        try {
            return Files.readString(data.resolve(ADDRESS)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path data, String address) {
        try {
            Files.createDirectories(data);
            Files.writeString(data.resolve(ADDRESS), address + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
