package io.holdfast.note;

import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key under a name, in the one line that people exchange: {@code name+hex id+base64(type || key)}. Two are
 * equal when that line is. Safe for many threads.
 */
public final class VerifierKey {
    private final KeyLabel label;
    private final SignatureType type;
    private final byte[] key;
    private final SignatureType.Check check;

    private VerifierKey(String name, SignatureType type, byte[] key) {
        this.label = KeyLabel.of(name, type, key);
        this.type = type;
        this.key = key;
        this.check = type.checkOf(name, key);
    }

    public static VerifierKey of(String name, Ed25519PublicKey key) {
        return new VerifierKey(name, SignatureType.ED25519, key.bytes());
    }

    /** The key of a cosigner: the type byte tells it from the same key signing notes. */
    static VerifierKey cosigner(String name, Ed25519PublicKey key) {
        return new VerifierKey(name, SignatureType.ED25519_COSIGNATURE, key.bytes());
    }

    public static VerifierKey of(String name, MlDsa44PublicKey key) {
        return new VerifierKey(name, SignatureType.ML_DSA_44, key.bytes());
    }

    public static VerifierKey parse(String line) {
        // The name has no plus, but base64 may.
        String[] parts = line.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedException("verifier key", "must be name+hex id+base64 key", line);
        }
        byte[] typed = Canonical.base64("verifier key", parts[2]);
        if (typed.length == 0) {
            throw new MalformedException("verifier key", "must have a type byte", line);
        }
        byte[] key = Arrays.copyOfRange(typed, 1, typed.length);
        VerifierKey parsed = new VerifierKey(parts[0], SignatureType.of(typed[0]), key);
        if (!parsed.label.hexId().equals(parts[1])) {
            String rule = "must be " + parsed.label.hexId() + " for this name and key";
            throw new MalformedException("verifier key id", rule, parts[1]);
        }
        if (!parsed.toString().equals(line)) {
            throw new MalformedException("verifier key", "must print back to the same text", line);
        }
        return parsed;
    }

    public KeyLabel label() {
        return label;
    }

    public SignatureType type() {
        return type;
    }

    /** Whether the signature carries this key's label and fits this text. */
    public boolean verify(String text, NoteSignature signature) {
        return signature.label().equals(label) && check.holds(text, signature.bytes());
    }

    /** Whether both are one public key, whatever name and type it goes under. */
    public boolean sameKeyAs(VerifierKey other) {
        return Arrays.equals(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = type.code();
        System.arraycopy(key, 0, typed, 1, key.length);
        return label.name() + "+" + label.hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
