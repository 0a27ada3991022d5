package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.audit.KeyHistory;
import io.holdfast.audit.NamedKey;
import io.holdfast.note.Ed25519Key;
import io.holdfast.tlog.Hash;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedBeforeTest {

    private static final KeyHistory OTHER = new KeyHistory(List.of(new KeyHistory.Span(anyKey(), 1, Long.MAX_VALUE)));

    private final SignedBefore signed = new SignedBefore();

    private static NamedKey anyKey() {
        return new NamedKey.OfGrants(Ed25519Key.generate().publicKey());
    }

    private static Hash leaf(int number) {
        return Hash.leaf(new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    @Test
    void what_was_checked_under_some_keys_is_not_known_under_others() {
        signed.under(KeyHistory.NONE).add(leaf(1));

        assertEquals(Set.of(leaf(1)), signed.under(KeyHistory.NONE));
        assertEquals(Set.of(), signed.under(OTHER));
        assertEquals(Set.of(), signed.under(KeyHistory.NONE));
    }

    @Test
    void no_more_are_known_than_fit() {
        for (int i = 0; i < 3 * SignedBefore.MOST; i++) {
            Set<Hash> known = signed.under(KeyHistory.NONE);
            assertTrue(known.size() <= SignedBefore.MOST);
            known.add(leaf(i));
        }
    }
}
