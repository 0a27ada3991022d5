package io.holdfast.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Stored files as our own zips have them, but of any paths in any order, which no library writes. */
final class HostileZip {

    private HostileZip() {}

    /** Without a directory: nobody gets as far as to look for it. */
    static byte[] of(String... paths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String path : paths) {
            byte[] name = path.getBytes(StandardCharsets.US_ASCII);
            CRC32 checksum = new CRC32();
            checksum.update(7);
            out.writeBytes(ByteBuffer.allocate(30 + name.length + 1)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0x04034b50)
                    .putShort((short) 10)
                    .putInt(0)
                    .putShort((short) 0)
                    .putShort((short) 0x21)
                    .putInt((int) checksum.getValue())
                    .putInt(1)
                    .putInt(1)
                    .putShort((short) name.length)
                    .putShort((short) 0)
                    .put(name)
                    .put((byte) 7)
                    .array());
        }
        return out.toByteArray();
    }
}
