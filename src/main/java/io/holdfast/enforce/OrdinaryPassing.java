package io.holdfast.enforce;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Passes on the answer to a call that needs no grant: all of it, and no entry says so. What cannot be passed on whole breaks off. On
 * one event loop.
 */
final class OrdinaryPassing {

    private static final int BAD_GATEWAY = 502;
    private static final int LEAST_FINAL = 200;

    /** Those that have no body, RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5. */
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    private static final List<String> PASSED_ON = List.of(
            "Content-Type",
            "Content-Language",
            "Content-Disposition",
            "ETag",
            "Last-Modified",
            "Location",
            "Retry-After",
            "WWW-Authenticate",
            "X-Request-Id");

    private final Vertx vertx;
    private final HttpServerRequest client;
    private final HttpServerResponse to;
    private final long deadline;
    private Optional<HttpClientRequest> call = Optional.empty();
    private boolean isOver = false;

    OrdinaryPassing(Vertx vertx, HttpServerRequest client, Duration longest) {
        this.vertx = vertx;
        this.client = client;
        this.to = client.response();
        this.deadline = vertx.setTimer(longest.toMillis(), id -> cutOff());
        to.exceptionHandler(gone -> cutOff()).closeHandler(gone -> cutOff());
        if (to.closed()) {
            cutOff();
        }
    }

    void send(HttpClientRequest request) {
        request.exceptionHandler(broken -> cutOff());
        if (isOver) {
            request.reset();
            return;
        }
        call = Optional.of(request);
        request.response().onSuccess(this::begin).onFailure(failure -> cutOff());
        request.end();
    }

    private void begin(HttpClientResponse response) {
        response.exceptionHandler(broken -> cutOff());
        if (isOver) {
            return;
        }
        if (response.statusCode() < LEAST_FINAL
                || response.headers().contains("Content-Encoding")
                || response.headers().contains("Upgrade")) {
            cutOff(); // what was not asked for
            return;
        }
        to.setStatusCode(response.statusCode())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store");
        for (String name : PASSED_ON) {
            List<String> values = response.headers().getAll(name);
            if (!values.isEmpty()) {
                to.putHeader(name, values);
            }
        }
        if (WITHOUT_BODY.contains(response.statusCode())) {
            over();
            to.end();
            return;
        }
        to.setChunked(true);
        response.handler(chunk -> {
                    to.write(chunk);
                    if (!isOver && to.writeQueueFull()) {
                        response.pause();
                        to.drainHandler(drained -> response.resume());
                    }
                })
                .endHandler(end -> {
                    if (!isOver) {
                        over();
                        to.end();
                    }
                });
    }

    /** Once something has left, only a connection that breaks says that the rest is missing. */
    void cutOff() {
        if (isOver) {
            return;
        }
        over();
        call.ifPresent(HttpClientRequest::reset);
        if (to.headWritten()) {
            client.connection().close();
        } else if (!to.closed() && !to.ended()) {
            // Without what was taken over from an answer that is not passed on.
            to.headers().clear();
            to.setChunked(false)
                    .setStatusCode(BAD_GATEWAY)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Holdfast-Denied", Denial.UPSTREAM.name())
                    .end()
                    .onComplete(told -> client.connection().close());
        }
    }

    private void over() {
        isOver = true;
        vertx.cancelTimer(deadline);
    }
}
