package io.holdfast.enforce;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.extauthz.CheckRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers Envoy's {@code envoy.service.auth.v3.Authorization/Check} over gRPC. Whatever comes over HTTP/2, to whichever path, gets
 * an answer of that service with the status of gRPC that says that all is well, and inside it a yes or an explicit no: an error of
 * gRPC, even "no such method", would obey {@code failure_mode_allow}. What is no HTTP/2 gets 403.
 *
 * <p>gRPC's part of this is five bytes before a message and a trailer after it, so no library of gRPC is needed, and none answers
 * in the gateway's place.
 */
public final class GrpcCheckServer implements AnswersChecks {

    private static final String CHECK = "/envoy.service.auth.v3.Authorization/Check";
    private static final String GRPC = "application/grpc";
    private static final int NO = 403;
    private static final int MOST_BYTES = 256 * 1024;
    private static final long CLOSING_SECONDS = 5;

    /** Longer than Envoy keeps a connection (1 h): who closes it while a question is on its way leaves it without an answer. */
    private static final int IDLE_SECONDS = 2 * 3_600;

    private final HttpServer server;
    private final Check check;
    private final Peers peers;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder yes = new LongAdder();
    private final LongAdder no = new LongAdder();

    private GrpcCheckServer(Vertx vertx, Check check, Peers peers) {
        this.check = check;
        this.peers = peers;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true));
    }

    /**
     * Starts to answer.
     *
     * @param where a host and a port, or a Unix socket
     * @param peers the addresses that may ask; whoever may open the Unix socket may ask there
     * @throws IllegalStateException if it cannot listen there
     */
    public static GrpcCheckServer listen(Vertx vertx, SocketAddress where, Check check, Set<String> peers) {
        GrpcCheckServer checks = new GrpcCheckServer(vertx, check, new Peers(peers, where.isDomainSocket()));
        checks.server
                .connectionHandler(checks::remember)
                .requestHandler(checks::handle)
                .invalidRequestHandler(GrpcCheckServer::refuse);
        readyMessages();
        Listening.start(checks.server, where, "answer checks over gRPC");
        return checks;
    }

    /** Their classes, which the first question would wait for; and if they are not there, the gateway does not start. */
    private static void readyMessages() {
        parse(EnvoyAnswer.of(Answer.denied(Denial.NO_CALL), List.of()).toByteArray())
                .flatMap(EnvoyCall::of);
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    @Override
    public long count(boolean isAllowed) {
        return (isAllowed ? yes : no).sum();
    }

    private void remember(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private void handle(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            no.increment();
            refuse(request);
            return;
        }
        request.exceptionHandler(gone -> {
            // Whoever asked has gone: it was told nothing, so nothing leaves.
        });
        if (!peers.mayAsk(request.connection().remoteAddress())) {
            deny(request, Denial.OTHER_PEER);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(bytes -> {
            if (body.length() <= MOST_BYTES) {
                body.appendBuffer(bytes);
            }
        });
        request.endHandler(ended -> decide(request, body));
    }

    private void decide(HttpServerRequest request, Buffer body) {
        try {
            Optional<EnvoyCall> asked = isCheck(request) && body.length() <= MOST_BYTES
                    ? GrpcFrame.message(body).flatMap(GrpcCheckServer::parse).flatMap(EnvoyCall::of)
                    : Optional.empty();
            if (asked.isEmpty()) {
                deny(request, Denial.NO_CALL);
                return;
            }
            Context context = Vertx.currentContext();
            List<String> removed = asked.get().removed();
            check.of(asked.get().call(), patience(request))
                    .thenAccept(answer -> context.runOnContext(ignored -> end(request, answer, removed)));
        } catch (RuntimeException e) {
            deny(request, Denial.NO_CALL);
        }
    }

    private static boolean isCheck(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return request.method().equals(HttpMethod.POST)
                && CHECK.equals(request.uri())
                && (GRPC.equals(type) || (GRPC + "+proto").equals(type));
    }

    private static Optional<CheckRequest> parse(byte[] message) {
        try {
            return Optional.of(CheckRequest.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** Somewhat less than Envoy waits: a no that comes too late is no answer. */
    private static Duration patience(HttpServerRequest request) {
        return GrpcTimeout.parse(request.getHeader("grpc-timeout"))
                .map(whole -> whole.multipliedBy(4).dividedBy(5))
                .orElse(Duration.ofMillis(Long.MAX_VALUE));
    }

    private void deny(HttpServerRequest request, Denial why) {
        end(request, Answer.denied(why), List.of());
    }

    private void end(HttpServerRequest request, Answer answer, List<String> removed) {
        (answer.isAllowed() ? yes : no).increment();
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        Future<Void> ended = request.response()
                .putHeader("Content-Type", GRPC)
                .putTrailer("grpc-status", "0")
                .end(GrpcFrame.of(EnvoyAnswer.of(answer, removed).toByteArray()));
        ended.onFailure(gone -> {
            // Whoever asked has gone.
        });
    }

    /** What is no gRPC is not answered in it. */
    private static void refuse(HttpServerRequest request) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response()
                    .setStatusCode(NO)
                    .end()
                    .onComplete(told -> request.connection().close());
        }
    }

    /** What is asked already is answered. */
    @Override
    public void close() {
        List<Future<?>> endings = connections.stream()
                .<Future<?>>map(connection -> connection.shutdown(CLOSING_SECONDS, TimeUnit.SECONDS))
                .toList();
        Listening.await(Future.join(List.copyOf(endings)).eventually(() -> server.close()), 2 * CLOSING_SECONDS);
    }
}
