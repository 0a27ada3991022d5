package io.holdfast.http;

import io.holdfast.legal.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Counts without people in them: by outcome, never by place, agency or account. */
@Startup // so that an operator sees a log that cannot be written before the first request comes
@ApplicationScoped
class Meters {

    private final Map<Outcome, Counter> decided = new EnumMap<>(Outcome.class);
    private final Counter refusedAtTheDoor;
    private final Counter delivered;

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
        registry.gauge("holdfast.log.writable", gateway, it -> it.trouble().isEmpty() ? 1 : 0);
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
