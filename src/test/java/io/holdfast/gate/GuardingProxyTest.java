package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.Event;
import io.holdfast.audit.Progress;
import io.holdfast.audit.Replay;
import io.holdfast.enforce.Check;
import io.holdfast.enforce.Dialect;
import io.holdfast.enforce.GuardingProxy;
import io.holdfast.legal.DataCategory;
import io.holdfast.policy.RouteFile;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
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
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own proxy between a client's socket and a store's, with a real gate and its log behind it. */
class GuardingProxyTest {

    private static final long MOST_BYTES = 8 << 20;
    private static final String PATH = "/users/account-1/profile";
    private static final String ROUTES = """
            schema: holdfast/v1
            kind: Routes
            routes:
              - path: /users/{id}/profile
                methods: [GET]
                account: {kind: USER-ID, path: id}
                period: NONE
                also: [page]
                categories: [SUBSCRIBER, TRAFFIC, CONTENT]
                fields: {/name: SUBSCRIBER, /calls/*/to: TRAFFIC, /mail/*/body: CONTENT}
              - path: /users/{id}/picture
                methods: [GET]
                account: {kind: USER-ID, path: id}
                period: NONE
                categories: [SUBSCRIBER]
            """;

    /** What a store does with one call. */
    private interface Answering {
        void answer(OutputStream out) throws Exception;
    }

    @TempDir
    Path temporary;

    private WorkingGate work;
    private Grants grants;
    private Vertx vertx;
    private ServerSocket store;
    private GuardingProxy proxy;
    private String id;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private volatile Answering answering = out -> out.write(response("{}"));

    @BeforeEach
    void open() throws Exception {
        work = WorkingGate.open(temporary.resolve("data"), Clock.systemUTC());
        grants = new Grants(
                work.gate,
                "store",
                work.log.grantKeys(),
                Witnesses.NONE,
                () -> Optional.of(work.log.ledger().checkpoint()));
        vertx = Vertx.vertx();
        id = work.released();
        store = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "store");
        thread.setDaemon(true);
        thread.start();
        proxy = GuardingProxy.listen(
                vertx,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                URI.create("http://127.0.0.1:" + store.getLocalPort()),
                new Check(
                        Optional.of(grants),
                        RouteFile.parse("routes.yaml", ROUTES.getBytes(StandardCharsets.UTF_8)),
                        Duration.ofSeconds(10)),
                new GuardingProxy.Limits(Duration.ofSeconds(2), Duration.ofSeconds(20), MOST_BYTES));
    }

    @AfterEach
    void the_log_replays() throws Exception {
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
        work.whole();
        assertEquals(List.of(), Replay.run(work.source(), Progress.NONE).disagreements());
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
                answering.answer(call.getOutputStream());
            } catch (Exception e) {
                // The call was broken off, which some tests are about.
            }
        }
    }

    private static byte[] response(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n"
                        + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] head() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String grant() {
        return issued().token();
    }

    private Grants.Issue.Issued issued() {
        Grants.Wish wish = new Grants.Wish(
                "store", Set.of(), Set.of(DataCategory.SUBSCRIBER), Duration.ofMinutes(5), Optional.empty());
        return (Grants.Issue.Issued) grants.issue(id, wish).orElseThrow();
    }

    private String call(String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("GET " + path + " HTTP/1.1\r\nHost: store\r\nConnection: close\r\n" + more + "\r\n");
    }

    private String send(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            return ""; // closed on us
        }
    }

    /** Of the answer to what may be no call at all: whether the connection is closed then is another matter. */
    private String firstLine(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        } catch (java.net.SocketException e) {
            return ""; // closed on us
        }
    }

    /** What the log says of passages, once as many as these are over. */
    private List<Event> passages(int count) throws InterruptedException {
        List<Event> passed = List.of();
        for (int i = 0; i < 200 && passed.size() < count; i++) {
            TimeUnit.MILLISECONDS.sleep(i == 0 ? 0 : 25);
            passed = work.whole().on(id).stream()
                    .map(entry -> entry.event())
                    .filter(event -> event instanceof Event.Passed)
                    .toList();
        }
        return passed;
    }

    @Test
    void what_the_grant_has_is_passed_on_and_the_log_says_how_much() throws Exception {
        answering = out ->
                out.write(response("{\"name\":\"N\",\"calls\":[{\"to\":1}],\"mail\":[{\"body\":\"B\"}],\"x\":1}"));

        String answer = call(
                PATH + "?page=2",
                "Holdfast-Grant: " + grant(),
                "Client-Cert: :AAAA:",
                "X-Original-URL: /users/other/profile",
                "X-HTTP-Method-Override: DELETE",
                "Accept-Encoding: gzip",
                "X-Request-Id: 7");

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("{\"name\":\"N\"}") || answer.contains("{\"name\":\"N\""), answer);
        assertFalse(answer.contains("body") || answer.contains("to\""), answer);
        assertTrue(answer.endsWith("0\r\n\r\n"), answer);
        assertTrue(seen.get().startsWith("GET " + PATH + "?page=2 HTTP/1.1\r\n"), seen.get());
        String head = seen.get().toLowerCase(java.util.Locale.ROOT);
        for (String name : List.of("holdfast", "client-cert", "x-original", "override", "gzip", "connection: keep")) {
            assertFalse(head.contains(name), seen.get());
        }
        assertTrue(head.contains("x-request-id: 7"), seen.get());
        assertEquals(List.of(new Event.Passed(1, Event.PassageEnd.COMPLETE)), passages(1));
    }

    @Test
    void a_grant_is_used_once_and_what_is_refused_never_reaches_the_store() throws Exception {
        String grant = grant();
        String line = "Holdfast-Grant: " + grant;
        for (String call : List.of(
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n",
                "POST " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\n" + line + "\r\n\r\n",
                "HEAD " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\n" + line + "\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: s\r\nConnection: close\r\n" + line + "\r\n\r\n",
                "GET " + PATH + " HTTP/1.0\r\nHost: s\r\n" + line + "\r\n\r\n",
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\nContent-Length: 1\r\n" + line
                        + "\r\n\r\nx",
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n" + line
                        + "\r\n\r\n0\r\n\r\n",
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close, upgrade\r\nUpgrade: h2c\r\n" + line
                        + "\r\n\r\n",
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\nTrailer: X\r\n" + line + "\r\n\r\n",
                "GET " + PATH + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\nRange: bytes=0-1\r\n" + line + "\r\n\r\n",
                "GET /users/account-1/picture HTTP/1.1\r\nHost: s\r\nConnection: close\r\n" + line + "\r\n\r\n",
                "GET /users/account-2/profile HTTP/1.1\r\nHost: s\r\nConnection: close\r\n" + line + "\r\n\r\n")) {
            String answer = send(call);
            assertTrue(answer.startsWith("HTTP/1.1 403 ") || answer.startsWith("HTTP/1.0 403 "), call + answer);
        }
        assertEquals(0, served.get());
        assertTrue(call(PATH, line).startsWith("HTTP/1.1 200 "));
        assertTrue(call(PATH, line).startsWith("HTTP/1.1 403 "));
        assertEquals(1, served.get());
    }

    @Test
    void nothing_of_the_bypass_corpus_reaches_the_store() throws Exception {
        Grants.Issue.Issued issued = issued();
        int tried = 0;
        for (String[] call : BypassTest.corpus(issued.grant().scope())) {
            for (String token : List.of(issued.token(), "none")) {
                // What a client says of certificates is not read here.
                if (!call[2].contains("CERT") && BypassTest.appliesTo(Dialect.DIRECT, call[2])) {
                    String answer = firstLine(BypassTest.bytes(Dialect.DIRECT, call[0], call[1], call[2], token));
                    assertFalse(answer.startsWith("HTTP/1.1 2"), () -> String.join(" ", call) + answer);
                    tried++;
                }
            }
        }
        System.out.println("GuardingProxyTest: " + tried + " tries, the store served " + served.get());
        assertEquals(0, served.get());
    }

    @Test
    void a_hold_that_lands_meanwhile_ends_the_answer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        answering = out -> {
            out.write(head());
            out.write("{\"name\":\"first\",\"x\":[".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            begun.countDown();
            assertTrue(held.await(10, TimeUnit.SECONDS));
            out.write("1],\"mail\":[]}".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        };
        Thread holding = new Thread(() -> {
            try {
                assertTrue(begun.await(10, TimeUnit.SECONDS));
                TimeUnit.MILLISECONDS.sleep(300);
                new HoldDesk(work.gate)
                        .place(HoldPeople.hold("more", 1, "HK"), HoldPeople.OPERATOR.subject(), "A reason")
                        .toCompletableFuture()
                        .join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                held.countDown();
            }
        });
        holding.start();

        String answer = call(PATH, "Holdfast-Grant: " + grant());

        holding.join();
        assertTrue(answer.contains("first"), answer);
        assertFalse(answer.endsWith("0\r\n\r\n"), answer);
        assertEquals(List.of(new Event.Passed(1, Event.PassageEnd.CUT_OFF)), passages(1));
    }

    @Test
    void a_hold_that_does_not_concern_it_does_not_end_a_long_answer() throws Exception {
        String mail = "{\"subject\":\"" + "s".repeat(1_000) + "\"},";
        String name = "n".repeat(100_000);
        answering = out -> {
            out.write(head());
            out.write("{\"mail\":[".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 5_000; i++) {
                out.write(mail.getBytes(StandardCharsets.US_ASCII));
                if (i == 100) {
                    new HoldDesk(work.gate)
                            .place(HoldPeople.hold("more", 1, "RU"), HoldPeople.OPERATOR.subject(), "A reason")
                            .toCompletableFuture()
                            .join();
                }
            }
            out.write(("{}],\"name\":\"" + name + "\"}").getBytes(StandardCharsets.US_ASCII));
        };

        String answer = call(PATH, "Holdfast-Grant: " + grant());

        assertTrue(answer.contains("nnnn") && answer.endsWith("0\r\n\r\n"), () -> answer.substring(0, 200));
        assertFalse(answer.contains("sss"));
        assertEquals(List.of(new Event.Passed(1, Event.PassageEnd.COMPLETE)), passages(1));
    }

    @Test
    void a_store_that_hangs_or_breaks_off_or_answers_otherwise_is_502_or_a_broken_answer() throws Exception {
        List<Answering> before = List.of(
                out -> TimeUnit.SECONDS.sleep(4),
                out -> {},
                out -> out.write("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                out -> out.write("HTTP/1.1 302 Go\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)),
                out -> out.write(new String(response("{\"name\":1}"), StandardCharsets.US_ASCII)
                        .replace("application/json", "text/html")
                        .getBytes(StandardCharsets.US_ASCII)),
                out -> out.write(response("no json")));
        for (Answering one : before) {
            answering = one;
            String answer = call(PATH, "Holdfast-Grant: " + grant());
            assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        }
        List<Answering> meanwhile = List.of(
                out -> {
                    out.write(head());
                    out.write("{\"name\":\"first\",".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    TimeUnit.SECONDS.sleep(4);
                },
                out -> {
                    out.write(head());
                    out.write("{\"name\":\"first\",".getBytes(StandardCharsets.US_ASCII));
                });
        for (Answering one : meanwhile) {
            answering = one;
            String answer = call(PATH, "Holdfast-Grant: " + grant());
            assertTrue(answer.contains("first"), answer);
            assertFalse(answer.endsWith("0\r\n\r\n"), answer);
        }
        List<Event> passed = passages(before.size() + meanwhile.size());
        for (int i = 0; i < passed.size(); i++) {
            assertEquals(new Event.Passed(i < before.size() ? 0 : 1, Event.PassageEnd.CUT_OFF), passed.get(i));
        }
        assertEquals(before.size() + meanwhile.size(), passed.size());
    }

    @Test
    void an_answer_that_is_too_long_is_cut_off_and_the_log_says_at_most_how_much_left() throws Exception {
        String longest = "x".repeat(500_000);
        answering = out -> {
            out.write(head());
            out.write("{\"name\":[".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                out.write(((i == 0 ? "\"" : ",\"") + longest + "\"").getBytes(StandardCharsets.US_ASCII));
            }
            out.write("]}".getBytes(StandardCharsets.US_ASCII));
        };

        String answer = call(PATH, "Holdfast-Grant: " + grant());

        assertTrue(answer.length() > longest.length() && answer.length() < MOST_BYTES + 100_000);
        assertFalse(answer.endsWith("0\r\n\r\n"));
        Event.Passed passed = (Event.Passed) passages(1).get(0);
        assertEquals(Event.PassageEnd.CUT_OFF, passed.ended());
        assertTrue(passed.items() >= answer.length() / (longest.length() + 100) && passed.items() <= 16, "" + passed);
        assertEquals(1, proxy.count(GuardingProxy.Outcome.CUT_OFF));
        assertEquals(0, proxy.count(GuardingProxy.Outcome.PASSED_ON));
    }

    @Test
    void an_answer_may_come_byte_by_byte() throws Exception {
        answering = out -> {
            out.write(head());
            for (byte b : "{\"x\":{\"name\":\"other\"},\"n\\u0061me\":\"é😀\"}".getBytes(StandardCharsets.UTF_8)) {
                out.write(b);
                out.flush();
            }
        };

        String answer = call(PATH, "Holdfast-Grant: " + grant());

        assertTrue(answer.contains("name") && answer.endsWith("0\r\n\r\n"), answer);
        assertFalse(answer.contains("other"), answer);
        assertEquals(List.of(new Event.Passed(1, Event.PassageEnd.COMPLETE)), passages(1));
    }
}
