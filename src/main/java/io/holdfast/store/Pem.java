package io.holdfast.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Textual encodings of RFC 7468. */
final class Pem {

    /** OpenSSL reads no longer lines in all its versions. */
    private static final int LINE = 64;

    private Pem() {}

    static String write(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return head(label) + body + "\n" + tail(label);
    }

    /** Nothing if that is no such text, from its first byte to its last. The base64 may stand on lines of any length. */
    static Optional<byte[]> read(String label, String text) {
        if (!text.startsWith(head(label))
                || !text.endsWith(tail(label))
                || text.length() < head(label).length() + tail(label).length()) {
            return Optional.empty();
        }
        String body = text.substring(
                        head(label).length(), text.length() - tail(label).length())
                .replace("\n", "");
        try {
            byte[] der = Base64.getDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(der).equals(body) ? Optional.of(der) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String head(String label) {
        return "-----BEGIN " + label + "-----\n";
    }

    private static String tail(String label) {
        return "-----END " + label + "-----\n";
    }
}
