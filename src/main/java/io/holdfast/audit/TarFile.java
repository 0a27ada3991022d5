package io.holdfast.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file in a tar (POSIX.1-1988, {@code ustar}) as an export has it: before it a block that says nothing but its path and
 * its size, after it zeros up to the next block.
 *
 * <pre>
 * 0 path, 100 bytes    100 mode 0000644    108 owner 0000000   116 group 0000000   124 size, 11 octal digits
 * 136 time 00000000000 148 checksum, 6 octal digits, NUL, space   156 '0'   257 "ustar", NUL, "00"
 * 345 what stands before the last fitting slash of a longer path, 155 bytes
 * </pre>
 */
final class TarFile {

    static final int BLOCK = 512;

    /** Two blocks of zeros. */
    static final int END = 2 * BLOCK;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PREFIX = 155;

    private TarFile() {}

    /** @throws UnreadableException if the path does not fit */
    static byte[] header(String path, int size) {
        byte[] block = new byte[BLOCK];
        int slash = path.length() <= LONGEST_NAME ? -1 : path.indexOf('/', path.length() - LONGEST_NAME - 1);
        if (slash > LONGEST_PREFIX || slash < 0 && path.length() > LONGEST_NAME) {
            throw new UnreadableException(path + " is too long a path for an archive; export into a folder");
        }
        put(block, 0, path.substring(slash + 1));
        put(block, 100, "0000644");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format("%011o", size));
        put(block, 136, "00000000000");
        put(block, 148, "        ");
        put(block, 156, "0");
        put(block, 257, "ustar\u000000");
        put(block, 345, path.substring(0, Math.max(slash, 0)));
        int sum = 0;
        for (byte b : block) {
            sum += b;
        }
        put(block, 148, String.format("%06o\0", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** How many zeros follow a file of this size. */
    static int padding(int size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    static boolean isEnd(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }

    /** The path that a block names; nobody has checked the block, so that it may be any text. */
    static String path(byte[] block) {
        String prefix = text(block, 345, LONGEST_PREFIX);
        return prefix.isEmpty() ? text(block, 0, LONGEST_NAME) : prefix + "/" + text(block, 0, LONGEST_NAME);
    }

    /** The size that a block names, or -1 if that is no number of a file of a log. */
    static int size(byte[] block) {
        long size = 0;
        for (int i = 124; i < 135; i++) {
            if (block[i] < '0' || block[i] > '7') {
                return -1;
            }
            size = 8 * size + block[i] - '0';
        }
        return size > LogSource.MOST_BYTES ? -1 : (int) size;
    }

    private static String text(byte[] block, int at, int most) {
        int end = at;
        while (end < at + most && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
