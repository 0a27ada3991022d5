package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A user-data store with one account, of nobody, whose messages come one a page. It gives what it is asked for, and counts. */
final class SampleStore implements AutoCloseable {

    static final String ACCOUNT = "account1@platform.example";

    private static final String DATA = """
            {"SUBSCRIBER":{"name":"Sample account 1","email":"account1@platform.example","since":"2019-03-01"},
             "IDENTIFICATION":[{"address":"192.0.2.17","port":"51234","at":"2026-10-20T08:15:00Z"}],
             "CONTENT":[{"at":"2026-10-20T08:16:00Z","text":"Sample message 1"},{"at":"2026-10-20T08:17:00Z","text":"Sample message 2"}],
             "LIVE-CONTENT":[{"at":"2026-10-20T08:18:00Z","text":"Never to be released"}]}
            """;

    private static final String MESSAGES = "CONTENT";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> categories = new TreeSet<>();

    SampleStore() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the sample store", e);
        }
        server.createContext("/v1/accounts/lookup", this::lookup);
        server.createContext("/v1/accounts/preserve", this::keep);
        server.createContext("/v1/accounts/release", this::keep);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many times it was asked for anything at all. */
    int asked() {
        return asked.get();
    }

    /** Every category that it was ever asked for. */
    synchronized Set<String> categoriesAsked() {
        return new TreeSet<>(categories);
    }

    private void lookup(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        boolean known = question.path("value").asText().equals(ACCOUNT);
        byte[] answer = known ? answer(question).getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 404, known ? answer.length : -1);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    /** Its data never changes, so there is nothing to set aside. */
    private void keep(HttpExchange exchange) throws IOException {
        boolean known =
                JSON.readTree(exchange.getRequestBody()).path("value").asText().equals(ACCOUNT);
        exchange.sendResponseHeaders(known ? 204 : 404, -1);
        exchange.close();
    }

    private synchronized String answer(JsonNode question) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("country", "HK");
        ObjectNode given = answer.putObject("data");
        JsonNode data = JSON.readTree(DATA);
        int page = question.path("page").asInt(0);
        for (JsonNode category : question.path("categories")) {
            String name = category.asText();
            categories.add(name);
            if (name.equals(MESSAGES)) {
                given.putArray(name).add(data.path(name).path(page));
                if (page + 1 < data.path(name).size()) {
                    answer.put("next", Integer.toString(page + 1));
                }
            } else if (page == 0) {
                given.set(name, data.path(name));
            }
        }
        return answer.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
