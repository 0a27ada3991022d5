package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EntryTest {

    @Test
    void what_was_read_is_written_as_the_same_payload() {
        for (Stored stored : TestLog.honest().entries()) {
            Entry entry = stored.entry();
            assertArrayEquals(
                    payload(entry.leaf()),
                    CanonicalJson.write(EntryWriter.payload(entry.envelope(), entry.event(), entry.sealed())));
        }
    }

    @Test
    void keys_are_read_as_they_were_named() {
        for (Stored stored : TestLog.rotated().entries()) {
            Entry entry = stored.entry();
            assertArrayEquals(
                    payload(entry.leaf()),
                    CanonicalJson.write(EntryWriter.payload(entry.envelope(), entry.event(), entry.sealed())));
        }
        TestLog log = TestLog.empty();
        Event.Genesis genesis = log.genesis();
        Event.Genesis whole = new Event.Genesis(
                genesis.logKey(),
                genesis.recordKey(),
                List.of(TestLog.nextRecordKey(), TestLog.mlDsa44Key()),
                genesis.holds(),
                Optional.of(new FormerLog("former.example/log", 1, Hash.ofNothing())));
        log.add(Envelope.LOG, whole);
        assertEquals(whole, log.entries().get(0).entry().event());
        refused(log, 0, json -> ((ObjectNode) json.get("continues")).put("origin", ""));
        refused(log, 0, json -> ((ObjectNode) json.get("continues")).put("origin", "two words"));
        refused(log, 0, json -> ((ObjectNode) json.get("continues")).put("size", 0));
        refused(log, 0, json -> ((ObjectNode) json.get("continues")).put("root", "00"));
        refused(log, 0, json -> ((ObjectNode) json.get("continues")).put("more", 1));
        refused(log, 0, json -> json.putObject("continues"));
    }

    @Test
    void a_key_with_another_id_or_of_another_kind_is_unreadable() {
        TestLog log = TestLog.rotated();
        refused(log, 2, json -> json.put("key-id", "another"));
        refused(log, 2, json -> json.put("purpose", "log"));
        refused(log, 2, json -> json.put("purpose", "recorder"));
        refused(log, 2, json -> json.put("key", "A".repeat(43)));
        refused(log, 4, json -> json.put("purpose", "record"));
        refused(log, 4, json -> json.put("purpose", "log-ml-dsa-44"));
        refused(log, 4, json -> json.put("key", json.get("key").textValue() + "="));
        refused(log, 6, json -> json.put("purpose", ""));
        refused(log, 6, json -> json.put("key", "more"));
        refused(TestLog.honest(), 0, json -> json.put("log-key", "no key"));
        refused(TestLog.honest(), 0, json -> json.putArray("keys"));
    }

    @Test
    void values_that_no_claim_can_have_are_unreadable_and_nothing_worse() {
        refused(3, json -> json.put("iat", -1));
        refused(6, json -> json.putArray("categories"));
        refused(7, json -> json.putArray("categories"));
        refused(1, json -> json.withObject("/decision").putArray("reasons"));
        refused(0, json -> json.put("record-key", "AA"));
        refused(0, json -> json.put("record-key", "A".repeat(43)));
        refused(1, json -> json.withObject("/facts").put("issuer-jurisdiction", "hk"));
        refused(1, json -> json.withObject("/facts").put("accounts", -1));
        refused(3, json -> json.put("prev", "0"));
        refused(3, json -> json.put("note", "free text"));
        refused(3, json -> json.remove("_sd_alg"));
    }

    @Test
    void changed_bytes_are_read_as_an_entry_or_refused_and_nothing_worse() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("EntryTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        List<Stored> entries = TestLog.honest().entries();
        for (int round = 0; round < 5_000; round++) {
            byte[] payload =
                    payload(entries.get(random.nextInt(entries.size())).entry().leaf());
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                payload[random.nextInt(payload.length)] = (byte) "{}[]\":,-0129eE.ANt\\ ".charAt(random.nextInt(20));
            }
            Leaf leaf = withPayload(
                    entries.get(random.nextInt(entries.size())).entry().leaf(), payload);
            try {
                assertEquals(leaf, Entry.parse(leaf).leaf());
            } catch (UnreadableException e) {
                // As it should be.
            }
        }
    }

    private static void refused(int index, Consumer<ObjectNode> change) {
        refused(TestLog.honest(), index, change);
    }

    private static void refused(TestLog log, int index, Consumer<ObjectNode> change) {
        Leaf leaf = log.leaf(index);
        ObjectNode json = CanonicalJson.readObject("payload", payload(leaf));
        change.accept(json);
        Leaf changed = withPayload(leaf, CanonicalJson.write(json));
        assertThrows(UnreadableException.class, () -> Entry.parse(changed));
    }

    private static byte[] payload(Leaf leaf) {
        return Base64Url.parse("payload", leaf.text().split("\\.")[1]);
    }

    private static Leaf withPayload(Leaf leaf, byte[] payload) {
        String[] parts = leaf.text().split("\\.");
        return Leaf.of(
                (parts[0] + "." + Base64Url.print(payload) + "." + parts[2]).getBytes(StandardCharsets.US_ASCII));
    }
}
