package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.webhook.Receiver;
import io.holdfast.webhook.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who is sent events, and who checks the signature of each with code of its own. */
final class EventReceiver implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMillis(1500);

    private static final byte[] KEY = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came in, answered or not. */
    record Got(String id, long at, JsonNode body) {}

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** @param takes whether the answer says that it has the event */
    record Reply(boolean takes, Answer answer) {}

    final List<Got> all = new CopyOnWriteArrayList<>();
    final List<Got> taken = new CopyOnWriteArrayList<>();
    volatile Reply reply = status(204);
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    EventReceiver() {
        start(0);
        port = server.getAddress().getPort();
    }

    static Reply status(int status) {
        return new Reply(status / 100 == 2, exchange -> exchange.sendResponseHeaders(status, -1));
    }

    static Reply failing(Answer answer) {
        return new Reply(false, answer);
    }

    private void start(int onPort) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/events", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (!signature.equals("v1," + mac(id + "." + at + "." + new String(body, StandardCharsets.UTF_8)))) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        Got got = new Got(id, Long.parseLong(at), JSON.readTree(body));
        all.add(got);
        Reply now = reply;
        if (now.takes()) {
            taken.add(got); // before the answer: whoever has that may look at once
        }
        now.answer().to(exchange);
        exchange.close();
    }

    private static String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Receiver address() {
        return Receiver.of(
                "http://127.0.0.1:" + port + "/events",
                Secrets.parse("whsec_" + Base64.getEncoder().encodeToString(KEY)),
                LIMIT);
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        start(port);
    }

    /** The entries that it took, in the order in which it did. */
    List<Long> indices() {
        return taken.stream().map(got -> got.body().at("/data/index").asLong()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
