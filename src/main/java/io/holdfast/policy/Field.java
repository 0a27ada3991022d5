package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the JSON that a store answers with, and which data stands there: it and all that is in it.
 *
 * @param path the steps from the root to it, one at least
 */
public record Field(List<Step> path, DataCategory category) {

    private static final Pattern POINTER = Pattern.compile("(/([^/~\\p{Cntrl}]|~[01])+){1,32}");
    private static final int MOST_CHARS = 512;
    private static final String EACH = "*";

    public Field {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("path: a whole answer is no field");
        }
    }

    /** @param member of an object; nothing for each element of an array */
    public record Step(Optional<String> member) {}

    /**
     * A JSON pointer (RFC 6901), where {@code *} stands for each element of an array and everything else, digits too, for a
     * member of an object. Nothing if it is none.
     */
    static Optional<List<Step>> parse(String pointer) {
        if (pointer.length() > MOST_CHARS || !POINTER.matcher(pointer).matches()) {
            return Optional.empty();
        }
        List<Step> path = new ArrayList<>();
        for (String part : pointer.substring(1).split("/")) {
            boolean isEach = part.equals(EACH);
            path.add(new Step(
                    isEach
                            ? Optional.empty()
                            : Optional.of(part.replace("~1", "/").replace("~0", "~"))));
        }
        return Optional.of(path);
    }

    /** Whether one of them is the other, or in it: then it would be of two kinds of data. */
    boolean overlaps(Field other) {
        int common = Math.min(path.size(), other.path.size());
        return path.subList(0, common).equals(other.path.subList(0, common));
    }
}
