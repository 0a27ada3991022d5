package io.holdfast.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as every library of Standard Webhooks makes them. */
class SecretsTest {

    /** Apart from its prefix: together they look like a secret that somebody has lost. */
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String SECRET = "whsec_" + KEY;
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void the_vector_of_the_libraries_of_standard_webhooks_comes_out() {
        assertEquals(SIGNATURE, Secrets.parse(SECRET).sign(ID, AT, BODY));
        assertEquals(SIGNATURE, Secrets.parse(SECRET + "\n").sign(ID, AT, BODY));
    }

    @Test
    void while_a_secret_is_changed_each_event_has_both_signatures() {
        String next = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String both = Secrets.parse(next + "\n" + SECRET + "\n").sign(ID, AT, BODY);
        assertEquals(2, both.split(" ").length);
        assertTrue(both.endsWith(" " + SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                KEY,
                "whsec_",
                "whsec_!!!!",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                SECRET + "\n\n" + SECRET,
                SECRET + "\n" + SECRET + "\n" + SECRET
            })
    void what_is_no_secret_is_refused_and_not_quoted(String text) {
        String message = assertThrows(IllegalStateException.class, () -> Secrets.parse(text))
                .getMessage();
        assertTrue(message.contains("openssl rand"));
        assertFalse(message.contains(KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://receiver.example/events",
                "http://127.0.0.1.example/events",
                "ftp://127.0.0.1/",
                "https://",
                "https://name:word@receiver.example/",
                "http://name@127.0.0.1/",
                "receiver.example",
                "https://receiver.example/#there",
                "not an address"
            })
    void events_go_over_tls_or_stay_on_this_machine(String url) {
        Secrets secrets = Secrets.parse(SECRET);
        String message = assertThrows(
                        IllegalStateException.class, () -> Receiver.of(url, secrets, Duration.ofSeconds(1)))
                .getMessage();
        assertFalse(message.contains("example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://receiver.example/events?key=1",
                "http://127.0.0.1:9000/events",
                "http://localhost/",
                "http://[::1]:9000/"
            })
    void those_addresses_are_taken_and_their_place_has_a_name_that_says_nothing(String url) {
        String name =
                Receiver.of(url, Secrets.parse(SECRET), Duration.ofSeconds(1)).name();
        assertTrue(name.matches("[0-9a-f]{64}"));
    }
}
