package io.holdfast.app;

import io.holdfast.audit.CaseClock;
import io.holdfast.audit.ClockName;
import io.holdfast.gate.ClockDesk;
import io.holdfast.gate.NoticeWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/**
 * Shows operators on how many requests the time is nearly over, and over, by the name of the clock and nothing else; and on how
 * many somebody has to be told.
 */
@Startup // so that the meters are there before the first request comes
@jakarta.inject.Singleton
class ClockMeters {

    ClockMeters(Wiring wiring, MeterRegistry registry) {
        wiring.notices()
                .ifPresent(watch -> Gauge.builder("holdfast.notices.due", watch, NoticeWatch::countDue)
                        .description(
                                "Requests on which the person concerned has to be told, or people have to look again")
                        .register(registry));
        wiring.clocks().ifPresent(desk -> {
            for (ClockName name : ClockName.values()) {
                gauge(
                        "holdfast.clocks.warned",
                        "Clocks that are nearly over",
                        desk,
                        name,
                        CaseClock.State.WARNED,
                        registry);
                gauge(
                        "holdfast.clocks.breached",
                        "Clocks that are over",
                        desk,
                        name,
                        CaseClock.State.BREACHED,
                        registry);
            }
        });
    }

    private static void gauge(
            String meter, String says, ClockDesk desk, ClockName name, CaseClock.State state, MeterRegistry registry) {
        Gauge.builder(meter, desk, it -> it.count(name, state))
                .description(says)
                .tag("clock", name.code())
                .register(registry);
    }
}
