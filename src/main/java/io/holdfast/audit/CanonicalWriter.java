package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes the canonical form of {@link CanonicalJson}, straight into bytes: every entry, every disclosure and every check of a
 * read entry passes through here.
 */
final class CanonicalWriter {

    /** 2^53 - 1, the largest integer that every JSON reader keeps exactly. */
    private static final long LARGEST_INTEGER = 9_007_199_254_740_991L;

    private static final String HEX = "0123456789abcdef";

    /** {@code \\u0000} is the longest that one char becomes. */
    private static final int MOST_BYTES_A_CHAR = 6;

    private byte[] out = new byte[512];
    private int length;

    /** @throws UnreadableException if the value holds anything that an entry may not hold */
    static byte[] write(JsonNode node) {
        CanonicalWriter writer = new CanonicalWriter();
        writer.value(node);
        return Arrays.copyOf(writer.out, writer.length);
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> {
                put('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        put(',');
                    }
                    value(node.get(i));
                }
                put(']');
            }
            case STRING -> string(node.textValue());
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NUMBER -> {
                if (!node.isIntegralNumber()
                        || !node.canConvertToLong()
                        || Math.abs(node.longValue()) > LARGEST_INTEGER) {
                    throw new UnreadableException("a number in an entry is an integer below 2^53");
                }
                ascii(Long.toString(node.longValue()));
            }
            case NULL, MISSING, BINARY, POJO -> throw new UnreadableException("an entry holds no null");
        }
    }

    private void object(JsonNode node) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // there is no array of a generic type
        Map.Entry<String, JsonNode>[] members = node.properties().toArray(new Map.Entry[0]);
        // String order is the order of UTF-16 code units, which RFC 8785 section 3.2.3 wants.
        Arrays.sort(members, Map.Entry.comparingByKey());
        put('{');
        for (int i = 0; i < members.length; i++) {
            if (i > 0) {
                put(',');
            }
            string(members[i].getKey());
            put(':');
            value(members[i].getValue());
        }
        put('}');
    }

    private void string(String text) {
        makeRoom(text.length() + 2);
        out[length++] = '"';
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            out[length++] = (byte) text.charAt(plain++);
        }
        if (plain < text.length()) {
            makeRoom(MOST_BYTES_A_CHAR * (text.length() - plain) + 1);
            for (int i = plain; i < text.length(); ) {
                i += character(text, i);
            }
        }
        out[length++] = '"';
    }

    /** Nearly all there is in an entry. */
    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
    }

    /** Room has been made. @return how many chars it was */
    private int character(String text, int at) {
        int c = text.codePointAt(at);
        switch (c) {
            case '"', '\\' -> escaped((char) c);
            case '\b' -> escaped('b');
            case '\t' -> escaped('t');
            case '\n' -> escaped('n');
            case '\f' -> escaped('f');
            case '\r' -> escaped('r');
            default -> {
                if (c < 0x20) {
                    escaped('u');
                    out[length++] = '0';
                    out[length++] = '0';
                    out[length++] = (byte) HEX.charAt(c >> 4);
                    out[length++] = (byte) HEX.charAt(c & 15);
                } else {
                    utf8(c);
                }
            }
        }
        return Character.charCount(c);
    }

    private void escaped(char c) {
        out[length++] = '\\';
        out[length++] = (byte) c;
    }

    private void utf8(int c) {
        if (c < 0x80) {
            out[length++] = (byte) c;
        } else if (c < 0x800) {
            out[length++] = (byte) (0xc0 | c >> 6);
            continuation(c);
        } else if (c < 0x10000) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new UnreadableException("a string holds half of a surrogate pair");
            }
            out[length++] = (byte) (0xe0 | c >> 12);
            continuation(c >> 6);
            continuation(c);
        } else {
            out[length++] = (byte) (0xf0 | c >> 18);
            continuation(c >> 12);
            continuation(c >> 6);
            continuation(c);
        }
    }

    private void continuation(int c) {
        out[length++] = (byte) (0x80 | c & 0x3f);
    }

    private void ascii(String text) {
        makeRoom(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[length++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        makeRoom(1);
        out[length++] = (byte) c;
    }

    private void makeRoom(int bytes) {
        if (out.length - length < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + bytes));
        }
    }
}
