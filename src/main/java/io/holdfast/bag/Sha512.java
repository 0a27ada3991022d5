package io.holdfast.bag;

import io.holdfast.audit.UnreadableException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-512 digest, as {@code sha512sum} prints it.
 *
 * @param hex 128 hex digits in small letters
 */
public record Sha512(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{128}");

    public Sha512 {
        if (!HEX.matcher(hex).matches()) {
            throw new UnreadableException("a SHA-512 must be 128 hex digits in small letters");
        }
    }

    public static Sha512 of(byte[] bytes) {
        return new Sha512(HexFormat.of().formatHex(digest().digest(bytes)));
    }

    /** For bytes that come one after another; ask {@link #finish} when they are all there. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }

    public static Sha512 finish(MessageDigest digest) {
        return new Sha512(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return hex;
    }
}
