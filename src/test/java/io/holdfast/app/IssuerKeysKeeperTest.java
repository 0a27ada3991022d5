package io.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.fixture.SettableClock;
import io.holdfast.http.IssuerKeys;
import io.holdfast.http.Keyring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the issuer's keys come from, and what happens when they do not come. */
class IssuerKeysKeeperTest {

    private static final Optional<String> ISSUER = Optional.of("https://issuer.test.invalid");
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.now());
    private final Keyring keyring = new Keyring(clock);

    private static String pem() {
        try {
            byte[] der = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der)
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private IssuerKeysKeeper keeper(IssuerKeysSource source) {
        ChosenSettings settings = new ChosenSettings(() -> folder, folder, folder);
        return new IssuerKeysKeeper(IssuerKeysKeeper.OWN, source, keyring, settings.tokens(), clock);
    }

    private static IssuerKeysSource at(String location) {
        return IssuerKeysSource.of(Optional.empty(), Optional.of(location), ISSUER, LIMIT);
    }

    private static HttpServer serve(AtomicReference<String> answer, AtomicInteger questions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            questions.incrementAndGet();
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/moved") ? 302 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void a_file_is_read_again_at_every_look() throws Exception {
        Path file = folder.resolve("key.pem");
        String first = pem();
        String second = pem();
        Files.writeString(file, first);
        IssuerKeysKeeper keeper = keeper(at(file.toUri().toString()));

        keeper.look();
        assertEquals(Optional.of(IssuerKeys.parse(first)), keyring.keys());

        Files.writeString(file, second);
        keeper.look();
        assertEquals(Optional.of(IssuerKeys.parse(second)), keyring.keys());
    }

    @Test
    void keys_that_were_heard_of_stand_for_five_minutes_and_then_there_are_none() throws Exception {
        Path file = folder.resolve("key.pem");
        Files.writeString(file, pem());
        IssuerKeysKeeper keeper = keeper(at(file.toString()));
        keeper.look();
        Files.delete(file);

        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        keeper.look();
        assertTrue(keyring.keys().isPresent());
        assertTrue(keeper.trouble().orElseThrow().startsWith("cannot read " + file), keeper.trouble()::toString);

        clock.forward(Duration.ofMillis(1));
        assertEquals(Optional.empty(), keyring.keys());
    }

    @Test
    void an_answer_without_keys_changes_nothing_until_the_former_ones_are_too_old() throws Exception {
        AtomicReference<String> answer = new AtomicReference<>(pem());
        AtomicInteger questions = new AtomicInteger();
        HttpServer server = serve(answer, questions);
        try {
            IssuerKeysKeeper keeper = keeper(at(address(server, "/keys")));
            keeper.look();
            Optional<IssuerKeys> before = keyring.keys();

            answer.set("{\"keys\":[]}");
            keeper.look();
            assertEquals(before, keyring.keys());
            assertTrue(
                    keeper.trouble().orElseThrow().contains("a JWK set without any key"), keeper.trouble()::toString);

            answer.set(" ".repeat(300_000));
            keeper.look();
            assertTrue(keeper.trouble().orElseThrow().contains("longer than 262144 bytes"), keeper.trouble()::toString);
            assertEquals(3, questions.get());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        HttpServer server = serve(new AtomicReference<>(pem()), questions);
        try {
            IssuerKeysKeeper keeper = keeper(at(address(server, "/moved")));

            keeper.look();

            assertEquals(Optional.empty(), keyring.keys());
            assertTrue(keeper.trouble().orElseThrow().endsWith("status 302, expected 200"), keeper.trouble()::toString);
            assertEquals(1, questions.get());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_where_nobody_is_gives_no_keys() throws Exception {
        HttpServer server = serve(new AtomicReference<>(pem()), new AtomicInteger());
        String address = address(server, "/keys");
        server.stop(0);
        IssuerKeysKeeper keeper = keeper(at(address));

        keeper.look();

        assertEquals(Optional.empty(), keyring.keys());
        assertTrue(keeper.trouble().orElseThrow().startsWith(address + " cannot be asked"), keeper.trouble()::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.1/keys, 'must begin with https:, unless it is on this machine'",
        "ftp://127.0.0.1/keys, 'must be a file, or begin with https:'",
        "classpath:keys.json, 'must be a file, or begin with https:'",
        "https:keys, 'is neither a file nor an address'",
        "'file:a b', 'is neither a file nor an address'"
    })
    void a_place_that_cannot_be_meant_gives_no_keys_and_says_why(String location, String why) throws Exception {
        IssuerKeysKeeper keeper = keeper(at(location));

        keeper.look();

        assertEquals(Optional.empty(), keyring.keys());
        assertTrue(keeper.trouble().orElseThrow().contains(why), keeper.trouble()::toString);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, https://issuer.test.invalid, no key is set",
                "NONE, -, https://issuer.test.invalid, no key is set",
                "x, y, https://issuer.test.invalid, are both set",
                "x, -, -, 'a key is set, and no issuer'",
                "x, -, NONE, 'a key is set, and no issuer'",
                "x, -, https://issuer.test.invalid, cannot use mp.jwt.verify.publickey"
            })
    void settings_that_do_not_fit_give_no_keys_and_say_why(String key, String location, String issuer, String why)
            throws Exception {
        IssuerKeysKeeper keeper = keeper(IssuerKeysSource.of(
                Optional.ofNullable(key), Optional.ofNullable(location), Optional.ofNullable(issuer), LIMIT));

        keeper.look();

        assertEquals(Optional.empty(), keyring.keys());
        assertTrue(keeper.trouble().orElseThrow().contains(why), keeper.trouble()::toString);
    }

    private static String address(HttpServer server, String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
