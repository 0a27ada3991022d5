package io.holdfast.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.tlog.Canonical;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves a witness over HTTP: {@code POST /add-checkpoint}, and {@code GET /<hash of origin>/checkpoint} for those who
 * watch logs. Bounded in threads, waiting calls and bytes.
 */
public final class WitnessServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 256;
    private static final int PATIENCE_SECONDS = 5;
    private static final int MOST_READ_AWAY = 1 << 20;
    private static final Pattern CHECKPOINT = Pattern.compile("/([0-9a-f]{64})/checkpoint");

    private static final int NOT_FOUND = 404;
    private static final int OTHER_METHOD = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;

    private final Witness witness;
    private final Consumer<String> report;
    private final ThreadPoolExecutor threads;
    private final HttpServer server;

    private WitnessServer(Witness witness, Consumer<String> report, ThreadPoolExecutor threads, HttpServer server) {
        this.witness = witness;
        this.report = report;
        this.threads = threads;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param report what the operator must know: one sentence a time
     */
    public static WitnessServer start(Witness witness, InetSocketAddress address, Consumer<String> report) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "witness");
                    thread.setDaemon(true);
                    return thread;
                });
        WitnessServer started = new WitnessServer(witness, report, threads, server);
        server.setExecutor(threads);
        server.createContext("/", started.handler());
        server.start();
        return started;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private HttpHandler handler() {
        return exchange -> {
            try (exchange) {
                send(exchange, answer(exchange));
            } catch (IOException e) {
                // The caller went away in the middle; what was promised to it is in the state.
                report.accept("a caller broke off: " + e.getMessage());
            }
        };
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        boolean isAdd = path.equals("/add-checkpoint");
        Matcher checkpoint = CHECKPOINT.matcher(path);
        if (!isAdd && !checkpoint.matches()) {
            return Answer.refused(NOT_FOUND, "a witness has /add-checkpoint and /<hash of origin>/checkpoint");
        }
        String method = isAdd ? "POST" : "GET";
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            return Answer.refused(OTHER_METHOD, "only " + method + " is answered here");
        }
        return isAdd ? add(exchange.getRequestBody()) : last(checkpoint.group(1));
    }

    private Answer add(InputStream in) throws IOException {
        byte[] body = in.readNBytes(AddCheckpoint.MOST_BYTES + 1);
        if (body.length > AddCheckpoint.MOST_BYTES) {
            in.readNBytes(MOST_READ_AWAY); // or the caller, still sending, would be cut off before it sees the answer
            return Answer.refused(TOO_LARGE, "a request has at most " + AddCheckpoint.MOST_BYTES + " bytes");
        }
        try {
            return witness.add(body);
        } catch (IOException e) {
            report.accept("cannot keep the state, so nothing is cosigned: " + e);
            return Answer.refused(FAILED, "the witness cannot keep its state; nothing was cosigned");
        } catch (RuntimeException e) {
            report.accept("failed, which is a bug, and nothing was cosigned: " + e);
            return Answer.refused(FAILED, "the witness failed; nothing was cosigned");
        }
    }

    private Answer last(String originHash) {
        Optional<byte[]> note = witness.last(originHash);
        return note.map(bytes -> new Answer(Answer.COSIGNED, Answer.TEXT_TYPE, Canonical.utf8("note", bytes)))
                .orElseGet(() -> Answer.refused(NOT_FOUND, "nothing of this log was cosigned here"));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = Canonical.utf8("answer", answer.text());
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Lets those finish who are being answered: to interrupt a thread that writes closes its file under it. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
