package io.holdfast.audit;

import io.holdfast.note.Ed25519Key;
import io.holdfast.note.Ed25519PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The key that signs entries. Its id is its JWK thumbprint (RFC 7638). */
public final class RecordKey {

    private final Ed25519Key key;
    private final Public publicKey;

    public RecordKey(Ed25519Key key) {
        this.key = key;
        this.publicKey = new Public(key.publicKey());
    }

    public Public publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] signingInput) {
        return key.sign(signingInput);
    }

    @Override
    public String toString() {
        return "RecordKey[" + publicKey.id() + "]";
    }

    /** The half of it that everybody may have. Two are equal when the key is. */
    public static final class Public {

        private final Ed25519PublicKey key;
        private final String id;

        public Public(Ed25519PublicKey key) {
            this.key = key;
            this.id = thumbprint(key);
        }

        /** @param x the key's 32 bytes as base64url, the {@code x} of its JWK */
        public static Public parse(String x) {
            return new Public(Ed25519PublicKey.of(Base64Url.parse("a record key", x)));
        }

        public String id() {
            return id;
        }

        public String x() {
            return Base64Url.print(key.bytes());
        }

        boolean verify(byte[] signingInput, byte[] signature) {
            return key.verify(signingInput, signature);
        }

        /** RFC 7638. */
        static String thumbprint(Ed25519PublicKey key) {
            String jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + Base64Url.print(key.bytes()) + "\"}";
            return Base64Url.print(sha256(jwk.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Public that && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static byte[] sha256(byte[] bytes) {
        return newSha256().digest(bytes);
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
