package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * An ML-DSA-44 private key (FIPS 204), kept as the 32-byte seed from which the key follows. Signing is hedged: each
 * signature takes fresh randomness, so two over one message differ. Safe for many threads. The secret leaves this
 * object only through {@link #exposeSecretSeed}; it does not promise to be wiped from memory.
 */
public final class MlDsa44Key {
    public static final int SEED_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final MLDSAPrivateKeyParameters key;
    private final MlDsa44PublicKey publicKey;

    private MlDsa44Key(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new MalformedException("ML-DSA-44 seed", "must be 32 bytes", seed.length);
        }
        this.key = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed.clone());
        this.publicKey = MlDsa44PublicKey.of(key.getPublicKey());
    }

    public static MlDsa44Key generate() {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return new MlDsa44Key(seed);
    }

    public static MlDsa44Key ofSeed(byte[] seed) {
        return new MlDsa44Key(seed);
    }

    /** The 32 secret bytes, for writing a key file. Whoever has them can sign as this key for ever. */
    public byte[] exposeSecretSeed() {
        return key.getSeed();
    }

    public MlDsa44PublicKey publicKey() {
        return publicKey;
    }

    /** 2420 bytes over exactly this message, with an empty context. */
    public byte[] sign(byte[] message) {
        MLDSASigner signer = new MLDSASigner();
        // Without a source of randomness Bouncy Castle signs deterministically, which faults of the machine can
        // exploit.
        signer.init(true, new ParametersWithRandom(key, RANDOM));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA-44 cannot sign with a key that it made itself", e);
        }
    }

    @Override
    public String toString() {
        return "ML-DSA-44 private key of " + publicKey;
    }
}
