package io.holdfast.enforce;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a proxy tells which call it asks about. */
public enum Dialect {
    /** nginx, HAProxy: {@code X-Original-Method} and {@code X-Original-URI}, which the configurations in deploy/proxies set. */
    ORIGINAL("X-Original-Method", "X-Original-URI"),
    /** Caddy, Traefik: {@code X-Forwarded-Method} and {@code X-Forwarded-Uri}. */
    FORWARDED("X-Forwarded-Method", "X-Forwarded-Uri"),
    /** Envoy over HTTP: the question is the call itself, with its own method and target. */
    DIRECT(null, null);

    private static final String GRANT = "Holdfast-Grant";
    private static final String CERTIFICATE = "Client-Cert";

    private final String method;
    private final String target;

    Dialect(String method, String target) {
        this.method = method;
        this.target = target;
    }

    GuardedCall call(HttpServerRequest request) {
        return new GuardedCall(
                method == null ? List.of(request.method().name()) : all(request, method),
                target == null ? List.of(request.uri()) : all(request, target),
                all(request, GRANT),
                certificates(request),
                false,
                CallHeaders.of(request.headers()));
    }

    /** As RFC 9440 writes them; nginx cannot write that. */
    private static List<String> certificates(HttpServerRequest request) {
        return all(request, CERTIFICATE).stream()
                .map(text -> EscapedPem.isMeant(text) ? EscapedPem.rfc9440(text) : text)
                .toList();
    }

    private static List<String> all(HttpServerRequest request, String header) {
        return request.headers().getAll(header);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Dialect parse(String text) {
        Optional<Dialect> found = Stream.of(values())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException(
                "holdfast.check.dialect must be original, forwarded or direct; found '" + text + "'"));
    }
}
