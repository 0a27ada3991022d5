package io.holdfast.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A SHA-256 hash of the tree: 32 bytes, equal by value.
 *
 * <p>A leaf and a node are hashed under different first bytes (RFC 6962 section 2.1), so that no entry can be passed
 * off as a node.
 */
public final class Hash implements Comparable<Hash> {
    public static final int BYTES = 32;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Hash::digest);
    private static final Hash OF_NOTHING = new Hash(digest().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** SHA-256(0x00 || entry). */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = SHA_256.get();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    /** SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = SHA_256.get();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** SHA-256 of bytes that are no part of a tree. */
    public static Hash sha256(byte[] bytes) {
        return new Hash(digest().digest(bytes));
    }

    /** SHA-256 of no bytes at all: the root of the empty tree. */
    public static Hash ofNothing() {
        return OF_NOTHING;
    }

    /** The hash that these 32 bytes are. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedException("hash", "must be 32 bytes", bytes.length);
        }
        return new Hash(bytes.clone());
    }

    public static Hash parseBase64(String text) {
        byte[] bytes = Canonical.base64("hash", text);
        if (bytes.length != BYTES) {
            throw new MalformedException("hash", "must be base64 of 32 bytes", text);
        }
        return new Hash(bytes);
    }

    /** Hashes one after another, as a tile holds them. */
    public static byte[] join(List<Hash> hashes) {
        byte[] joined = new byte[hashes.size() * BYTES];
        int at = 0;
        for (Hash hash : hashes) {
            System.arraycopy(hash.bytes, 0, joined, at, BYTES);
            at += BYTES;
        }
        return joined;
    }

    /** The inverse of {@link #join}. */
    public static List<Hash> split(byte[] joined) {
        if (joined.length % BYTES != 0) {
            throw new MalformedException("hashes", "must be a multiple of 32 bytes", joined.length);
        }
        List<Hash> hashes = new ArrayList<>(joined.length / BYTES);
        for (int at = 0; at < joined.length; at += BYTES) {
            hashes.add(new Hash(Arrays.copyOfRange(joined, at, at + BYTES)));
        }
        return List.copyOf(hashes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
