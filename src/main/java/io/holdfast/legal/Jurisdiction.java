package io.holdfast.legal;

/**
 * A territory with courts of its own, as an ISO 3166-1 alpha-2 code. Hong Kong is {@code HK}, never {@code CN}.
 *
 * <p>The 676 possible codes are 676 objects, so identity is equality. Which of them exist is the vocabulary's
 * business, not this class's.
 */
public final class Jurisdiction implements Term {

    private static final Jurisdiction[] ALL = new Jurisdiction[26 * 26];

    /** How many there are, the unknown one included. */
    public static final int COUNT = ALL.length + 1;

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Jurisdiction(i, "" + (char) ('A' + i / 26) + (char) ('A' + i % 26));
        }
    }

    public static final Jurisdiction UNKNOWN = new Jurisdiction(ALL.length, UNKNOWN_CODE);

    private final int number;
    private final String code;

    private Jurisdiction(int number, String code) {
        this.number = number;
        this.code = code;
    }

    /**
     * @param code two ASCII capitals, or {@code UNKNOWN}
     * @throws IllegalArgumentException for anything else, lower case and look-alike letters included
     */
    public static Jurisdiction of(String code) {
        if (code.equals(UNKNOWN_CODE)) {
            return UNKNOWN;
        }
        if (!isCode(code)) {
            throw new IllegalArgumentException("a jurisdiction is two capital letters A to Z (ISO 3166-1 alpha-2)");
        }
        return ALL[(code.charAt(0) - 'A') * 26 + code.charAt(1) - 'A'];
    }

    /** Whether the text has the form of a code; says nothing about whether such a place exists. */
    public static boolean isCode(String text) {
        return text.length() == 2 && isCapital(text.charAt(0)) && isCapital(text.charAt(1));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Its place among all {@link #COUNT}, from 0, in the order of the codes; for tables, and never written down. */
    public int number() {
        return number;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
