package io.holdfast.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Publishes its keys, or an error, over HTTP: what a test has put into the folder. */
final class IssuerOnTheWeb implements AutoCloseable {

    /** How often a gateway of a test asks, and how long it goes on with what it heard. */
    static final int EVERY_MILLIS = 200;

    static final int STAND_MILLIS = 1000;

    private final HttpServer server;

    private IssuerOnTheWeb(HttpServer server) {
        this.server = server;
    }

    static Path keys(Path folder) {
        return folder.resolve("jwks.json");
    }

    /** One byte for each time that somebody asked. */
    static Path questions(Path folder) {
        return folder.resolve("questions");
    }

    static IssuerOnTheWeb start(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            Files.write(questions(folder), new byte[] {'?'}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            boolean isThere = Files.exists(keys(folder));
            byte[] body = isThere ? Files.readAllBytes(keys(folder)) : new byte[] {'?'};
            exchange.sendResponseHeaders(isThere ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new IssuerOnTheWeb(server);
    }

    Map<String, String> settings() {
        return Map.of(
                "mp.jwt.verify.publickey",
                "NONE",
                "mp.jwt.verify.publickey.location",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
                "holdfast.tokens.keys-every",
                EVERY_MILLIS + "ms",
                "holdfast.tokens.keys-stand",
                STAND_MILLIS + "ms");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
