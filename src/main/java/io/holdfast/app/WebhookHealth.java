package io.holdfast.app;

import io.holdfast.webhook.Outbox;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.health.api.Wellness;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators whether events arrive. Always up, and not asked for readiness: a gateway whose receiver is gone decides and
 * records as well as any other, and what is not sent now is sent later.
 */
@Startup // so that the meters are there before anybody asks for the health
@jakarta.inject.Singleton
@Wellness
class WebhookHealth implements HealthCheck {

    private final Optional<Outbox> outbox;

    WebhookHealth(Wiring wiring, MeterRegistry registry) {
        this.outbox = wiring.outbox();
        outbox.ifPresent(it -> register(it, registry));
    }

    private static void register(Outbox outbox, MeterRegistry registry) {
        FunctionCounter.builder("holdfast.webhook.failures", outbox, Outbox::failures)
                .description("How often an event did not arrive")
                .register(registry);
        FunctionCounter.builder("holdfast.webhook.sent", outbox, Outbox::sent)
                .description("Events that have arrived")
                .register(registry);
        Gauge.builder("holdfast.webhook.behind.entries", outbox, Outbox::behind)
                .description("Entries of the log that the receiver has not been told of")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("webhook").up();
        if (outbox.isEmpty()) {
            return answer.withData("receiver", "none is set").build();
        }
        answer.withData("behind", outbox.get().behind());
        outbox.get().trouble().ifPresent(why -> answer.withData("why", why));
        return answer.build();
    }
}
