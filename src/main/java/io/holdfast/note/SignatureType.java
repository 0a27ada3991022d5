package io.holdfast.note;

import io.holdfast.tlog.MalformedException;

/**
 * How a note is signed: the type byte of a key, and the check that belongs to it. A further type, such as the
 * cosignatures 0x04 and 0x06, is one more constant here.
 */
public enum SignatureType {
    /** A bare Ed25519 signature over the text. */
    ED25519(0x01) {
        @Override
        Check checkOf(String name, byte[] key) {
            return Ed25519PublicKey.of(key)::verify;
        }
    };

    /** Whether a signature is this key's over this text. */
    @FunctionalInterface
    interface Check {
        boolean holds(byte[] text, byte[] signature);
    }

    private final byte code;

    SignatureType(int code) {
        this.code = (byte) code;
    }

    /** Reads the key once, so that each check is cheap; throws when the bytes are no key of this type. */
    abstract Check checkOf(String name, byte[] key);

    /** The byte in front of the public key, in a verifier key and in what the key id is made of. */
    public byte code() {
        return code;
    }

    static SignatureType of(byte code) {
        for (SignatureType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedException("verifier key type", "must be 0x01 (Ed25519)", String.format("0x%02x", code));
    }
}
