package io.holdfast.app;

import io.holdfast.http.Keyring;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose tokens are believed. */
@Startup
@Singleton
class TokenWiring {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final IssuerKeysKeeper keeper;
    private final Development development;

    TokenWiring(
            Settings settings,
            @ConfigProperty(name = IssuerKeysSource.KEY) Optional<String> key,
            @ConfigProperty(name = IssuerKeysSource.LOCATION) Optional<String> location,
            @ConfigProperty(name = IssuerKeysSource.ISSUER) Optional<String> issuer,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        Clock clock = Clock.systemUTC();
        this.keeper = new IssuerKeysKeeper(
                IssuerKeysKeeper.OWN,
                IssuerKeysSource.of(key, location, issuer, LIMIT),
                new Keyring(clock),
                settings.tokens(),
                clock);
        this.development =
                new Development(settings.development(), settings.data(), issuer, location, host, settings.database());
        keeper.start();
    }

    /** Why the gateway must not serve with the issuer that is set. */
    Optional<String> objection() {
        return development.objection(keeper.keyring().keys());
    }

    boolean isForDevelopment() {
        return development.isOn();
    }

    @Produces
    @Singleton
    Keyring keyring() {
        return keeper.keyring();
    }

    IssuerKeysKeeper keeper() {
        return keeper;
    }

    @PreDestroy
    void stop() {
        keeper.close();
    }
}
