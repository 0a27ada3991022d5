package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032): 32 bytes that are a point of the right group. Points of small order are refused:
 * under them one signature fits many messages, and a signer could deny what was signed.
 */
public final class Ed25519PublicKey {
    public static final int BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private final byte[] bytes;
    private final Ed25519PublicKeyParameters key;

    private Ed25519PublicKey(byte[] bytes) {
        this.bytes = bytes;
        this.key = new Ed25519PublicKeyParameters(bytes, 0);
    }

    public static Ed25519PublicKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedException("Ed25519 public key", "must be 32 bytes", bytes.length);
        }
        if (!Ed25519.validatePublicKeyFull(bytes, 0)) {
            String found = HexFormat.of().formatHex(bytes);
            throw new MalformedException("Ed25519 public key", "must be a point of the prime-order group", found);
        }
        return new Ed25519PublicKey(bytes.clone());
    }

    /**
     * Whether this key's owner signed exactly this message. Never throws for a bad signature. Safe for many threads.
     */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
