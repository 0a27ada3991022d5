package io.holdfast.app;

import io.holdfast.gate.PolicyWatch;
import io.holdfast.gate.PolicyWatch.Seen;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.health.api.Wellness;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators what lies in the directory of policies. Down when it must not come into force; not asked for readiness, since
 * the gateway goes on deciding with the rulebook that is in force.
 */
@Startup // so that the meters are there before anybody asks for the health
@jakarta.inject.Singleton
@Wellness
class PolicyHealth implements HealthCheck {

    private final Optional<PolicyWatch> watch;

    PolicyHealth(Wiring wiring, MeterRegistry registry) {
        this.watch = wiring.policies();
        watch.ifPresent(it -> register(it, registry));
    }

    private static void register(PolicyWatch watch, MeterRegistry registry) {
        Gauge.builder("holdfast.policies.bad", watch, it -> it.seen().problems().isEmpty() ? 0 : 1)
                .description("Whether what lies in the directory of policies must not come into force")
                .register(registry);
        Gauge.builder("holdfast.policies.waiting", watch, it -> it.seen().next().isPresent() ? 1 : 0)
                .description("Whether a rulebook in the directory waits for people to agree")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("policies");
        if (watch.isEmpty()) {
            return answer.up()
                    .withData("in-force", "nothing, the gateway is out of service")
                    .build();
        }
        Seen seen = watch.get().seen();
        answer.withData("in-force", watch.get().digestInForce());
        seen.next().ifPresent(next -> answer.withData("waiting", next.digest()));
        if (!seen.problems().isEmpty()) {
            answer.withData("why", seen.problems().get(0).toString());
            answer.withData("problems", seen.problems().size());
        }
        return answer.status(seen.problems().isEmpty()).build();
    }
}
