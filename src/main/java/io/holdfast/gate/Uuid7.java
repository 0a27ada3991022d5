package io.holdfast.gate;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits. */
final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {}

    static String next(Clock clock) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long high = clock.millis() << 16 | 0x7000 | (random[0] & 0x0f) << 8 | random[1] & 0xff;
        long low = 0;
        for (int i = 2; i < random.length; i++) {
            low = low << 8 | random[i] & 0xff;
        }
        return new UUID(high, low & 0x3fffffffffffffffL | 0x8000000000000000L).toString();
    }
}
