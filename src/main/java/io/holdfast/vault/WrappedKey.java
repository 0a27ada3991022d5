package io.holdfast.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret under a master key, and the id of that master key: {@code 0x02 || length of the id || id in ASCII || what the
 * wrapping made of the secret}. So several master keys can be open at once, and each opens what is its own.
 *
 * <p>Before there were ids, it was a {@link Box} alone, which begins with 0x01; those still open.
 */
public final class WrappedKey {

    private static final byte WITHOUT_ID = 1;
    private static final byte WITH_ID = 2;
    private static final int HEAD_BYTES = 2;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");

    private final Optional<String> masterKey;
    private final byte[] secret;

    private WrappedKey(Optional<String> masterKey, byte[] secret) {
        this.masterKey = masterKey;
        this.secret = secret.clone();
    }

    /**
     * @param masterKey 1 to 100 letters, digits and {@code . _ : / -}, beginning with a letter or digit
     * @param secret what the wrapping made; it means something to the wrapping alone
     */
    public static WrappedKey of(String masterKey, byte[] secret) {
        if (!ID.matcher(masterKey).matches()) {
            throw new IllegalArgumentException("not the id of a master key");
        }
        return new WrappedKey(Optional.of(masterKey), secret);
    }

    /** @throws CannotOpenException if the bytes are not a wrapped key */
    public static WrappedKey parse(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == WITHOUT_ID) {
            return new WrappedKey(Optional.empty(), bytes);
        }
        if (bytes.length > HEAD_BYTES && bytes[0] == WITH_ID && bytes.length > HEAD_BYTES + bytes[1]) {
            int end = HEAD_BYTES + Math.max(0, bytes[1]);
            String id = new String(bytes, HEAD_BYTES, end - HEAD_BYTES, StandardCharsets.ISO_8859_1);
            if (ID.matcher(id).matches()) {
                return new WrappedKey(Optional.of(id), Arrays.copyOfRange(bytes, end, bytes.length));
            }
        }
        throw new CannotOpenException("not a wrapped key of this version");
    }

    /** Nothing for one that was wrapped before wrapped keys named their master key. */
    public Optional<String> masterKey() {
        return masterKey;
    }

    /** What the wrapping made. */
    public byte[] secret() {
        return secret.clone();
    }

    /** What {@link #parse} reads. */
    public byte[] bytes() {
        if (masterKey.isEmpty()) {
            return secret.clone();
        }
        byte[] id = masterKey.get().getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[HEAD_BYTES + id.length + secret.length];
        bytes[0] = WITH_ID;
        bytes[1] = (byte) id.length;
        System.arraycopy(id, 0, bytes, HEAD_BYTES, id.length);
        System.arraycopy(secret, 0, bytes, HEAD_BYTES + id.length, secret.length);
        return bytes;
    }

    @Override
    public String toString() {
        return "WrappedKey[" + masterKey.orElse("without id") + "]";
    }
}
