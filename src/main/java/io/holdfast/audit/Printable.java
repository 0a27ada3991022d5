package io.holdfast.audit;

/** Makes text of strangers safe for a terminal: what is not printable ASCII is written as an escape. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }
}
