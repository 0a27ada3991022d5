package io.holdfast.enforce;

import java.util.Optional;

/**
 * Watches the bytes of a JSON document for what the non-blocking parser lets pass: bytes that are no well-formed UTF-8 (table 3-7
 * of the Unicode standard), and, between two chunks, a comma with nothing after it.
 */
final class ByteWatch {

    private int wanted = 0;
    private int low = 0x80;
    private int high = 0xBF;
    private boolean isInText = false;
    private boolean isEscaped = false;
    private boolean isAfterComma = false;

    /** What is wrong, if anything is. */
    Optional<Withheld> take(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isUtf8(bytes[i] & 0xFF)) {
                return Optional.of(Withheld.NOT_UTF8);
            }
            if (isInText) {
                inText(bytes[i]);
            } else if (!isRight(bytes[i])) {
                return Optional.of(Withheld.NOT_JSON);
            }
        }
        return Optional.empty();
    }

    /** Whether no character is cut. */
    boolean isWhole() {
        return wanted == 0;
    }

    private void inText(byte b) {
        isInText = isEscaped || b != '"';
        isEscaped = !isEscaped && b == '\\';
    }

    private boolean isRight(byte b) {
        if (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
            return true;
        }
        boolean isRight = !isAfterComma || b != '}' && b != ']';
        isAfterComma = b == ',';
        isInText = b == '"';
        return isRight;
    }

    private boolean isUtf8(int b) {
        if (wanted == 0) {
            return begin(b);
        }
        if (b < low || b > high) {
            return false;
        }
        wanted--;
        low = 0x80;
        high = 0xBF;
        return true;
    }

    private boolean begin(int b) {
        if (b < 0x80) {
            return true;
        }
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        wanted = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        return true;
    }
}
