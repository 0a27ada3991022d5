package io.holdfast.note;

import io.holdfast.tlog.MalformedException;

/** How a note is signed: the type byte of a key, and the check that belongs to it. */
public enum SignatureType {
    /** A bare Ed25519 signature over the text. */
    ED25519(0x01, false) {
        @Override
        Check checkOf(String name, byte[] key) {
            Ed25519PublicKey publicKey = Ed25519PublicKey.of(key);
            return (text, signature) -> publicKey.verify(NoteText.bytes(text), signature);
        }
    },

    /** A cosignature: Ed25519 over a time and a checkpoint. It does not commit to the name of the cosigner. */
    ED25519_COSIGNATURE(0x04, true) {
        @Override
        Check checkOf(String name, byte[] key) {
            Ed25519PublicKey publicKey = Ed25519PublicKey.of(key);
            return Timestamped.check(
                    Ed25519PublicKey.SIGNATURE_BYTES,
                    (checkpoint, time, signature) ->
                            publicKey.verify(CosignedMessage.lines(checkpoint, time), signature));
        }
    },

    /** A cosignature: ML-DSA-44 over the cosigner's name, a time, and what a checkpoint says. */
    ML_DSA_44(0x06, true) {
        @Override
        Check checkOf(String name, byte[] key) {
            MlDsa44PublicKey publicKey = MlDsa44PublicKey.of(key);
            CosignedMessage.shortName("cosigner name", name);
            return Timestamped.check(
                    MlDsa44PublicKey.SIGNATURE_BYTES,
                    (checkpoint, time, signature) ->
                            publicKey.verify(CosignedMessage.subtree(name, checkpoint, time), signature));
        }
    };

    /** Whether a signature is this key's over this text. */
    @FunctionalInterface
    interface Check {
        boolean holds(String text, byte[] signature);
    }

    private final byte code;
    private final boolean timestamped;

    SignatureType(int code, boolean timestamped) {
        this.code = (byte) code;
        this.timestamped = timestamped;
    }

    /** Reads the key once, so that each check is cheap; throws when the bytes are no key of this type. */
    abstract Check checkOf(String name, byte[] key);

    /** The byte in front of the public key, in a verifier key and in what the key id is made of. */
    public byte code() {
        return code;
    }

    /** Whether a signature says when it was made: all do but the bare one. */
    public boolean timestamped() {
        return timestamped;
    }

    static SignatureType of(byte code) {
        for (SignatureType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedException(
                "verifier key type",
                "must be 0x01 (Ed25519), 0x04 (Ed25519 cosignature) or 0x06 (ML-DSA-44)",
                String.format("0x%02x", code));
    }
}
