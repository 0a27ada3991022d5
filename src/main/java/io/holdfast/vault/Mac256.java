package io.holdfast.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over text parts, each followed by a zero byte so that two lists of parts never run together. */
final class Mac256 {

    private Mac256() {}

    static byte[] of(byte[] key, String... parts) {
        return mac(key, String.join("\0", parts) + "\0");
    }

    /** Over the text alone, with nothing after it. */
    static byte[] ofText(byte[] key, String text) {
        return mac(key, text);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
