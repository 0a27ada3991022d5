package io.holdfast.app;

import io.agroal.api.AgroalDataSource;
import io.holdfast.store.Database;
import io.holdfast.store.Engine;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The database that the operator has chosen. The other one is not even asked for: it is not active. */
final class ChosenDatabase {

    private ChosenDatabase() {}

    @Produces
    @Singleton
    static Database database(
            Settings settings,
            @DataSource(DatabaseSettings.EMBEDDED) Instance<AgroalDataSource> embedded,
            @DataSource(DatabaseSettings.SERVER) Instance<AgroalDataSource> server) {
        return DatabaseSettings.engine(settings.database()) == Engine.EMBEDDED
                ? Database.alone(embedded.get())
                : Database.shared(server.get(), settings.databaseLease());
    }
}
