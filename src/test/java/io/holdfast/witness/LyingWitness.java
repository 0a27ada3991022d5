package io.holdfast.witness;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.note.Cosigner;
import io.holdfast.note.Ed25519Key;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that says it is a witness, and answers what a test makes it answer. */
final class LyingWitness implements AutoCloseable {
    final Cosigner key = Cosigner.of("witness.example/liar", Ed25519Key.generate());
    final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    volatile Function<AddCheckpoint, Answer> lie;

    LyingWitness(Function<AddCheckpoint, Answer> lie) throws IOException {
        this.lie = lie;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/prefix/add-checkpoint", exchange -> {
            asked.incrementAndGet();
            Answer answer =
                    this.lie.apply(AddCheckpoint.parse(exchange.getRequestBody().readAllBytes()));
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    String terms(String name) {
        return "witness " + name + " " + key.verifierKey() + " http://127.0.0.1:"
                + server.getAddress().getPort() + "/prefix\n";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
