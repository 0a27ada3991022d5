package io.holdfast.store;

import io.holdfast.audit.KeyPurpose;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a secret is for, and how its 32 bytes are wrapped before they become text. */
public enum KeyKind {
    RECORD(KeyPurpose.RECORD, Form.ED25519),
    LOG(KeyPurpose.LOG, Form.ED25519),
    LOG_ML_DSA_44(KeyPurpose.LOG_ML_DSA_44, Form.ML_DSA_44),
    GRANT(KeyPurpose.GRANT, Form.ED25519),
    /** Wraps the keys of cases. It signs nothing, and the log does not name it. */
    VAULT(Form.MASTER_KEY);

    /**
     * @param label what the PEM file is labelled
     * @param prefix hex of what stands before the secret
     * @param pkcs8 hex of what stands before it in a PKCS#8 PrivateKeyInfo
     */
    private record Form(String label, String prefix, String pkcs8) {

        Form(String label, String pkcs8) {
            this(label, pkcs8, pkcs8);
        }

        /** PKCS#8 of an Ed25519 key is this and the 32 bytes of the seed, RFC 8410 section 7. */
        static final Form ED25519 = new Form("PRIVATE KEY", "302e020100300506032b657004220420");

        /** PKCS#8 of an ML-DSA-44 key is this and the 32 bytes of the seed, RFC 9881 section 6. */
        static final Form ML_DSA_44 = new Form("PRIVATE KEY", "3034020100300b060960864801650304031104228020");

        /**
         * Nothing but the bytes: no standard has a form for it. What has to be PKCS#8 is written as Java writes an AES
         * key.
         */
        static final Form MASTER_KEY = new Form("HOLDFAST MASTER KEY", "", "3031020100300a060860864801650304010420");
    }

    private final Optional<KeyPurpose> purpose;
    private final String code;
    private final Form form;

    KeyKind(KeyPurpose purpose, Form form) {
        this.purpose = Optional.of(purpose);
        this.code = purpose.code();
        this.form = form;
    }

    KeyKind(Form form) {
        this.purpose = Optional.empty();
        this.code = "vault";
        this.form = form;
    }

    /** What the log calls it; nothing if the log does not name such keys. */
    public Optional<KeyPurpose> purpose() {
        return purpose;
    }

    public String code() {
        return code;
    }

    static KeyKind of(KeyPurpose purpose) {
        return Arrays.stream(values())
                .filter(kind -> kind.purpose.equals(Optional.of(purpose)))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing if no kind is spelt so. */
    public static Optional<KeyKind> parse(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }

    String label() {
        return form.label();
    }

    byte[] wrap(byte[] secret) {
        return wrap(form.prefix(), secret);
    }

    /** As a PKCS#8 PrivateKeyInfo, DER. */
    byte[] pkcs8(byte[] secret) {
        return wrap(form.pkcs8(), secret);
    }

    private static byte[] wrap(String prefix, byte[] secret) {
        byte[] before = HexFormat.of().parseHex(prefix);
        byte[] der = Arrays.copyOf(before, before.length + KeySecret.BYTES);
        System.arraycopy(secret, 0, der, before.length, KeySecret.BYTES);
        return der;
    }

    /** Nothing if these are not the bytes of such a key. */
    Optional<byte[]> unwrap(byte[] der) {
        return unwrap(form.prefix(), der);
    }

    /** Nothing if these are not the bytes of the PKCS#8 PrivateKeyInfo of such a key. */
    Optional<byte[]> ofPkcs8(byte[] der) {
        return unwrap(form.pkcs8(), der);
    }

    private static Optional<byte[]> unwrap(String prefix, byte[] der) {
        byte[] before = HexFormat.of().parseHex(prefix);
        return der.length == before.length + KeySecret.BYTES
                        && Arrays.equals(before, 0, before.length, der, 0, before.length)
                ? Optional.of(Arrays.copyOfRange(der, before.length, der.length))
                : Optional.empty();
    }
}
