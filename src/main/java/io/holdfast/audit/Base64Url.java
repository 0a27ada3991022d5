package io.holdfast.audit;

import java.util.Base64;

/** Unpadded base64url (RFC 4648 section 5), as JOSE wants it; read only if it prints back. */
public final class Base64Url {

    private Base64Url() {}

    public static String print(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] parse(String what, String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (print(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below: the decoder's message quotes the text.
        }
        throw new UnreadableException(what + " is not unpadded base64url");
    }
}
