package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is known by its form must be what a full reading finds. */
class EntryFormsTest {

    private static final List<Leaf> LEAVES =
            TestLog.honest().entries().stream().map(it -> it.entry().leaf()).toList();

    private final EntryForms forms = new EntryForms();

    @Test
    void an_entry_that_differs_in_ids_and_times_only_is_known() {
        TestLog log = TestLog.started();
        learn(log.leaf(log.decide("held", SomeFacts.hongKongWarrant())));
        Leaf other = log.leaf(log.decide("held", SomeFacts.hongKongWarrant()));
        assertEquals(Optional.of(EntryHead.of(Entry.parse(other))), forms.read(other.bytes()));
    }

    @Test
    void an_entry_that_says_something_else_is_not_known() {
        TestLog log = TestLog.started();
        learn(log.leaf(log.decide("held", SomeFacts.hongKongWarrant())));
        Leaf other = log.leaf(log.decide("held", SomeFacts.fromChina()));
        assertEquals(Optional.empty(), forms.read(other.bytes()));
    }

    @Test
    void what_changes_holds_is_never_known() {
        for (Leaf leaf : LEAVES) {
            learn(leaf);
            Optional<EntryHead> known = forms.read(leaf.bytes());
            assertTrue(known.isEmpty() || !known.get().kind().isControl());
        }
    }

    @Test
    void a_blank_takes_no_value_that_its_claim_does_not_take() {
        Leaf leaf = LEAVES.get(1); // held, of 2026-11-01 to 2027-05-01, one account
        learn(leaf);
        assertTrue(forms.read(leaf.bytes()).isPresent());
        for (String[] change : new String[][] {
            {"2027-05-01T00:00:00Z", "2027-02-29T00:00:00Z"},
            {"2027-05-01T00:00:00Z", "2027-13-01T00:00:00Z"},
            {"2027-05-01T00:00:00Z", "2027-05-01T24:00:00Z"},
            {"2027-05-01T00:00:00Z", "2027-05-01T00:00:60Z"},
            {"2027-05-01T00:00:00Z", "+027-05-01T00:00:00Z"},
            {"\"accounts\":1", "\"accounts\":01"},
            {"\"accounts\":1", "\"accounts\":4294967296"},
            {"\"accounts\":1", "\"accounts\":1.0"},
            {"\"accounts\":1", "\"accounts\":-1"},
            {"\"iat\":1", "\"iat\":-1"},
            {"\"iat\":1", "\"iat\":01"},
            {"\"jti\":\"0", "\"jti\":\"\\u0030"},
            {"\"epoch\":1", "\"epoch\":1,\"epoch\":1"},
        }) {
            String json = new String(payload(leaf), StandardCharsets.UTF_8);
            assertTrue(json.contains(change[0]), change[0]);
            byte[] changed =
                    withPayload(leaf, json.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.empty(), forms.read(changed), change[1]);
        }
        byte[] another = withPayload(
                leaf,
                new String(payload(leaf), StandardCharsets.UTF_8)
                        .replace("2027-05-01T00:00:00Z", "2028-02-29T23:59:59Z")
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(full(another), forms.read(another));
    }

    @Test
    void digests_out_of_order_or_with_stray_bits_are_not_known() {
        Leaf leaf = LEAVES.get(1);
        learn(leaf);
        List<String> digests = new ArrayList<>(Entry.parse(leaf).sealed());
        String json = new String(payload(leaf), StandardCharsets.UTF_8);
        String swapped = json.replace(digests.get(4), "#")
                .replace(digests.get(5), digests.get(4))
                .replace("#", digests.get(5));
        String stray = json.replace(digests.get(4), digests.get(4).substring(0, 42) + "B");
        for (String changed : List.of(swapped, stray, json.replace(digests.get(4), digests.get(3)))) {
            byte[] bytes = withPayload(leaf, changed.getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.empty(), forms.read(bytes));
            assertEquals(Optional.empty(), full(bytes));
        }
    }

    @Test
    void whatever_is_changed_is_known_only_if_a_full_reading_finds_the_same() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("EntryFormsTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        LEAVES.forEach(this::learn);
        int known = 0;
        for (int round = 0; round < 40_000; round++) {
            Leaf leaf = LEAVES.get(random.nextInt(LEAVES.size()));
            byte[] changed = random.nextInt(4) == 0 ? changedBytes(leaf, random) : changedPayload(leaf, random);
            Optional<EntryHead> head = forms.read(changed);
            if (head.isPresent()) {
                known++;
                assertEquals(full(changed), head, () -> new String(changed, StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(known > 1_000, "only " + known + " of what was tried was known, so that little was compared");
    }

    /** A byte of the payload becomes another of the characters that payloads are made of. */
    private static byte[] changedPayload(Leaf leaf, Random random) {
        byte[] payload = payload(leaf);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(payload.length);
            String letters = random.nextBoolean() ? "0123456789" : "0123456789abcdefTZ-:_AQgw\"{}[],\\ ";
            payload[at] = (byte) letters.charAt(random.nextInt(letters.length()));
        }
        return withPayload(leaf, payload);
    }

    /** Any byte of the compact form becomes any other, or the end is cut off or made longer. */
    private static byte[] changedBytes(Leaf leaf, Random random) {
        byte[] bytes = java.util.Arrays.copyOf(leaf.bytes(), leaf.bytes().length + random.nextInt(3) - 1);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        return bytes;
    }

    private void learn(Leaf leaf) {
        forms.learn(leaf.bytes(), Entry.parse(leaf));
    }

    private static Optional<EntryHead> full(byte[] bytes) {
        try {
            return Optional.of(EntryHead.of(Entry.parse(Leaf.of(bytes))));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static byte[] payload(Leaf leaf) {
        return Base64Url.parse("payload", leaf.text().split("\\.")[1]);
    }

    private static byte[] withPayload(Leaf leaf, byte[] payload) {
        String[] parts = leaf.text().split("\\.");
        return (parts[0] + "." + Base64Url.print(payload) + "." + parts[2]).getBytes(StandardCharsets.US_ASCII);
    }
}
