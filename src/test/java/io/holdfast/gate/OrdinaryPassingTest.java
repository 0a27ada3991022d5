package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.enforce.Check;
import io.holdfast.enforce.GuardingProxy;
import io.holdfast.enforce.OrdinaryCalls;
import io.holdfast.fixture.CallerIssuer;
import io.holdfast.policy.RouteFile;
import io.holdfast.policy.TrafficFile;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that need no grant through the gateway's own proxy: whole or broken off, and no entry for them. */
class OrdinaryPassingTest {

    private static final Path FOLDER = Path.of("src/test/resources/enforce");
    private static final CallerIssuer ISSUER = new CallerIssuer();
    private static final String PATH = "/users/account-1/profile";

    @TempDir
    Path temporary;

    private WorkingGate work;
    private Vertx vertx;
    private ServerSocket store;
    private GuardingProxy proxy;
    private OrdinaryCalls ordinary;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private volatile byte[] answer = new byte[0];

    @BeforeEach
    void open() throws Exception {
        work = WorkingGate.open(temporary.resolve("data"), Clock.systemUTC());
        Grants grants = new Grants(
                work.gate,
                "store",
                work.log.grantKeys(),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()));
        vertx = Vertx.vertx();
        store = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "store");
        thread.setDaemon(true);
        thread.start();
        ordinary = new OrdinaryCalls(TrafficFile.read(FOLDER.resolve("traffic.yaml")), ISSUER.verifier()::claims, true);
        proxy = GuardingProxy.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                URI.create("http://127.0.0.1:" + store.getLocalPort()),
                new Check(
                        Optional.of(grants),
                        RouteFile.read(FOLDER.resolve("routes.yaml")),
                        ordinary,
                        Duration.ofSeconds(10)),
                new GuardingProxy.Limits(Duration.ofSeconds(1), Duration.ofSeconds(20), Long.MAX_VALUE));
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
        work.close();
    }

    private void serve() {
        while (!store.isClosed()) {
            try (Socket call = store.accept()) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int b = call.getInputStream().read();
                    if (b < 0) {
                        break;
                    }
                    head.append((char) b);
                }
                served.incrementAndGet();
                seen.set(head.toString());
                OutputStream out = call.getOutputStream();
                out.write(answer);
                out.flush();
                if (answer.length == 0) {
                    call.getInputStream().read(); // says nothing until the other side has gone
                }
            } catch (java.io.IOException e) {
                // The call was broken off, which some tests are about.
            }
        }
    }

    private static byte[] response(String head, String body) {
        return ("HTTP/1.1 " + head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private String send(String method, String headers, String body) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(15_000);
            String token = "Authorization: Bearer " + ISSUER.token("good") + "\r\n";
            socket.getOutputStream()
                    .write((method + " " + PATH + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\n" + token + headers
                                    + "\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_answer_is_passed_on_whole_and_the_log_says_nothing() throws Exception {
        long entries = work.whole().entries().size();
        answer = response(
                "200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nETag: \"1\"\r\nSet-Cookie: a=b\r\nX-Store: x",
                "plain");

        String got = send("GET", "Accept: text/plain\r\nCookie: c=d\r\nX-HTTP-Purpose: x\r\n", "");

        assertTrue(got.startsWith("HTTP/1.1 200"), got);
        assertTrue(
                got.contains("plain")
                        && got.contains("text/plain")
                        && got.toLowerCase(java.util.Locale.ROOT).contains("etag: \"1\""),
                got);
        assertFalse(got.contains("a=b") || got.contains("X-Store"), got);
        assertTrue(seen.get().startsWith("GET " + PATH + " HTTP/1.1\r\n"), seen.get());
        assertTrue(seen.get().contains("text/plain") && seen.get().contains("Authorization: Bearer "), "passed on");
        assertFalse(seen.get().contains("c=d") || seen.get().contains("X-HTTP-Purpose"), "not passed on");
        assertEquals(1, ordinary.count("support-desk"));
        assertEquals(entries, work.whole().entries().size());
    }

    @Test
    void other_answers_are_passed_on_as_they_are() throws Exception {
        answer = response("404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 2", "no");
        assertTrue(send("GET", "", "").startsWith("HTTP/1.1 404"));
        answer = response("204 No Content", "");
        assertTrue(send("GET", "", "").startsWith("HTTP/1.1 204"));
        answer = response("302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0", "");
        String moved = send("GET", "", "");
        assertTrue(moved.startsWith("HTTP/1.1 302") && moved.contains("/elsewhere"), moved);
        assertEquals(3, served.get());
    }

    @Test
    void what_cannot_be_passed_on_whole_breaks_off() throws Exception {
        answer = response("200 OK\r\nContent-Length: 10", "half");
        String half = send("GET", "", "");
        assertFalse(half.contains("\r\n0\r\n\r\n"), half);
        answer = response("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1", "x");
        String coded = send("GET", "", "");
        assertTrue(coded.startsWith("HTTP/1.1 502") && coded.contains("UPSTREAM") && !coded.contains("gzip"), coded);
        answer = new byte[0];
        assertTrue(send("GET", "", "").startsWith("HTTP/1.1 502"));
    }

    @Test
    void other_methods_bodies_and_certificates_reach_nobody() throws Exception {
        answer = response("200 OK\r\nContent-Length: 0", "");
        for (String refused : List.of(
                send("POST", "Content-Length: 0\r\n", ""),
                send("HEAD", "", ""),
                send("GET", "Content-Length: 2\r\n", "{}"),
                send("GET", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                send("GET", "Upgrade: websocket\r\n", ""),
                send("GET", "Range: bytes=0-1\r\n", ""),
                send("GET", "X-Case-Number: 1\r\n", ""),
                send("GET", "Holdfast-Grant: x\r\n", ""),
                send("GET", "Authorization: Basic YTpi\r\n", ""))) {
            assertTrue(refused.startsWith("HTTP/1.1 403"), refused);
        }
        assertEquals(0, served.get());
    }
}
