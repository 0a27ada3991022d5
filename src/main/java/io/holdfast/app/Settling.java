package io.holdfast.app;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Collects once what starting has left behind. Reading and checking the rules makes more garbage than waiting for requests does
 * in hours, and a collector that has nothing to do gives nothing back.
 */
@ApplicationScoped
class Settling {

    void listening(@ObservesAsync HttpServerStart start) {
        System.gc();
    }
}
