package io.holdfast.audit;

import io.holdfast.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one entry, and their hash in the tree. */
public final class Leaf {

    /** What a bundle's length prefix can say. */
    public static final int MOST_BYTES = 65_535;

    private final byte[] bytes;
    private final Hash hash;

    private Leaf(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MOST_BYTES) {
            throw new UnreadableException("an entry has 1 to 65535 bytes, found " + bytes.length);
        }
        this.bytes = bytes;
        this.hash = Hash.leaf(bytes);
    }

    public static Leaf of(byte[] bytes) {
        return new Leaf(bytes.clone());
    }

    static Leaf of(String compact) {
        return new Leaf(compact.getBytes(StandardCharsets.US_ASCII));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Hash hash() {
        return hash;
    }

    /** The compact JWS. */
    public String text() {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Whether this key made the signature at its end, over everything before it. */
    boolean isSignedBy(RecordKey.Public key) {
        return isSigned(bytes, key);
    }

    /** The same of bytes that nobody has made a leaf of. */
    static boolean isSigned(byte[] compact, RecordKey.Public key) {
        int dot = compact.length - 1;
        while (dot >= 0 && compact[dot] != '.') {
            dot--;
        }
        if (dot < 0) {
            return false;
        }
        String signature = new String(compact, dot + 1, compact.length - dot - 1, StandardCharsets.US_ASCII);
        return key.verify(Arrays.copyOf(compact, dot), Base64Url.parse("the signature", signature));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Leaf that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return hash.toString();
    }
}
