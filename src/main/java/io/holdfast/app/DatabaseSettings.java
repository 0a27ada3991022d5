package io.holdfast.app;

import io.holdfast.store.Engine;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns {@code holdfast.database} into the settings of the two datasources, one of which is active. What decides over
 * durability and over waiting is set here, above everything that an operator can set: {@link Engine} says to what.
 */
public final class DatabaseSettings implements ConfigSourceFactory {

    static final String EMBEDDED = "embedded";
    static final String SERVER = "server";

    private static final String DATABASE = "holdfast.database";
    private static final String SERVER_URL = "jdbc:postgresql:";
    private static final int ABOVE_ALL = 1000;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String database = value(context, DATABASE).orElse(EMBEDDED);
        Map<String, String> settings = new HashMap<>();
        Engine chosen = engine(database);
        put(settings, EMBEDDED, Engine.EMBEDDED, chosen);
        put(settings, SERVER, Engine.SERVER, chosen);
        if (chosen == Engine.SERVER) {
            String datasource = "quarkus.datasource." + SERVER;
            String migrations = "quarkus.flyway." + SERVER;
            settings.put(datasource + ".jdbc.url", database);
            // Not through the pool: its connections have given up the right to change tables.
            settings.put(migrations + ".jdbc-url", database);
            value(context, "holdfast.database-user").ifPresent(user -> {
                settings.put(datasource + ".username", user);
                settings.put(migrations + ".username", user);
            });
            value(context, "holdfast.database-password").ifPresent(password -> {
                settings.put(datasource + ".password", password);
                settings.put(migrations + ".password", password);
            });
        }
        return List.of(new PropertiesConfigSource(settings, DATABASE, ABOVE_ALL));
    }

    private static void put(Map<String, String> settings, String name, Engine engine, Engine chosen) {
        String active = Boolean.toString(engine == chosen);
        String datasource = "quarkus.datasource." + name;
        settings.put(datasource + ".active", active);
        settings.put("quarkus.flyway." + name + ".active", active);
        engine.jdbcProperties()
                .forEach((key, value) -> settings.put(datasource + ".jdbc.additional-jdbc-properties." + key, value));
        engine.placeholders()
                .forEach((key, value) -> settings.put("quarkus.flyway." + name + ".placeholders." + key, value));
        if (!engine.onConnect().isEmpty()) {
            settings.put(datasource + ".jdbc.new-connection-sql", engine.onConnect());
        }
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name))
                .map(ConfigValue::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** @throws IllegalArgumentException if it is neither; the text is not repeated, since it may hold a password */
    static Engine engine(String database) {
        if (database.equals(EMBEDDED)) {
            return Engine.EMBEDDED;
        }
        if (!database.startsWith(SERVER_URL)) {
            throw new IllegalArgumentException(
                    DATABASE + " must be " + EMBEDDED + ", or an address that begins with " + SERVER_URL + "//");
        }
        if (database.contains("password=") || database.contains("@")) {
            throw new IllegalArgumentException(
                    DATABASE + " must not carry a password; set holdfast.database-user and holdfast.database-password");
        }
        return Engine.SERVER;
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ABOVE_ALL);
    }
}
