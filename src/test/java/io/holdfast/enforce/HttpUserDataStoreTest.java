package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.gate.UserDataStore;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store may answer, and all that it may not. */
class HttpUserDataStoreTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answers(HttpHandler handler) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            handler.handle(exchange);
        });
    }

    private void answers(int status, String body) {
        answers(exchange -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Optional<UserDataStore.Page> read() {
        return read(Optional.empty());
    }

    private Optional<UserDataStore.Page> read(Optional<UserDataStore.Cursor> page) {
        return store().read(
                        new Request.Target(Request.Target.Kind.EMAIL, "account.1@example.org"),
                        EnumSet.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-01T00:00:00Z"),
                        page);
    }

    private HttpUserDataStore store() {
        return new HttpUserDataStore(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), PATIENCE);
    }

    private boolean preserve(Optional<Instant> until) {
        return store().preserve(
                        "copy-1",
                        new Request.Target(Request.Target.Kind.EMAIL, "account.1@example.org"),
                        EnumSet.of(DataCategory.SUBSCRIBER),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-01T00:00:00Z"),
                        until);
    }

    @Test
    void a_copy_is_kept_and_dropped_with_a_status_alone() {
        answers(204, "");

        assertTrue(preserve(Optional.of(Instant.parse("2027-02-21T12:00:00Z"))));
        assertTrue(preserve(Optional.empty()));
        store().drop("copy-1", new Request.Target(Request.Target.Kind.EMAIL, "account.1@example.org"));

        String order = "/v1/accounts/preserve {\"kind\":\"EMAIL\",\"value\":\"account.1@example.org\","
                + "\"categories\":[\"SUBSCRIBER\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\","
                + "\"copy\":\"copy-1\"";
        assertEquals(
                List.of(
                        order + ",\"until\":\"2027-02-21T12:00:00Z\"}",
                        order + "}",
                        "/v1/accounts/release {\"kind\":\"EMAIL\",\"value\":\"account.1@example.org\","
                                + "\"copy\":\"copy-1\"}"),
                asked);
    }

    @Test
    void nothing_is_kept_of_an_account_that_is_not_there() {
        answers(404, "");
        assertFalse(preserve(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 302, 400, 401, 500, 503})
    void any_other_status_does_not_say_that_a_copy_is_kept(int status) {
        answers(status, "");
        assertThrows(UserDataStore.UnavailableException.class, () -> preserve(Optional.empty()));
    }

    @Test
    void a_store_that_does_not_answer_has_not_said_that_it_keeps_a_copy() {
        answers(exchange -> {}); // and never does
        assertTimeoutPreemptively(
                BOUND, () -> assertThrows(UserDataStore.UnavailableException.class, () -> preserve(Optional.empty())));
    }

    @Test
    void an_exact_answer_is_an_account() {
        answers(200, "{\"country\":\"HK\",\"data\":{\"SUBSCRIBER\":{\"name\":\"x\"}}}");

        UserDataStore.Page account = read().orElseThrow();

        assertEquals(Jurisdiction.of("HK"), account.country());
        assertEquals(
                "x", account.data().get(DataCategory.SUBSCRIBER).get("name").asText());
        assertEquals(
                List.of("/v1/accounts/lookup {\"kind\":\"EMAIL\",\"value\":\"account.1@example.org\","
                        + "\"categories\":[\"SUBSCRIBER\",\"CONTENT\"],"
                        + "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}"),
                asked);
        assertFalse(account.toString().contains("x"));
    }

    @Test
    void an_answer_that_goes_on_names_its_next_page_which_is_asked_for_with_the_same_question() {
        answers(200, "{\"country\":\"HK\",\"data\":{\"CONTENT\":[]},\"next\":\"page 2 of \\\"x\\\"\"}");

        UserDataStore.Page first = read().orElseThrow();
        read(first.next());

        assertEquals(asked.get(0).replace("}", ",\"page\":\"page 2 of \\\"x\\\"\"}"), asked.get(1));
        assertEquals("Page[]", first.toString());
        assertFalse(first.next().toString().contains("x"), "a cursor was shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "7", "{}", "\"\\u00e9\"", "\"\\n\"", "\"\\u0000\"", "true"})
    void a_next_page_without_a_name_of_printable_ascii_makes_the_answer_unusable(String next) {
        answers(200, "{\"country\":\"HK\",\"data\":{},\"next\":" + next + "}");

        assertThrows(UserDataStore.UnusableException.class, () -> read());
    }

    @Test
    void a_name_of_a_page_has_1024_characters_at_most_and_is_not_quoted() {
        answers(exchange -> send(
                exchange,
                200,
                ("{\"country\":\"HK\",\"data\":{},\"next\":\"" + "n".repeat(asked.size() == 1 ? 1024 : 1025) + "\"}")
                        .getBytes(StandardCharsets.UTF_8)));

        assertEquals(1024, read().orElseThrow().next().orElseThrow().text().length());
        UserDataStore.UnusableException refused = assertThrows(UserDataStore.UnusableException.class, () -> read());
        assertFalse(refused.getMessage().contains("nnn"));
    }

    @Test
    void an_account_that_the_store_does_not_know_is_none() {
        answers(404, "");

        assertEquals(Optional.empty(), read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"country\":\"HK\",\"data\":{\"SUBSCRIBER\":{},\"TRAFFIC\":{}}}",
                "{\"country\":\"HK\",\"data\":{\"LIVE-CONTENT\":{}}}",
                "{\"country\":\"HK\",\"data\":{\"subscriber\":{}}}",
                "{\"country\":\"HK\",\"data\":{\"UNKNOWN\":{}}}",
                "{\"country\":\"HK\",\"data\":{\"SUBSCRIBER\":{},\"SUBSCRIBER\":{}}}",
                "{\"country\":\"HK\",\"data\":{},\"more\":1}",
                "{\"country\":\"HK\"}",
                "{\"data\":{}}",
                "{\"country\":null,\"data\":{}}",
                "{\"country\":\"hk\",\"data\":{}}",
                "{\"country\":\"Hong Kong\",\"data\":{}}",
                "{\"country\":344,\"data\":{}}",
                "{\"country\":\"HK\",\"data\":[]}",
                "{\"country\":\"HK\",\"data\":{}} {}",
                "{\"country\":\"HK\",\"data\":{",
                "[\"HK\",{}]",
                "null",
                "",
                "<html>secret</html>"
            })
    void an_answer_that_is_not_exact_is_unusable_and_is_not_quoted(String body) {
        answers(200, body);

        UserDataStore.UnusableException refused = assertThrows(UserDataStore.UnusableException.class, () -> read());

        assertFalse(refused.getMessage().contains("secret"));
    }

    @Test
    void an_answer_nested_too_deep_is_unusable() {
        answers(200, "{\"country\":\"HK\",\"data\":{\"SUBSCRIBER\":" + "[".repeat(5000) + "]".repeat(5000) + "}}");

        assertThrows(UserDataStore.UnusableException.class, () -> read());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 400, 401, 403, 500, 503})
    void any_other_status_means_that_there_is_no_answer(int status) {
        answers(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            send(exchange, status, new byte[0]);
        });

        assertThrows(UserDataStore.UnavailableException.class, () -> read());
        assertEquals(1, asked.size(), "it followed a redirect, or tried again");
    }

    @Test
    void a_store_that_is_not_there_does_not_answer() {
        server.stop(0);

        assertThrows(UserDataStore.UnavailableException.class, () -> read());
    }

    @Test
    void a_store_that_does_not_begin_to_answer_is_given_up() {
        answers(exchange -> sleep(BOUND.toMillis()));

        assertTimeoutPreemptively(BOUND, () -> assertThrows(UserDataStore.UnavailableException.class, () -> read()));
    }

    @Test
    void a_store_that_begins_to_answer_and_does_not_end_is_given_up() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    out.write(' ');
                    out.flush();
                    sleep(100);
                }
            }
        });

        assertTimeoutPreemptively(BOUND, () -> assertThrows(UserDataStore.UnavailableException.class, () -> read()));
    }

    @Test
    void a_store_that_breaks_off_its_answer_gave_none() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"country\":\"HK\",\"data\":{}}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        assertThrows(UserDataStore.UnavailableException.class, () -> read());
    }

    @Test
    void an_answer_that_is_too_large_is_unusable() {
        byte[] large = new byte[17 * 1024 * 1024];
        java.util.Arrays.fill(large, (byte) ' ');
        answers(exchange -> {
            try {
                send(exchange, 200, large);
            } catch (IOException e) {
                // It stops reading when it has seen enough.
            }
        });

        RuntimeException refused = assertThrows(RuntimeException.class, () -> read());

        assertTrue(
                refused instanceof UserDataStore.UnusableException
                        || refused instanceof UserDataStore.UnavailableException,
                refused.toString());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
