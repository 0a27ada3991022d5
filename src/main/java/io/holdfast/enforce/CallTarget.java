package io.holdfast.enforce;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The target of a call, in origin form (RFC 9112 section 3.2.1), if it has one meaning only. Whatever a proxy, a framework or a
 * store could take for something else has none: dots and empty segments, encoded slashes and controls, a plus, a parameter that
 * is there twice, anything that is not ASCII.
 *
 * @param path the decoded segments
 * @param query the decoded parameters
 */
record CallTarget(List<String> path, Map<String, String> query) {

    private static final int MOST_CHARS = 4_096;
    private static final int MOST_PARTS = 64;

    /** Unreserved of RFC 3986, and what beside it stands for itself in a segment and means nothing to anybody. */
    private static final String PLAIN_MARKS = "-._~@:$!*',";

    CallTarget {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    /** Nothing if two readers could disagree on what it means. */
    static Optional<CallTarget> parse(String target) {
        if (target.length() > MOST_CHARS || !target.startsWith("/")) {
            return Optional.empty();
        }
        int mark = target.indexOf('?');
        Optional<List<String>> path = path(mark < 0 ? target : target.substring(0, mark));
        Optional<Map<String, String>> query = mark < 0 ? Optional.of(Map.of()) : query(target.substring(mark + 1));
        return path.flatMap(segments -> query.map(parameters -> new CallTarget(segments, parameters)));
    }

    private static Optional<List<String>> path(String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts.length > MOST_PARTS) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String part : parts) {
            Optional<String> segment = decoded(part)
                    .filter(text -> !text.isEmpty() && !text.equals(".") && !text.equals("..") && !text.contains("/"));
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(segments);
    }

    private static Optional<Map<String, String>> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String[] pairs = query.split("&", -1);
        if (pairs.length > MOST_PARTS) {
            return Optional.empty();
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Optional<String> name = equals < 1 ? Optional.empty() : decoded(pair.substring(0, equals));
            Optional<String> value = equals < 1 ? Optional.empty() : decoded(pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty() || parameters.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Percent-encoding undone once; nothing if what comes out could be encoded still, or is no text. */
    private static Optional<String> decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = hex(text, ++i);
                int low = hex(text, ++i);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
            } else if (isPlain(c)) {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return decoded.chars().anyMatch(CallTarget::isDangerous) ? Optional.empty() : Optional.of(decoded);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** -1 if there is no such digit; {@link Character#digit} takes those of every alphabet. */
    private static int hex(String text, int at) {
        return at < text.length() ? "0123456789abcdef".indexOf(Character.toLowerCase(text.charAt(at))) : -1;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN_MARKS.indexOf(c) >= 0;
    }

    /** What ends, splits or hides something in one reader or another, once it is decoded. */
    private static boolean isDangerous(int c) {
        return c < 0x20
                || c == 0x7f
                || c == '/'
                || c == '\\'
                || c == '%'
                || c == ';'
                || c == '?'
                || c == '#'
                || c == '&'
                || Character.getType(c) == Character.FORMAT
                || Character.isISOControl(c);
    }

    /** Never shows an account. */
    @Override
    public String toString() {
        return "CallTarget[" + path.size() + ", " + query.size() + "]";
    }
}
