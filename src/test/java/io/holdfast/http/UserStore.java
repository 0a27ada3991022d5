package io.holdfast.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A platform's user-data store: has every account that anybody asks for, gives exactly the categories that it is asked for,
 * and remembers each question. It answers where the gateway was told to look.
 */
final class UserStore implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    private final List<String> copies = new CopyOnWriteArrayList<>();
    private final String country;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean waits;

    private UserStore(String country) throws IOException {
        URI address = URI.create(ConfigProvider.getConfig().getValue("holdfast.store.url", String.class));
        this.country = country;
        server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
        server.setExecutor(threads);
        server.createContext("/v1/accounts/lookup", this::answer);
        server.createContext("/v1/accounts/preserve", exchange -> keep(exchange, true));
        server.createContext("/v1/accounts/release", exchange -> keep(exchange, false));
        server.start();
    }

    /** @param country where it says that its users live */
    static UserStore of(String country) throws IOException {
        return new UserStore(country);
    }

    /** From now on it answers only once it is told to. */
    UserStore waiting() {
        waits = true;
        return this;
    }

    void awaitQuestion() throws InterruptedException {
        if (!asked.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody asked");
        }
    }

    void answerNow() {
        told.countDown();
    }

    List<JsonNode> questions() {
        return List.copyOf(questions);
    }

    /** The requests that it keeps a copy for. */
    List<String> copies() {
        return List.copyOf(copies);
    }

    private void keep(HttpExchange exchange, boolean isKept) throws IOException {
        String copy = JSON.readTree(exchange.getRequestBody()).get("copy").asText();
        copies.remove(copy);
        if (isKept) {
            copies.add(copy);
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        questions.add(question);
        asked.countDown();
        try {
            if (waits) {
                told.await(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StringBuilder data = new StringBuilder();
        for (JsonNode category : question.get("categories")) {
            data.append(data.isEmpty() ? "" : ",")
                    .append('"')
                    .append(category.asText())
                    .append("\":{\"sample\":\"")
                    .append(category.asText().toLowerCase(java.util.Locale.ROOT))
                    .append(" of the account\"}");
        }
        byte[] bytes = ("{\"country\":\"" + country + "\",\"data\":{" + data + "}}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
