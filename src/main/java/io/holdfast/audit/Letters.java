package io.holdfast.audit;

import java.time.YearMonth;

/** What a string in an entry is made of, gathered letter by letter, and what kind of value it can be therefore. */
final class Letters {

    /** Before the first letter: made of anything. */
    static final int ANY = 15;

    /** What base64url ends in where its last letters carry so many bits too many. */
    static final String ENDS_WITH_4_BITS = "AQgw";

    static final String ENDS_WITH_2_BITS = "AEIMQUYcgkosw048";

    /** Printable ASCII that needs no escape in JSON. */
    private static final int PLAIN = 1;

    private static final int HEX = 2;
    private static final int UUID = 4;
    private static final int BASE64 = 8;
    private static final byte[] KINDS = kinds();
    private static final String INSTANT = "0000-00-00T00:00:00Z";

    private Letters() {}

    /** To be joined by {@code &} over all letters of a string. */
    static int of(byte letter) {
        return KINDS[letter & 0xff];
    }

    static boolean arePlain(int letters) {
        return (letters & PLAIN) > 0;
    }

    /** {@code I} an instant, {@code U} a UUID, {@code D} a digest in base64url, {@code H} one in hex, or 0. */
    static char kind(byte[] json, int from, int to, int letters) {
        return switch (to - from) {
            case 20 -> isInstant(json, from) ? 'I' : 0;
            case 36 -> (letters & UUID) > 0 && isUuid(json, from) ? 'U' : 0;
            case 43 -> (letters & BASE64) > 0 && ENDS_WITH_2_BITS.indexOf(json[to - 1]) >= 0 ? 'D' : 0;
            case 64 -> (letters & HEX) > 0 ? 'H' : 0;
            default -> 0;
        };
    }

    static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isInstant(byte[] json, int from) {
        for (int i = 0; i < INSTANT.length(); i++) {
            char shape = INSTANT.charAt(i);
            if (shape == '0' ? !isDigit(json[from + i]) : json[from + i] != shape) {
                return false;
            }
        }
        int month = two(json, from + 5);
        int day = two(json, from + 8);
        return month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year(json, from), month).lengthOfMonth())
                && two(json, from + 11) < 24
                && two(json, from + 14) < 60
                && two(json, from + 17) < 60;
    }

    private static int year(byte[] json, int from) {
        return 100 * two(json, from) + two(json, from + 2);
    }

    private static int two(byte[] json, int from) {
        return 10 * (json[from] - '0') + json[from + 1] - '0';
    }

    /** Of hex digits and hyphens: four hyphens, each in its place. */
    private static boolean isUuid(byte[] json, int from) {
        int hyphens = 0;
        for (int i = from; i < from + 36; i++) {
            hyphens += json[i] == '-' ? 1 : 0;
        }
        return hyphens == 4
                && json[from + 8] == '-'
                && json[from + 13] == '-'
                && json[from + 18] == '-'
                && json[from + 23] == '-';
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int c = 0x20; c < 0x80; c++) {
            boolean isHex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            boolean isBase64 = isHex || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_';
            kinds[c] = (byte) ((c == '\\' ? 0 : PLAIN)
                    | (isHex ? HEX : 0)
                    | (isHex || c == '-' ? UUID : 0)
                    | (isBase64 ? BASE64 : 0));
        }
        return kinds;
    }
}
