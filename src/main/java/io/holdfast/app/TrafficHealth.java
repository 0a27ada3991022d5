package io.holdfast.app;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators how many rules let calls pass without a grant, and whether those who call by them can be known. Down, and calls
 * that should be ordinary are refused; nothing that should not pass does.
 */
@jakarta.inject.Singleton
@Wellness
class TrafficHealth implements HealthCheck {

    private final TrafficWiring wiring;

    TrafficHealth(TrafficWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("traffic");
        wiring.traffic()
                .ifPresent(it -> answer.withData("guarded-rules", it.guarded().size())
                        .withData("ordinary-rules", it.ordinary().size()));
        wiring.trouble().ifPresent(why -> answer.withData("why", why));
        return answer.status(wiring.trouble().isEmpty()).build();
    }
}
