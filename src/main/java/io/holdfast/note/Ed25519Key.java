package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 private key (RFC 8032). Signing is deterministic and safe for many threads. The secret leaves this object
 * only through {@link #exposeSecretSeed}; it does not promise to be wiped from memory.
 */
public final class Ed25519Key {
    public static final int SEED_BYTES = 32;

    private final Ed25519PrivateKeyParameters key;
    private final Ed25519PublicKey publicKey;

    private Ed25519Key(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new MalformedException("Ed25519 seed", "must be 32 bytes", seed.length);
        }
        this.key = new Ed25519PrivateKeyParameters(seed, 0);
        this.publicKey = Ed25519PublicKey.of(key.generatePublicKey().getEncoded());
    }

    public static Ed25519Key generate() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return new Ed25519Key(seed);
    }

    public static Ed25519Key ofSeed(byte[] seed) {
        return new Ed25519Key(seed);
    }

    /** The 32 secret bytes, for writing a key file. Whoever has them can sign as this key for ever. */
    public byte[] exposeSecretSeed() {
        return key.getEncoded();
    }

    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /** 64 bytes over exactly this message. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_BYTES];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "Ed25519 private key of " + publicKey;
    }
}
