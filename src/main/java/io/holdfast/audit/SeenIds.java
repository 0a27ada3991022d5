package io.holdfast.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Which ids have been seen, at 21 to 43 bytes for each: of an id it keeps half of its SHA-256, and two ids of one half
 * would take 2^64 tries to find.
 */
final class SeenIds {

    private final MessageDigest sha256 = RecordKey.newSha256();
    private long[] halves = new long[1 << 11];
    private int count;

    /** What it keeps of an id: two numbers, the same for every table. */
    long[] halves(String id) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
        // A place whose first half is zero is free, so no id may have a zero there.
        return new long[] {digest.getLong() | 1, digest.getLong()};
    }

    /** @param id its {@link #halves} */
    boolean contains(long[] id) {
        int mask = halves.length / 2 - 1;
        for (int at = (int) id[1] & mask; halves[2 * at] != 0; at = at + 1 & mask) {
            if (halves[2 * at] == id[0] && halves[2 * at + 1] == id[1]) {
                return true;
            }
        }
        return false;
    }

    /** @return false if it was there already */
    boolean add(String id) {
        long[] kept = halves(id);
        long first = kept[0];
        long second = kept[1];
        if (count >= halves.length / 8 * 3) { // three quarters full
            grow();
        }
        if (!place(halves, first, second)) {
            return false;
        }
        count++;
        return true;
    }

    private static boolean place(long[] table, long first, long second) {
        int mask = table.length / 2 - 1;
        for (int at = (int) second & mask; ; at = at + 1 & mask) {
            if (table[2 * at] == 0) {
                table[2 * at] = first;
                table[2 * at + 1] = second;
                return true;
            }
            if (table[2 * at] == first && table[2 * at + 1] == second) {
                return false;
            }
        }
    }

    private void grow() {
        long[] larger = new long[halves.length * 2];
        for (int at = 0; at < halves.length; at += 2) {
            if (halves[at] != 0) {
                place(larger, halves[at], halves[at + 1]);
            }
        }
        halves = larger;
    }
}
