package io.holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Answers what it was told to, and remembers the last call. Only for how answers become words and exit codes. */
final class StubGateway implements AutoCloseable {

    private record Answer(int status, byte[] body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    String lastBody = "";
    String lastAuthorization = "";
    String lastIdempotencyKey = "";
    String lastQuery = "";

    StubGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StubGateway on(String call, int status, String body) {
        return on(call, status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param call such as {@code GET /v1/holds} */
    StubGateway on(String call, int status, byte[] body) {
        answers.put(call, new Answer(status, body));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        lastAuthorization = exchange.getRequestHeaders().getFirst("Authorization");
        lastIdempotencyKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        lastQuery = exchange.getRequestURI().getRawQuery();
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Answer answer = answers.getOrDefault(
                call, new Answer(404, "{\"title\":\"Not here.\"}".getBytes(StandardCharsets.UTF_8)));
        if (answer.status() == 302) {
            exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
