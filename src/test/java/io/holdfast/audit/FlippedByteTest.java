package io.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A changed byte anywhere in an export is found, with the name of its file. Every position of the small files, and of each
 * other file so many at random; {@code -Dholdfast.every-byte} takes every position of every file.
 */
class FlippedByteTest {

    private static final int POSITIONS = 120;

    @Test
    void every_changed_byte_is_found_in_its_file() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("FlippedByteTest: -Dholdfast.seed=" + seed);
        Random random = new Random(seed);
        MemorySource whole = TestLog.honest().files();
        assertTrue(LogVerifierTest.verify(whole).holds());
        for (Map.Entry<String, byte[]> file : whole.files.entrySet()) {
            int length = file.getValue().length;
            boolean isSampled = length > 2 * POSITIONS && System.getProperty("holdfast.every-byte") == null;
            for (int i = 0; i < (isSampled ? POSITIONS : length); i++) {
                int position = isSampled ? random.nextInt(length) : i;
                MemorySource damaged = whole.copy();
                damaged.files.get(file.getKey())[position] ^= (byte) (1 + random.nextInt(255));
                assertNamed(damaged, file.getKey(), position);
            }
        }
    }

    @Test
    void every_file_cut_short_or_made_longer_is_found() {
        MemorySource whole = TestLog.honest().files();
        for (Map.Entry<String, byte[]> file : whole.files.entrySet()) {
            for (int change : new int[] {-1, 1}) {
                MemorySource damaged = whole.copy();
                byte[] bytes = java.util.Arrays.copyOf(file.getValue(), file.getValue().length + change);
                damaged.files.put(file.getKey(), bytes);
                assertNamed(damaged, file.getKey(), bytes.length);
            }
        }
    }

    private static void assertNamed(LogSource damaged, String file, int position) {
        List<Finding> findings = LogVerifierTest.verify(damaged).findings();
        assertTrue(
                findings.stream().anyMatch(finding -> finding.place().contains(file)),
                () -> file + " at " + position + " found as " + findings);
    }
}
