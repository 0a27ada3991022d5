package io.holdfast.enforce;

import io.holdfast.extauthz.AttributeContext.HttpRequest;
import io.holdfast.extauthz.HeaderValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers of a call as Envoy tells them, in one of its two forms. Raw, each line is as it came. Cooked, what came more than
 * once is one value with commas: a value with a comma may then be two, and counts as such where the gateway reads it.
 *
 * @param lines in the order in which they came
 */
record EnvoyHeaders(List<Line> lines) {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final Set<String> PSEUDO = Set.of(":method", ":path", ":authority", ":scheme");

    /** One header; never shows its value. */
    record Line(String name, String value) {

        boolean isReadable() {
            return (NAME.matcher(name).matches() || PSEUDO.contains(name))
                    && VALUE.matcher(value).matches();
        }

        @Override
        public String toString() {
            return "Line[" + name + "]";
        }
    }

    EnvoyHeaders {
        lines = List.copyOf(lines);
    }

    /** Nothing if they are in both forms, or as Envoy does not write them: with capitals, beyond ASCII, cooked and still twice. */
    static Optional<EnvoyHeaders> of(HttpRequest http) {
        List<Line> lines = new ArrayList<>();
        for (HttpRequest.HeadersEntry cooked : http.getHeadersList()) {
            lines.add(new Line(cooked.getKey(), cooked.getValue()));
        }
        boolean isCooked = !lines.isEmpty();
        for (HeaderValue raw : http.getHeaderMap().getHeadersList()) {
            if (isCooked || !raw.getValue().isEmpty() && !raw.getRawValue().isEmpty()) {
                return Optional.empty();
            }
            String bytes = raw.getRawValue().toString(StandardCharsets.ISO_8859_1);
            lines.add(new Line(raw.getKey(), raw.getValue() + bytes));
        }
        EnvoyHeaders headers = new EnvoyHeaders(lines);
        boolean isReadable = lines.stream().allMatch(Line::isReadable)
                && (!isCooked || headers.names().size() == lines.size());
        return isReadable ? Optional.of(headers) : Optional.empty();
    }

    CallHeaders all() {
        return CallHeaders.of(lines.stream()
                .filter(line -> !line.name().startsWith(":"))
                .map(line -> Map.entry(line.name(), line.value()))
                .toList());
    }

    /** Each name once. */
    List<String> names() {
        return lines.stream().map(Line::name).distinct().toList();
    }

    boolean has(String name) {
        return lines.stream().anyMatch(line -> line.name().equals(name));
    }

    /** All values of a header of which none has a comma inside. */
    List<String> each(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .flatMap(line -> Arrays.stream(line.value().split(",", -1)))
                .toList();
    }

    /** Whether it is there at most once, and if so with this value. */
    boolean isOnly(String name, String value) {
        List<String> all = lines.stream()
                .filter(line -> line.name().equals(name))
                .map(Line::value)
                .toList();
        return all.isEmpty() || all.equals(List.of(value));
    }
}
