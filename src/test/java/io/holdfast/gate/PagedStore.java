package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.enforce.HttpUserDataStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A platform's store that speaks the protocol over HTTP: gives the pages that a test has put there, and counts which were asked for. */
final class PagedStore implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, JsonNode> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Interception interception = (question, name) -> false;

    PagedStore() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/accounts/lookup", this::lookup);
        server.start();
    }

    /** What happens before the store answers. */
    interface Interception {

        /**
         * @param question how many there were before
         * @param name of the page that is asked for
         * @return whether it answers 503 instead
         */
        boolean fails(int question, String name);
    }

    void intercept(Interception now) {
        interception = now;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HttpUserDataStore client() {
        return new HttpUserDataStore(address());
    }

    /** An account of so many pages, in Hong Kong. */
    void add(String account, List<? extends JsonNode> contents) {
        for (int page = 0; page < contents.size(); page++) {
            add(account, page, "HK", contents.get(page), page + 1 < contents.size() ? cursor(account, page + 1) : "");
        }
    }

    /** @param next empty for none */
    void add(String account, int page, String country, JsonNode content, String next) {
        ObjectNode answer = JSON.createObjectNode().put("country", country);
        answer.putObject("data").set("CONTENT", content);
        if (!next.isEmpty()) {
            answer.put("next", next);
        }
        pages.put(page == 0 ? account : cursor(account, page), answer);
    }

    /** What it calls that page; as a real one might, it has something personal in it. */
    static String cursor(String account, int page) {
        return account + ", from message " + page;
    }

    /** The pages that were asked for, in order, by account or cursor; those that failed too. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void lookup(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        String name = question.path("page").asText(question.path("value").asText());
        int before = asked.size();
        asked.add(name);
        boolean fails = interception.fails(before, name);
        JsonNode answer = pages.get(name);
        byte[] bytes = answer == null || fails ? new byte[0] : answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fails ? 503 : answer == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
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
