package io.holdfast.gate;

import io.holdfast.bag.Sha512;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/** The plaintext of one part, a piece of the spool at a time. Its end is reached only if all of it was what was collected. */
final class CollectedStream extends InputStream {

    private final Spool spool;
    private final CaseKey key;
    private final Collector.Part part;
    private final MessageDigest digest = Sha512.digest();
    private byte[] piece = new byte[0];
    private int at;
    private int number;
    private long left;

    CollectedStream(Spool spool, CaseKey key, Collector.Part part) {
        this.spool = spool;
        this.key = key;
        this.part = part;
        this.left = part.size();
    }

    static String sha512(byte[] bytes) {
        return Sha512.of(bytes).hex();
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, to, offset, count);
        at += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        if (at == piece.length && left > 0) {
            piece = next();
            at = 0;
        }
        return at < piece.length;
    }

    /** Checked before the last piece is given away: who reads to the end has what was collected. */
    private byte[] next() throws IOException {
        Spool.Place place = new Spool.Place(part.place(), number++);
        byte[] box = spool.get(key.caseId(), place)
                .orElseThrow(() -> new IOException(part.name() + " is no longer on the spool"));
        byte[] plain;
        try {
            plain = key.openSecret(place, box);
        } catch (CannotOpenException e) {
            throw new IOException(part.name() + " was changed on the spool", e);
        }
        digest.update(plain);
        left -= plain.length;
        if (plain.length == 0
                || left < 0
                || left == 0 && !Sha512.finish(digest).hex().equals(part.sha512())) {
            throw new IOException(part.name() + " on the spool is not what was collected");
        }
        return plain;
    }
}
