package io.holdfast.store;

import io.holdfast.audit.KeyPurpose;
import io.holdfast.audit.NamedKey;
import io.holdfast.audit.RecordKey;
import io.holdfast.note.Ed25519Key;
import io.holdfast.note.MlDsa44Key;
import io.holdfast.note.VerifierKey;
import io.holdfast.vault.MasterKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** The 32 secret bytes of a key, and what may be told of them. They leave it only through {@link #expose}. */
final class KeySecret {

    static final int BYTES = 32;

    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] bytes;

    private KeySecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeySecret of(byte[] bytes) {
        return new KeySecret(bytes.clone());
    }

    static KeySecret generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new KeySecret(bytes);
    }

    byte[] expose() {
        return bytes.clone();
    }

    Ed25519Key ed25519() {
        return Ed25519Key.ofSeed(bytes);
    }

    MlDsa44Key mlDsa44() {
        return MlDsa44Key.ofSeed(bytes);
    }

    /** The half of it that the log names. */
    NamedKey named(KeyPurpose purpose, String origin) {
        return switch (purpose) {
            case RECORD -> new NamedKey.OfRecords(new RecordKey.Public(ed25519().publicKey()));
            case LOG -> new NamedKey.OfLog(VerifierKey.of(origin, ed25519().publicKey()));
            case LOG_ML_DSA_44 ->
                new NamedKey.OfLog(VerifierKey.of(origin, mlDsa44().publicKey()));
            case GRANT -> new NamedKey.OfGrants(ed25519().publicKey());
        };
    }

    /** Tells keys of one purpose apart: 16 hex digits of the SHA-256 of the public key. */
    String fingerprint(KeyPurpose purpose) {
        byte[] publicKey = purpose == KeyPurpose.LOG_ML_DSA_44
                ? mlDsa44().publicKey().bytes()
                : ed25519().publicKey().bytes();
        return HexFormat.of().formatHex(Arrays.copyOf(sha256(publicKey), FINGERPRINT_BYTES));
    }

    /** Tells keys of one kind apart, and may be shown; of a master key it is the id that the vault knows it by. */
    String fingerprint(KeyKind kind) {
        return kind.purpose()
                .map(this::fingerprint)
                .orElseGet(() -> MasterKeys.of(bytes).newest());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "KeySecret";
    }
}
