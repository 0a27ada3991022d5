package io.holdfast.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A receiver of events that writes down what it takes, and takes nothing until somebody makes a file called take. */
final class EventSink implements AutoCloseable {

    private static final String TAKEN = "events.jsonl";

    private final Path folder;
    private final HttpServer server;

    private EventSink(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    static EventSink start(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EventSink sink = new EventSink(folder, server);
        server.createContext("/", sink::handle);
        server.start();
        return sink;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean takes = Files.exists(folder.resolve("take"));
        if (takes) {
            Files.writeString(
                    folder.resolve(TAKEN),
                    new String(body, StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        exchange.sendResponseHeaders(takes ? 204 : 503, -1);
        exchange.close();
    }

    Map<String, String> settings() throws IOException {
        Path secret = folder.resolve("webhook.secret");
        Files.writeString(secret, "whsec_" + "ab".repeat(16));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return Map.of(
                "holdfast.webhook.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/events",
                "holdfast.webhook.secret-file",
                secret.toString());
    }

    /** What the sink of the gateway with this folder has taken, a line for each. */
    static List<String> taken(Path folder) {
        try {
            Path file = folder.resolve(TAKEN);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
