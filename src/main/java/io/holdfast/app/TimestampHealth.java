package io.holdfast.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.health.api.Wellness;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators how time-stamps are doing. Always up, and not asked for readiness: a gateway whose checkpoints are not
 * stamped decides and records as well as any other.
 */
@Startup // so that the meters are there before anybody asks for the health
@jakarta.inject.Singleton
@Wellness
class TimestampHealth implements HealthCheck {

    private final Optional<TimestampKeeper> keeper;

    TimestampHealth(Wiring wiring, MeterRegistry registry) {
        this.keeper = wiring.timestamps();
        keeper.ifPresent(it -> register(it, registry));
    }

    private static void register(TimestampKeeper keeper, MeterRegistry registry) {
        FunctionCounter.builder("holdfast.timestamps.failures", keeper, TimestampKeeper::failures)
                .description("How often a checkpoint was to be stamped and was not")
                .register(registry);
        Gauge.builder("holdfast.timestamps.age", keeper, TimestampHealth::age)
                .description("Since the log last named a time-stamp; not a number before the first")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double age(TimestampKeeper keeper) {
        return keeper.newest()
                .map(at -> (double)
                        Duration.between(at, Clock.systemUTC().instant()).toSeconds())
                .orElse(Double.NaN);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("timestamps").up();
        if (keeper.isEmpty()) {
            return answer.withData("authority", "none is set").build();
        }
        keeper.get().newest().ifPresent(at -> answer.withData("newest", at.toString()));
        keeper.get().trouble().ifPresent(why -> answer.withData("why", why));
        return answer.build();
    }
}
