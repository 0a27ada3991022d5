package io.holdfast.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes to text, refusing what two people could read in two ways: anything but UTF-8, byte order marks, control
 * characters, and characters that turn the direction of text or cannot be seen.
 */
final class StrictText {

    static final int MOST_BYTES = 256 * 1024;

    private StrictText() {}

    static Optional<String> read(String file, byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(file, 1, 1, "is larger than " + MOST_BYTES / 1024 + " KiB; split it");
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            problem(file, text, text.length(), "is not UTF-8 from here on; save it as UTF-8", problems);
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 && text.charAt(i) == '\uFEFF') {
                problems.add(file, 1, 1, "starts with a byte order mark; save it as UTF-8 without one");
                return Optional.empty();
            }
            if (isRefused(text.charAt(i))) {
                String found = String.format(
                        "the invisible character U+%04X is not allowed; retype this line", (int) text.charAt(i));
                problem(file, text, i, found, problems);
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }

    private static boolean isRefused(char c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                || (c >= '\u200B' && c <= '\u200F')
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2060' && c <= '\u206F')
                || c == '\uFEFF';
    }

    private static void problem(String file, CharSequence text, int at, String sentence, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            boolean ends = text.charAt(i) == '\n';
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        problems.add(file, line, column, sentence);
    }
}
