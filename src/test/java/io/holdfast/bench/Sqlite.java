package io.holdfast.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.holdfast.fixture.TemporaryLog;
import io.holdfast.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** One file, set up as application.properties sets it up for the gateway. */
final class Sqlite implements Engine {

    private static final int CONNECTIONS = 8;

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public AgroalDataSource open(Path data) {
        TemporaryLog.database(data);
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl("jdbc:sqlite:" + database(data))
                                    .jdbcProperty("journal_mode", "WAL")
                                    .jdbcProperty("synchronous", "FULL")
                                    .jdbcProperty("busy_timeout", "5000")
                                    .jdbcProperty("foreign_keys", "true")
                                    .jdbcProperty("secure_delete", "true"))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Database database(AgroalDataSource pool) {
        return Database.alone(pool);
    }

    @Override
    public List<String> settings(Path data) {
        return List.of();
    }

    @Override
    public List<Measure> bytes(Path data, long entries) {
        return List.of(
                Measure.of("database", "bytes/entry", (double) size(database(data)) / entries),
                Measure.of("write-ahead log", "bytes/entry", (double) size(data.resolve("holdfast.db-wal")) / entries));
    }

    private static Path database(Path data) {
        return data.resolve("holdfast.db");
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
