package io.holdfast.http;

import io.holdfast.legal.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Counts without people in them: by outcome and by witness, never by place, agency or account. */
@Startup // so that an operator sees a log that cannot be written before the first request comes
@ApplicationScoped
class Meters {

    private final Map<Outcome, Counter> decided = new EnumMap<>(Outcome.class);
    private final Counter refusedAtTheDoor;
    private final Counter delivered;
    private final Counter unwitnessed;

    Meters(MeterRegistry registry, Gateway gateway) {
        for (Outcome outcome : Outcome.values()) {
            decided.put(
                    outcome,
                    Counter.builder("holdfast.requests.decided")
                            .description("Decisions on new requests")
                            .tag("outcome", outcome.name())
                            .register(registry));
        }
        refusedAtTheDoor = Counter.builder("holdfast.requests.malformed")
                .description("Requests that could not be read; nothing was decided")
                .register(registry);
        delivered = Counter.builder("holdfast.deliveries")
                .description("Packages handed over")
                .register(registry);
        unwitnessed = Counter.builder("holdfast.deliveries.not.witnessed")
                .description("Deliveries refused because too few witnesses had cosigned in time")
                .register(registry);
        gateway.witnessing().ifPresent(at -> witnesses(registry, gateway, at));
        registry.gauge("holdfast.log.writable", gateway, it -> it.trouble().isEmpty() ? 1 : 0);
    }

    private static void witnesses(MeterRegistry registry, Gateway gateway, Witnessing atStart) {
        Gauge.builder("holdfast.witness.quorum", gateway, it -> now(it).quorum() ? 1 : 0)
                .description("Whether the last checkpoint that the witnesses were asked about got its quorum")
                .register(registry);
        Gauge.builder("holdfast.witness.behind.entries", gateway, it -> now(it).entries() - now(it).cosigned())
                .description("Entries of the log that no quorum has cosigned yet")
                .register(registry);
        atStart.troubles()
                .keySet()
                .forEach(name -> Gauge.builder("holdfast.witness.well", gateway, it -> isWell(it, name) ? 1 : 0)
                        .description("Whether the witness cosigned when it was asked last")
                        .tag("witness", name)
                        .register(registry));
    }

    private static Witnessing now(Gateway gateway) {
        return gateway.witnessing().orElseThrow();
    }

    private static boolean isWell(Gateway gateway, String witness) {
        return now(gateway).troubles().get(witness).isEmpty();
    }

    void notWitnessed() {
        unwitnessed.increment();
    }

    void decided(Outcome outcome) {
        decided.get(outcome).increment();
    }

    void refusedAtTheDoor() {
        refusedAtTheDoor.increment();
    }

    void delivered() {
        delivered.increment();
    }
}
