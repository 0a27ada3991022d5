package io.holdfast.store;

import java.util.Arrays;
import java.util.Optional;

/** In which form a folder keeps the secrets of keys. */
public enum KeyForm {
    /** One file for each key, which the rights of the file system protect and nothing else. */
    PLAIN("plain"),
    /** One file for each key, encrypted with a passphrase. */
    PASSPHRASE("passphrase"),
    /** One PKCS#12 store for all of them, under a passphrase. */
    PKCS12("pkcs12");

    private final String code;

    KeyForm(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Nothing if no form is spelt so. */
    public static Optional<KeyForm> parse(String code) {
        return Arrays.stream(values()).filter(form -> form.code.equals(code)).findFirst();
    }
}
