package io.holdfast.enforce;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of a call, line by line. A name is in small letters and with hyphens: some stores take {@code X_Case} for {@code
 * X-Case}.
 */
public final class CallHeaders {

    private final Map<String, List<String>> values;

    private CallHeaders(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Of names and values in the order in which they came. */
    public static CallHeaders of(Iterable<Map.Entry<String, String>> lines) {
        Map<String, List<String>> values = new TreeMap<>();
        for (Map.Entry<String, String> line : lines) {
            values.merge(name(line.getKey()), List.of(line.getValue()), CallHeaders::both);
        }
        return new CallHeaders(values);
    }

    private static List<String> both(List<String> first, List<String> then) {
        return java.util.stream.Stream.concat(first.stream(), then.stream()).toList();
    }

    private static String name(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Each line of this name as it came. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Each value of this name that any reader could see: commas may divide them. */
    List<String> each(String name) {
        return all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "CallHeaders" + values.keySet();
    }
}
