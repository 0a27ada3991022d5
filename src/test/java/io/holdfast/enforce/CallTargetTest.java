package io.holdfast.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallTargetTest {

    @Test
    void a_plain_target_is_read_and_decoded_once() {
        CallTarget target = CallTarget.parse("/users/someone%2Btag%40example.org/profile?page=2&q=%C3%A9%20x")
                .orElseThrow();

        assertEquals(List.of("users", "someone+tag@example.org", "profile"), target.path());
        assertEquals(Map.of("page", "2", "q", "é x"), target.query());
        assertEquals(Optional.of(new CallTarget(List.of("a"), Map.of())), CallTarget.parse("/a"));
    }

    @Test
    void whatever_is_read_is_read_alike_by_another_reader() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("CallTargetTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        String alphabet = "ab/%2e0.:;?&=+#\\ @~é\u0000\n%5c%00%c3%a9";
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder("/");
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Optional<CallTarget> target = CallTarget.parse(text.toString());
            if (target.isPresent()) {
                read++;
                URI other = URI.create(text.toString());
                assertEquals("/" + String.join("/", target.get().path()), other.getPath(), text::toString);
                assertEquals(other, other.normalize(), text::toString);
                for (String part : target.get().path()) {
                    assertTrue(part.getBytes(StandardCharsets.UTF_8).length > 0);
                    assertTrue(part.chars().noneMatch(c -> c < ' ' || "/\\%;?#&".indexOf(c) >= 0), text::toString);
                }
            }
        }
        assertTrue(read > 500, "only " + read + " of them were plain");
    }
}
