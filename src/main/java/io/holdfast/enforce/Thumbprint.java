package io.holdfast.enforce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The SHA-256 of a client's certificate, in base64url without padding, as grants and tokens name it ({@code x5t#S256}, RFC 8705). */
final class Thumbprint {

    private Thumbprint() {}

    /** Of the one certificate that stands between two colons in base64, RFC 9440 section 2.1; nothing if there is not one. */
    static Optional<String> of(List<String> certificates) {
        if (certificates.size() != 1) {
            return Optional.empty();
        }
        String text = certificates.get(0);
        if (text.length() < 3 || !text.startsWith(":") || !text.endsWith(":")) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getDecoder()
                    .decode(text.substring(1, text.length() - 1).getBytes(StandardCharsets.US_ASCII));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
            return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
