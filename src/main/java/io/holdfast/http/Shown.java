package io.holdfast.http;

import java.util.regex.Pattern;

/** Shows a wrong value back, if its field cannot hold a person; and so that look-alike letters can be told apart. */
final class Shown {

    private static final int LONGEST = 40;

    /** The fields of a request that hold closed words, dates and ids of institutions. */
    private static final Pattern IMPERSONAL = Pattern.compile("(instrument\\.(kind|issuedBy|issuedAt|expiresAt)"
            + "|document\\.mediaType|channel|action|categories|targets\\[\\d+]\\.kind|targets|period(\\..*)?|offences"
            + "|nationalSecurity|emergency|nonDisclosure|users|subjects)(\\[\\d+])?(\\.<list element>)?");

    private Shown() {}

    static String value(String field, Object value) {
        if (value == null) {
            return "(nothing)";
        }
        if (!IMPERSONAL.matcher(field).matches() || value instanceof Iterable<?>) {
            return Problem.Violation.NOT_SHOWN;
        }
        StringBuilder shown = new StringBuilder();
        value.toString().codePoints().limit(LONGEST).forEach(c -> {
            if (c >= 0x20 && c <= 0x7e) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return shown.toString();
    }
}
