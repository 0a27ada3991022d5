package io.holdfast.tlog;

import java.util.stream.Collectors;

/**
 * Bytes, text or a number that does not follow its format. The message names the field, the rule and what was found,
 * and is safe to print: what was found may be hostile, so it is cut short and escaped.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 80;

    public MalformedException(String field, String rule, String found) {
        super(field + ": " + rule + ", found \"" + printable(found) + "\"");
    }

    public MalformedException(String field, String rule, long found) {
        super(field + ": " + rule + ", found " + found);
    }

    private MalformedException(String message, MalformedException cause) {
        super(message, cause);
    }

    /** The same defect, found in a part of something larger: at a line of a file. */
    public MalformedException at(String place) {
        return new MalformedException(place + ": " + getMessage(), this);
    }

    /** The text for a message or a terminal: at most 80 characters, and all but plain printable ASCII escaped. */
    public static String printable(String text) {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN - 3) + "..." : text;
        return shown.chars().mapToObj(MalformedException::printable).collect(Collectors.joining());
    }

    private static String printable(int c) {
        if (c == '\n') {
            return "\\n";
        }
        boolean plain = c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
        return plain ? Character.toString(c) : String.format("\\u%04x", c);
    }
}
