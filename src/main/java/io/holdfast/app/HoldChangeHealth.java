package io.holdfast.app;

import io.holdfast.audit.HoldProposal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.health.api.Wellness;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Tells operators how many proposed changes of holds are nearly over, and when the first one is. Always up: a proposal that ends
 * leaves everything as it is.
 */
@Startup // so that the meter is there before anybody asks for the health
@jakarta.inject.Singleton
@Wellness
class HoldChangeHealth implements HealthCheck {

    private final Optional<HoldKeeper> keeper;

    HoldChangeHealth(Wiring wiring, MeterRegistry registry) {
        this.keeper = wiring.holdKeeper();
        keeper.ifPresent(it -> Gauge.builder(
                        "holdfast.hold.changes.nearly.over",
                        it,
                        looking -> looking.nearlyOver().size())
                .description("Proposed changes of holds whose time to be approved, or to take effect, is nearly over")
                .register(registry));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("hold-changes").up();
        List<HoldProposal> nearlyOver = keeper.map(HoldKeeper::nearlyOver).orElse(List.of());
        answer.withData("nearly-over", nearlyOver.size());
        nearlyOver.stream()
                .map(HoldProposal::nextEnd)
                .min(Comparator.naturalOrder())
                .ifPresent(end -> answer.withData("next-end", end.toString()));
        return answer.build();
    }
}
