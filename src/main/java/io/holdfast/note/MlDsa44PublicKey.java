package io.holdfast.note;

import io.holdfast.tlog.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** An ML-DSA-44 public key (FIPS 204): 1312 bytes, each value of which is a key. */
public final class MlDsa44PublicKey {
    public static final int BYTES = 1312;
    public static final int SIGNATURE_BYTES = 2420;

    private final byte[] bytes;
    private final MLDSAPublicKeyParameters key;

    private MlDsa44PublicKey(byte[] bytes) {
        this.bytes = bytes;
        this.key = new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, bytes);
    }

    public static MlDsa44PublicKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedException("ML-DSA-44 public key", "must be 1312 bytes", bytes.length);
        }
        return new MlDsa44PublicKey(bytes.clone());
    }

    /**
     * Whether this key's owner signed exactly this message, with an empty context. Never throws for a bad signature.
     * Safe for many threads.
     */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, key);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MlDsa44PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The first 16 bytes in hex, for messages: the whole key fills a page. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes, 0, 16) + "...";
    }
}
