package io.holdfast.bench;

import io.agroal.api.AgroalDataSource;
import io.holdfast.store.Database;
import java.nio.file.Path;
import java.util.List;

/** A database engine that a log can lie on. */
interface Engine {

    List<String> NAMES = List.of("sqlite", "postgres");

    static Engine of(String name) {
        return switch (name) {
            case "sqlite" -> new Sqlite();
            case "postgres" -> new PostgreSql();
            default -> throw new IllegalArgumentException("-Dbench.engines knows " + NAMES + ", found " + name);
        };
    }

    String name();

    /** A pool as the gateway has it, on a migrated database for this data folder. */
    AgroalDataSource open(Path data);

    /** The same, as the ledger wants it. */
    Database database(AgroalDataSource pool);

    /** The settings, each {@code name=value}, with which a gateway works on this engine. */
    List<String> settings(Path data);

    /** How many bytes the database takes on disk, by what takes them. */
    List<Measure> bytes(Path data, long entries);
}
