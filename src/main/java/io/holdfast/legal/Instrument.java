package io.holdfast.legal;

import java.util.regex.Pattern;

/**
 * A kind of legal process, for example {@code US-SW}, a search warrant under 18 USC 2703. The vocabulary says
 * which exist.
 */
public record Instrument(String code) implements Term {

    // Before UNKNOWN, which is checked against it.
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+)*");

    public static final Instrument UNKNOWN = new Instrument(UNKNOWN_CODE);

    public Instrument {
        if (code.length() > 40 || !FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("an instrument is capitals, digits and single hyphens, at most 40 long");
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
