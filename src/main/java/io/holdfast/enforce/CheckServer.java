package io.holdfast.enforce;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers proxies that ask about each call before they send it on: nginx {@code auth_request}, Caddy and Traefik {@code
 * forward_auth}, Envoy {@code ext_authz} over HTTP. It owns every method and every path of its address, so that nothing is
 * answered there by anything else. Yes is exactly 200 with nothing in it, and everything else exactly 403: other answers obey the
 * proxy's own switches for trouble.
 */
public final class CheckServer implements AnswersChecks {

    private static final int YES = 200;
    private static final int NO = 403;
    private static final int MOST_HEADERS = 64 * 1024;
    private static final long CLOSING_SECONDS = 5;

    private final HttpServer server;
    private final Check check;
    private final Dialect dialect;
    private final Peers peers;
    private final LongAdder yes = new LongAdder();
    private final LongAdder no = new LongAdder();

    private CheckServer(Vertx vertx, Check check, Dialect dialect, Peers peers) {
        this.check = check;
        this.dialect = dialect;
        this.peers = peers;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setMaxHeaderSize(MOST_HEADERS)
                .setMaxInitialLineLength(8 * 1024)
                .setIdleTimeout(60)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true));
    }

    /**
     * Starts to answer.
     *
     * @param where a host and a port, or a Unix socket
     * @param peers the addresses that may ask; whoever may open the Unix socket may ask there
     * @throws IllegalStateException if it cannot listen there
     */
    public static CheckServer listen(
            Vertx vertx, SocketAddress where, Check check, Dialect dialect, Set<String> peers) {
        CheckServer checks = new CheckServer(vertx, check, dialect, new Peers(peers, where.isDomainSocket()));
        checks.server
                .requestHandler(checks::handle)
                .invalidRequestHandler(request -> checks.end(request, Denial.NO_CALL));
        Listening.start(checks.server, where, "answer checks");
        return checks;
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    @Override
    public long count(boolean isAllowed) {
        return (isAllowed ? yes : no).sum();
    }

    private void handle(HttpServerRequest request) {
        try {
            if (!peers.mayAsk(request.connection().remoteAddress())) {
                end(request, Denial.OTHER_PEER);
                return;
            }
            boolean isUsual = request.version() == HttpVersion.HTTP_1_1
                    && request.authority() != null
                    && request.headers().getAll("Host").size() <= 1;
            if (!isUsual) {
                end(request, Denial.NO_CALL);
                return;
            }
            Context context = Vertx.currentContext();
            check.of(dialect.call(request)).thenAccept(answer -> context.runOnContext(ignored -> end(request, answer)));
        } catch (RuntimeException e) {
            end(request, Denial.NO_CALL);
        }
    }

    private void end(HttpServerRequest request, Denial why) {
        end(request, Answer.denied(why));
    }

    private void end(HttpServerRequest request, Answer answer) {
        (answer.isAllowed() ? yes : no).increment();
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response().setStatusCode(answer.isAllowed() ? YES : NO).putHeader("Cache-Control", "no-store");
        if (!answer.isAllowed()) {
            request.response().putHeader("Holdfast-Denied", answer.code());
        }
        Future<Void> ended = request.response().end();
        ended.onFailure(gone -> {
            // Whoever asked has gone: it was told nothing, so nothing leaves.
        });
    }

    @Override
    public void close() {
        Listening.await(server.close(), CLOSING_SECONDS);
    }
}
