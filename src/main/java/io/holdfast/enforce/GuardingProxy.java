package io.holdfast.enforce;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands in front of the store as its proxy. A call that brings a grant is passed on once, as it came, and of the answer the
 * client gets what was granted, field by field. An ordinary call is passed on in the same way, and its answer as it is. Everything
 * else is 403, and nothing of it reaches the store.
 *
 * <p>Only {@code GET} without a body. Of the client's headers the store gets those of {@link #PASSED_ON}: others could change
 * what it gives. Of the store's headers the client gets none, and for an ordinary call a few.
 */
public final class GuardingProxy implements AutoCloseable {

    private static final int NO = 403;
    private static final int MOST_HEADERS = 64 * 1024;
    private static final int CLOSING_SECONDS = 10;

    /** What says nothing about whose data is given, or which. */
    private static final List<String> PASSED_ON =
            List.of("Accept-Language", "Authorization", "User-Agent", "X-Request-Id", "traceparent");

    /** What has no place in a call that is passed on once: a body, another protocol, part of an answer. */
    private static final Set<String> REFUSED =
            Set.of("Upgrade", "Transfer-Encoding", "Trailer", "Expect", "Range", "Content-Encoding");

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client;
    private final Check check;
    private final Limits limits;
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    /** What came of calls. */
    public enum Outcome {
        /** All that was granted of the answer. */
        PASSED_ON,
        /** It was let through, and what left is less than the answer, or nothing. */
        CUT_OFF,
        /** It needs no grant, and was passed on. */
        ORDINARY,
        /** It was not let through. */
        DENIED
    }

    /**
     * @param patience how long the store may say nothing
     * @param longest how long an answer may take
     * @param mostBytes how many bytes of an answer may leave; then it is cut off
     */
    public record Limits(Duration patience, Duration longest, long mostBytes) {}

    private GuardingProxy(Vertx vertx, URI upstream, Check check, Limits limits) {
        this.vertx = vertx;
        this.check = check;
        this.limits = limits;
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
        Duration patience = limits.patience();
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setMaxHeaderSize(MOST_HEADERS)
                .setMaxInitialLineLength(8 * 1024)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true));
        boolean isSecret = upstream.getScheme().equals("https");
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(upstream.getHost())
                .setDefaultPort(upstream.getPort() >= 0 ? upstream.getPort() : isSecret ? 443 : 80)
                .setSsl(isSecret)
                .setVerifyHost(true)
                .setConnectTimeout((int) patience.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) patience.toMillis())
                .setKeepAlive(false) // what was cut off leaves nothing behind that the next call could get
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MOST_HEADERS)
                .setMaxPoolSize(64)
                .setMaxWaitQueueSize(256));
    }

    /**
     * Starts to pass on.
     *
     * @param where a host and a port
     * @param upstream the store: {@code http} or {@code https}, a host, maybe a port, no path
     * @throws IllegalArgumentException if the address of the store is none
     * @throws IllegalStateException if it cannot listen there
     */
    public static GuardingProxy listen(Vertx vertx, SocketAddress where, URI upstream, Check check, Limits limits) {
        boolean isAddress = upstream.getHost() != null
                && List.of("http", "https").contains(upstream.getScheme())
                && upstream.equals(URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority()))
                && upstream.getRawUserInfo() == null;
        if (!isAddress) {
            throw new IllegalArgumentException(
                    "holdfast.proxy.upstream must be http:// or https://, a host and maybe a port, and no more");
        }
        GuardingProxy proxy = new GuardingProxy(vertx, upstream, check, limits);
        proxy.server
                .requestHandler(proxy::handle)
                .invalidRequestHandler(request -> proxy.deny(request, Answer.denied(Denial.NO_CALL)));
        Listening.start(proxy.server, where, "pass on");
        return proxy;
    }

    /** How many calls since the start came to this. */
    public long count(Outcome outcome) {
        return counts.get(outcome).sum();
    }

    private void add(Outcome outcome) {
        counts.get(outcome).increment();
    }

    /** Where it listens; with port 0 the one that it was given. */
    public int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        try {
            if (!isPlain(request)) {
                deny(request, Answer.denied(Denial.NO_CALL));
                return;
            }
            Context context = vertx.getOrCreateContext();
            check.admit(Dialect.DIRECT.call(request).withoutCertificates())
                    .thenAccept(admission -> context.runOnContext(ignored -> admission
                            .passage()
                            .ifPresentOrElse(
                                    passage -> pass(request, passage), () -> passOrDeny(request, admission.answer()))));
        } catch (RuntimeException e) {
            deny(request, Answer.denied(Denial.NO_CALL));
        }
    }

    private static boolean isPlain(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && request.authority() != null
                && request.headers().getAll("Host").size() == 1
                && REFUSED.stream().noneMatch(request.headers()::contains)
                && request.headers().getAll("Content-Length").stream().allMatch("0"::equals);
    }

    private void pass(HttpServerRequest request, Passage passage) {
        Passing passing = new Passing(
                vertx,
                request,
                passage,
                limits,
                end -> add(
                        switch (end) {
                            case COMPLETE -> Outcome.PASSED_ON;
                            case CUT_OFF -> Outcome.CUT_OFF;
                        }));
        client.request(call(request, "application/json"))
                .onSuccess(passing::send)
                .onFailure(failure -> passing.cutOff(Denial.UPSTREAM));
    }

    private void passOrDeny(HttpServerRequest request, Answer answer) {
        if (!answer.isAllowed()) {
            deny(request, answer);
            return;
        }
        add(Outcome.ORDINARY);
        OrdinaryPassing passing = new OrdinaryPassing(vertx, request, limits.longest());
        List<String> accepted = request.headers().getAll("Accept");
        client.request(call(request, accepted.size() == 1 ? accepted.get(0) : "*/*"))
                .onSuccess(passing::send)
                .onFailure(failure -> passing.cutOff());
    }

    private static RequestOptions call(HttpServerRequest request, String accepted) {
        RequestOptions call = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(request.uri())
                .putHeader("Accept", accepted)
                .putHeader("Accept-Encoding", "identity");
        for (String name : PASSED_ON) {
            List<String> values = request.headers().getAll(name);
            if (values.size() == 1) {
                call.putHeader(name, values.get(0));
            }
        }
        return call;
    }

    private void deny(HttpServerRequest request, Answer answer) {
        add(Outcome.DENIED);
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(NO)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Holdfast-Denied", answer.code())
                .end()
                .onComplete(told -> request.connection().close()); // a body that was not asked for is not read
    }

    @Override
    public void close() {
        Listening.await(server.close().compose(closed -> client.close()), CLOSING_SECONDS);
    }
}
