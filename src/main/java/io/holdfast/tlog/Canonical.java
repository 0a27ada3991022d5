package io.holdfast.tlog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the small parts that every format here is made of. A value is accepted only if printing it gives the same text
 * back, so that one value has one spelling and a changed byte cannot hide.
 *
 * <p>Java's own readers are too lenient for that: {@code Long.parseLong} takes {@code +5}, {@code 007} and Arabic
 * digits, {@code Base64.getDecoder} takes missing padding and stray trailing bits, {@code new String} replaces what it
 * cannot decode.
 */
public final class Canonical {
    private Canonical() {}

    /** A number from 0 to 2^63-1 in ASCII digits, without sign or leading zeros. */
    public static long decimal(String field, String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && Long.toString(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number that Java takes and we do not.
        }
        throw new MalformedException(field, "must be a decimal number below 2^63 without sign or leading zeros", text);
    }

    /** Standard base64 with padding, RFC 4648 section 4. */
    public static byte[] base64(String field, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words as for base64 that Java takes and we do not.
        }
        throw new MalformedException(field, "must be padded standard base64 without stray bits", text);
    }

    /** The text that these bytes encode. */
    public static String utf8(String field, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(field, "must be valid UTF-8", new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** The bytes that encode this text; half of a surrogate pair has none. */
    public static byte[] utf8(String field, String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new MalformedException(field, "must be text that UTF-8 can encode", text);
        }
    }
}
