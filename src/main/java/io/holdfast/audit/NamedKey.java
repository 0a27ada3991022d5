package io.holdfast.audit;

import io.holdfast.note.Ed25519PublicKey;
import io.holdfast.note.SignatureType;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.MalformedException;

/** A key as the log names it: what it is for, an id, and its public half. Two are equal when the key is. */
public sealed interface NamedKey {

    KeyPurpose purpose();

    /** Tells the keys of one purpose apart; what an operator types. */
    String id();

    /** The public half, as {@link #parse} reads it. */
    String text();

    /** Its id is the {@code kid} of the entries, its text the {@code x} of its JWK. */
    record OfRecords(RecordKey.Public key) implements NamedKey {
        @Override
        public KeyPurpose purpose() {
            return KeyPurpose.RECORD;
        }

        @Override
        public String id() {
            return key.id();
        }

        @Override
        public String text() {
            return key.x();
        }
    }

    /** Its id is the hex id of a signature line, its text the whole verifier key; the type of that says for which purpose. */
    record OfLog(VerifierKey key) implements NamedKey {
        public OfLog {
            purposeOf(key.type());
        }

        @Override
        public KeyPurpose purpose() {
            return purposeOf(key.type());
        }

        private static KeyPurpose purposeOf(SignatureType type) {
            return switch (type) {
                case ED25519 -> KeyPurpose.LOG;
                case ML_DSA_44 -> KeyPurpose.LOG_ML_DSA_44;
                case ED25519_COSIGNATURE ->
                    throw new MalformedException("log key", "must be of type 0x01 or 0x06", "0x04");
            };
        }

        @Override
        public String id() {
            return key.label().hexId();
        }

        @Override
        public String text() {
            return key.toString();
        }
    }

    /** Its id is its JWK thumbprint (RFC 7638), its text the {@code x} of its JWK. */
    record OfGrants(Ed25519PublicKey key) implements NamedKey {
        @Override
        public KeyPurpose purpose() {
            return KeyPurpose.GRANT;
        }

        @Override
        public String id() {
            return RecordKey.Public.thumbprint(key);
        }

        @Override
        public String text() {
            return Base64Url.print(key.bytes());
        }
    }

    /** @throws MalformedException or {@link UnreadableException} if the text is no key of this purpose */
    static NamedKey parse(KeyPurpose purpose, String text) {
        return switch (purpose) {
            case RECORD -> new OfRecords(RecordKey.Public.parse(text));
            case LOG, LOG_ML_DSA_44 -> ofLog(purpose, VerifierKey.parse(text));
            case GRANT -> new OfGrants(Ed25519PublicKey.of(Base64Url.parse("a grant key", text)));
        };
    }

    private static NamedKey ofLog(KeyPurpose purpose, VerifierKey key) {
        NamedKey named = new OfLog(key);
        if (named.purpose() != purpose) {
            throw new MalformedException(
                    "log key", "must be of the type that " + purpose.code() + " asks for", key.toString());
        }
        return named;
    }
}
