package io.holdfast.audit;

import java.util.Locale;

/** What a key that the log names is for. No key serves two purposes. */
public enum KeyPurpose {
    /** Signs entries. */
    RECORD,
    /** Signs checkpoints, with Ed25519. */
    LOG,
    /** Signs checkpoints that are published once more, with ML-DSA-44. */
    LOG_ML_DSA_44,
    /** Signs grants. */
    GRANT;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if no purpose is spelt so */
    public static KeyPurpose parse(String code) {
        return Words.parse(values(), KeyPurpose::code, code);
    }
}
