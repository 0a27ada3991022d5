package io.holdfast.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A packed tar: a gzip member (RFC 1952) for each file with its block, and one for the two empty blocks. Members in a row
 * unpack to the plain tar, with any program; and each can be unpacked alone, so that a file is found without the others.
 */
final class TarGzForm implements ArchiveForm {

    /** Deflated, no flags, no time, of no particular system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TRAILER = 8;
    private static final int CHUNK = 64 * 1024;

    @Override
    public Writer writer(OutputStream out) {
        return new Writer() {
            @Override
            public void file(String path, byte[] bytes) throws IOException {
                ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length + 2 * TarFile.BLOCK);
                new TarForm().writer(plain).file(path, bytes);
                out.write(pack(plain.toByteArray()));
            }

            @Override
            public void end() throws IOException {
                out.write(pack(new byte[TarFile.END]));
            }
        };
    }

    private static byte[] pack(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream member = new ByteArrayOutputStream(plain.length / 2);
            member.writeBytes(HEAD);
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                member.write(chunk, 0, deflater.deflate(chunk));
            }
            member.writeBytes(trailer(plain));
            return member.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] trailer(byte[] plain) {
        CRC32 checksum = new CRC32();
        checksum.update(plain);
        return ByteBuffer.allocate(TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt(plain.length)
                .array();
    }

    @Override
    public ArchiveIndex index(ArchiveFile archive) {
        ArchiveIndex index = new ArchiveIndex();
        long at = 0;
        Member member = unpack(archive, at);
        while (member.plain().length != TarFile.END || !TarFile.isEnd(member.plain())) {
            byte[] plain = member.plain();
            if (plain.length < TarFile.BLOCK) {
                throw ArchiveIndex.notOurs("it has a part that is no file");
            }
            byte[] block = Arrays.copyOf(plain, TarFile.BLOCK);
            String path = TarFile.path(block);
            int size = TarForm.checkedSize(path, block);
            if (plain.length != TarFile.BLOCK + size + TarFile.padding(size)) {
                throw ArchiveIndex.notOurs(path + " is not of the size that stands before it");
            }
            TarForm.checkPadding(path, Arrays.copyOfRange(plain, TarFile.BLOCK + size, plain.length));
            index.add(path, new ArchiveIndex.Place(at, member.length(), size, 0));
            at += member.length();
            member = unpack(archive, at);
        }
        if (archive.length() > at + member.length()) {
            throw ArchiveIndex.notOurs("there is something behind its last file");
        }
        return index;
    }

    @Override
    public byte[] read(ArchiveFile archive, ArchiveIndex.Place place) {
        byte[] plain = unpack(archive, place.at()).plain();
        return Arrays.copyOfRange(plain, TarFile.BLOCK, TarFile.BLOCK + place.size());
    }

    /** @param length in the archive, with all that is around the packed bytes */
    private static final class Member {
        private final byte[] plain;
        private final int length;

        Member(byte[] plain, int length) {
            this.plain = plain;
            this.length = length;
        }

        byte[] plain() {
            return plain;
        }

        int length() {
            return length;
        }
    }

    private static Member unpack(ArchiveFile archive, long at) {
        if (!Arrays.equals(archive.read(at, HEAD.length), HEAD)) {
            throw ArchiveIndex.notOurs("its files are not packed one by one, or have a name or a time");
        }
        Inflater inflater = new Inflater(true);
        try {
            ByteArrayOutputStream plain = new ByteArrayOutputStream(CHUNK);
            byte[] packed = new byte[CHUNK];
            byte[] chunk = new byte[CHUNK];
            long next = at + HEAD.length;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int read = archive.readSome(next, packed);
                    if (read == 0) {
                        throw ArchiveIndex.notOurs("it ends too early");
                    }
                    inflater.setInput(packed, 0, read);
                    next += read;
                }
                plain.write(chunk, 0, inflater.inflate(chunk));
                if (plain.size() > TarFile.END + LogSource.MOST_BYTES) {
                    throw ArchiveIndex.notOurs("it has a file that is larger than any of a log");
                }
            }
            long end = next - inflater.getRemaining();
            byte[] whole = plain.toByteArray();
            if (!Arrays.equals(archive.read(end, TRAILER), trailer(whole))) {
                throw ArchiveIndex.notOurs("it does not have its own checksum; a byte of it was changed");
            }
            return new Member(whole, (int) (end + TRAILER - at));
        } catch (DataFormatException e) {
            throw ArchiveIndex.notOurs("it cannot be unpacked; a byte of it was changed");
        } finally {
            inflater.end();
        }
    }
}
