package io.holdfast.vault;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** 32 secret bytes that wrap the keys of cases. Its id is a keyed digest of itself, and says nothing about it. */
final class MasterKey {

    private static final int ID_BYTES = 8;

    private final String id;
    private final SecretKey wrapping;

    MasterKey(byte[] secret) {
        if (secret.length != MasterKeys.SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "a master key has " + MasterKeys.SECRET_BYTES + " bytes, found " + secret.length);
        }
        this.id = HexFormat.of().formatHex(Arrays.copyOf(Mac256.ofText(secret, "holdfast/key-id/1"), ID_BYTES));
        this.wrapping = new SecretKeySpec(Mac256.of(secret, "holdfast/wrap/1"), "AES");
    }

    String id() {
        return id;
    }

    WrappedKey wrap(String boundTo, byte[] secret) {
        return WrappedKey.of(id, Box.seal(wrapping, withId(boundTo), secret));
    }

    byte[] unwrap(String boundTo, WrappedKey wrapped) {
        String bound = wrapped.masterKey().isPresent() ? withId(boundTo) : boundTo;
        return Box.open(wrapping, bound, wrapped.secret());
    }

    /** The id is authenticated too, so that nobody can have a key looked for under another name. */
    private String withId(String boundTo) {
        return "2|" + id + "|" + boundTo;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
