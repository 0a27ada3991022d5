package io.holdfast.app;

import io.holdfast.http.IssuerKeys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.health.api.Wellness;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators whether tokens can be verified. Down as soon as the issuer's keys cannot be read, though those heard of last may
 * still stand. Not asked for readiness: the log is there to be read by everybody, and a restart does not bring the issuer back.
 */
@Startup // so that the meter is there before anybody asks for the health
@jakarta.inject.Singleton
@Wellness
class TokenHealth implements HealthCheck {

    private final IssuerKeysKeeper keeper;
    private final boolean isForDevelopment;

    TokenHealth(TokenWiring wiring, MeterRegistry registry) {
        this.keeper = wiring.keeper();
        this.isForDevelopment = wiring.isForDevelopment();
        Gauge.builder("holdfast.tokens.keys", this, TokenHealth::keys)
                .description("The issuer's keys that tokens are verified with; none, and no token is accepted")
                .register(registry);
    }

    private int keys() {
        return keeper.keyring().keys().map(IssuerKeys::size).orElse(0);
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = keeper.trouble();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("tokens").withData("keys", keys());
        if (isForDevelopment) {
            answer.withData("issuer", "for development: whoever can read its key can be anybody");
        }
        trouble.ifPresent(why -> answer.withData("why", why));
        return answer.status(trouble.isEmpty() && keys() > 0).build();
    }
}
