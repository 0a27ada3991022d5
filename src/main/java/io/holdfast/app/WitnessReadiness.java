package io.holdfast.app;

import io.holdfast.http.Gateway;
import io.holdfast.http.Witnessing;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells how the witnesses are doing, and never that the gateway is not ready: without a quorum nothing is released, but
 * requests are still decided and recorded, and, above all, holds are placed.
 */
@Readiness
class WitnessReadiness implements HealthCheck {

    private final Gateway gateway;

    WitnessReadiness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("witnesses").up();
        gateway.witnessing().ifPresent(now -> tell(now, answer));
        return answer.build();
    }

    private static void tell(Witnessing now, HealthCheckResponseBuilder answer) {
        answer.withData("awaited", now.isAwaited())
                .withData("quorum", now.quorum())
                .withData("entries", now.entries())
                .withData("published", now.published())
                .withData("cosigned", now.cosigned());
        now.cosignedAt().ifPresent(at -> answer.withData("cosigned-at", at.toString()));
        now.troubles().forEach((name, trouble) -> answer.withData("witness " + name, trouble.orElse("well")));
    }
}
