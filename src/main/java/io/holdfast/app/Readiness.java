package io.holdfast.app;

import io.holdfast.http.Gateway;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Ready means that decisions can be recorded. Liveness asks nothing of disk or database: a full disk must refuse, not restart. */
@org.eclipse.microprofile.health.Readiness
class Readiness implements HealthCheck {

    private final Gateway gateway;

    Readiness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("ledger").status(gateway.trouble().isEmpty());
        gateway.trouble().ifPresent(why -> answer.withData("why", why));
        return answer.build();
    }
}
