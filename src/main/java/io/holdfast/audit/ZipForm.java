package io.holdfast.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A zip whose files are stored as they are (PKWARE's APPNOTE), without times and attributes. Its directory is the larger
 * kind (zip64) only where the smaller cannot say it.
 */
final class ZipForm implements ArchiveForm {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int LISTED = 0x02014b50;
    private static final short PLAIN_VERSION = 10;
    private static final short LARGE_VERSION = 45;

    /** 1980-01-01, the day that such dates begin with. */
    private static final short FIRST_DAY = 0x21;

    private static final long LARGE = 0xffff_ffffL;
    private static final int MANY = 0xffff;

    @Override
    public Writer writer(OutputStream out) {
        return new Writer() {
            private final ArchiveIndex index = new ArchiveIndex();
            private long at;

            @Override
            public void file(String path, byte[] bytes) throws IOException {
                byte[] head = local(path, bytes.length, checksum(bytes));
                index.add(path, new ArchiveIndex.Place(at + head.length, bytes.length, bytes.length, checksum(bytes)));
                out.write(head);
                out.write(bytes);
                at += head.length + bytes.length;
            }

            @Override
            public void end() throws IOException {
                out.write(directory(index, at));
            }
        };
    }

    @Override
    public ArchiveIndex index(ArchiveFile archive) {
        ArchiveIndex index = new ArchiveIndex();
        long at = 0;
        ByteBuffer head = head(archive, at);
        while (head.getInt(0) == LOCAL) {
            int size = head.getInt(22);
            int nameLength = Short.toUnsignedInt(head.getShort(26));
            if (size < 0 || size > LogSource.MOST_BYTES) {
                throw ArchiveIndex.notOurs("it has a file that is larger than any of a log");
            }
            byte[] whole = archive.read(at, LOCAL_LENGTH + nameLength);
            String path = new String(whole, LOCAL_LENGTH, nameLength, StandardCharsets.ISO_8859_1);
            int checksum = head.getInt(14);
            if (!LogLayout.isPath(path) || !Arrays.equals(local(path, size, checksum), whole)) {
                throw ArchiveIndex.notOurs("it has a file that no export has, or one that is packed or has a time");
            }
            index.add(path, new ArchiveIndex.Place(at + whole.length, size, size, checksum));
            at += whole.length + size;
            head = head(archive, at);
        }
        byte[] directory = directory(index, at);
        if (archive.length() != at + directory.length
                || !Arrays.equals(archive.read(at, directory.length), directory)) {
            throw ArchiveIndex.notOurs("its directory is not that of its files");
        }
        return index;
    }

    private static ByteBuffer head(ArchiveFile archive, long at) {
        byte[] head = new byte[LOCAL_LENGTH];
        archive.readSome(at, head);
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public byte[] read(ArchiveFile archive, ArchiveIndex.Place place) {
        byte[] bytes = archive.read(place.at(), place.length());
        if (checksum(bytes) != place.checksum()) {
            throw new UnreadableException("does not have the checksum that the archive names; a byte was changed");
        }
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static byte[] local(String path, int size, int checksum) {
        ByteBuffer head = buffer(LOCAL_LENGTH + path.length());
        head.putInt(LOCAL).putShort(PLAIN_VERSION);
        common(head, path, size, checksum);
        return head.put(path.getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** Flags, method, time, day, checksum, sizes, lengths of the path and of what else there is. */
    private static ByteBuffer common(ByteBuffer head, String path, int size, int checksum) {
        return head.putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(FIRST_DAY)
                .putInt(checksum)
                .putInt(size)
                .putInt(size)
                .putShort((short) path.length())
                .putShort((short) 0);
    }

    /** What stands behind the files. */
    private static byte[] directory(ArchiveIndex index, long at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<String, ArchiveIndex.Place> file : index.places().entrySet()) {
            out.writeBytes(listed(file.getKey(), file.getValue()));
        }
        out.writeBytes(end(index.places().size(), out.size(), at));
        return out.toByteArray();
    }

    private static byte[] listed(String path, ArchiveIndex.Place place) {
        long start = place.at() - LOCAL_LENGTH - path.length();
        boolean isLarge = start >= LARGE;
        ByteBuffer head = buffer(46 + path.length() + (isLarge ? 12 : 0));
        head.putInt(LISTED)
                .putShort(isLarge ? LARGE_VERSION : PLAIN_VERSION)
                .putShort(isLarge ? LARGE_VERSION : PLAIN_VERSION);
        common(head, path, place.size(), place.checksum());
        head.putShort(head.position() - 2, (short) (isLarge ? 12 : 0)); // what else there is: the place, in 8 bytes
        head.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        head.putInt((int) Math.min(start, LARGE)).put(path.getBytes(StandardCharsets.US_ASCII));
        if (isLarge) {
            head.putShort((short) 1).putShort((short) 8).putLong(start);
        }
        return head.array();
    }

    private static byte[] end(int files, long length, long at) {
        boolean isLarge = files >= MANY || length >= LARGE || at >= LARGE;
        ByteBuffer end = buffer(22 + (isLarge ? 76 : 0));
        if (isLarge) {
            end.putInt(0x06064b50).putLong(44).putShort(LARGE_VERSION).putShort(LARGE_VERSION);
            end.putInt(0)
                    .putInt(0)
                    .putLong(files)
                    .putLong(files)
                    .putLong(length)
                    .putLong(at);
            end.putInt(0x07064b50).putInt(0).putLong(at + length).putInt(1);
        }
        end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        end.putShort((short) Math.min(files, MANY)).putShort((short) Math.min(files, MANY));
        end.putInt((int) Math.min(length, LARGE))
                .putInt((int) Math.min(at, LARGE))
                .putShort((short) 0);
        return end.array();
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
