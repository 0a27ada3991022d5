package io.holdfast.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of an entry bundle: 1 to 256 entries, each behind its length in two bytes, big-endian. */
public final class Bundle {
    public static final int LONGEST_ENTRY = 65_535;

    private Bundle() {}

    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > Tile.FULL_WIDTH) {
            throw new MalformedException("bundle", "must hold 1 to 256 entries", entries.size());
        }
        int length = 0;
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new MalformedException("entry", "must be at most 65535 bytes", entry.length);
            }
            length += Short.BYTES + entry.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            out.putShort((short) entry.length).put(entry);
        }
        return out.array();
    }

    /** The inverse of {@link #encode}: exactly as many entries as the tile is wide, and not a byte more. */
    public static List<byte[]> decode(Tile.Entries tile, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>(tile.width());
        while (entries.size() < tile.width()) {
            entries.add(next(tile, entries.size(), in));
        }
        if (in.hasRemaining()) {
            String rule = "must end after entry " + (tile.width() - 1) + " of the bundle";
            throw new MalformedException(tile.path(), rule, in.remaining() + " more bytes");
        }
        return entries;
    }

    private static byte[] next(Tile.Entries tile, int number, ByteBuffer in) {
        if (in.remaining() >= Short.BYTES) {
            int length = Short.toUnsignedInt(in.getShort());
            if (in.remaining() >= length) {
                byte[] entry = new byte[length];
                in.get(entry);
                return entry;
            }
        }
        String rule = "must hold " + tile.width() + " whole entries";
        throw new MalformedException(tile.path(), rule, "the end of the bytes inside entry " + number);
    }
}
