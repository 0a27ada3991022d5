package io.holdfast.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * Takes the meters away with the application. The registry is the JVM's: where another application follows in it, a gauge whose
 * object is gone would keep its name, and show nothing.
 */
@Startup
@Singleton
class MeterShutdown {

    private final MeterRegistry registry;

    MeterShutdown(MeterRegistry registry) {
        this.registry = registry;
    }

    @PreDestroy
    void stop() {
        registry.clear();
    }
}
