package io.holdfast.letter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text with places, written {@code {{name}}}. A place that stands alone on its line is replaced by as many lines as there are for it,
 * which may be none. Every place has to be filled, and nothing is filled that has no place: what a template does not say, a letter
 * leaves out, and nobody would see it.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final String name;
    private final String text;

    private Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** @throws IllegalStateException if there is no such resource */
    static Template read(Language language, String file) {
        return new Template(language.tag() + "/" + file, resource(language, file + ".txt"));
    }

    static Template of(String name, String text) {
        return new Template(name, text);
    }

    /** Lines of a name, an equals sign and a text; empty ones and those that begin with # are skipped. */
    static Map<String, String> words(Language language) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String line : resource(language, "words.txt").split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split(" = ", 2);
            if (parts.length != 2 || words.put(parts[0], parts[1]) != null) {
                throw new IllegalStateException(
                        "letters/" + language.tag() + "/words.txt: not a new word and its text: " + line);
            }
        }
        return words;
    }

    private static String resource(Language language, String file) {
        String path = "/letters/" + language.tag() + "/" + file;
        try (InputStream in = Template.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no template " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> places() {
        Set<String> places = new TreeSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }

    /** @throws IllegalStateException if a place is left, or something has none */
    String fill(Map<String, List<String>> values) {
        if (!places().equals(new TreeSet<>(values.keySet()))) {
            throw new IllegalStateException("the template " + name + " has the places " + places()
                    + ", and there is text for " + values.keySet());
        }
        Map<String, List<String>> used = new HashMap<>(values);
        String filled =
                text.lines().flatMap(line -> fill(line, used).lines()).collect(Collectors.joining("\n", "", "\n"));
        if (filled.contains("{{") || filled.contains("}}")) {
            throw new IllegalStateException("the template " + name + " has a brace too many");
        }
        return filled;
    }

    private String fill(String line, Map<String, List<String>> values) {
        Matcher alone = PLACE.matcher(line);
        if (alone.matches()) {
            return String.join("\n", values.get(alone.group(1)));
        }
        if (line.isEmpty()) {
            return "\n"; // of which String.lines makes one empty line
        }
        return PLACE.matcher(line).replaceAll(place -> Matcher.quoteReplacement(one(place.group(1), values)));
    }

    private String one(String place, Map<String, List<String>> values) {
        List<String> lines = values.get(place);
        if (lines.size() != 1) {
            throw new IllegalStateException(
                    "the template " + name + " has one place for the " + lines.size() + " lines of " + place);
        }
        return lines.get(0);
    }
}
