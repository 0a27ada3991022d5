package io.holdfast.policy;

import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code vocabulary.yaml}. */
final class VocabularyReader {

    private static final Pattern GROUP = Pattern.compile("[A-Z][A-Z0-9]{2,}(-[A-Z0-9]+)*|[A-Z][A-Z0-9]?(-[A-Z0-9]+)+");

    private VocabularyReader() {}

    static Optional<Vocabulary> read(Section root) {
        root.allow("dimensions", "groups");
        Section dimensions = root.need("dimensions").section();
        if (dimensions == null) {
            return Optional.empty();
        }
        dimensions.allow(Stream.of(Words.values()).map(Words::code).toArray(String[]::new));
        Map<Words, Map<String, String>> labels = new EnumMap<>(Words.class);
        for (Words words : Words.values()) {
            Section section = dimensions.need(words.code()).section();
            labels.put(words, section == null ? Map.of() : labels(words, section));
        }
        Set<String> places = labels.get(Words.JURISDICTION).keySet();
        Map<String, Set<Jurisdiction>> groups = new LinkedHashMap<>();
        root.find("groups")
                .map(Value::section)
                .ifPresent(section ->
                        section.keys().forEach(name -> groups.put(name, group(name, section.need(name), places))));
        return root.isSound() ? Optional.of(new Vocabulary(labels, groups)) : Optional.empty();
    }

    private static Map<String, String> labels(Words words, Section section) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String code : section.keys()) {
            Value label = section.need(code);
            boolean isTerm = words.parse(code).filter(Term::isKnown).isPresent();
            if (isTerm) {
                labels.put(code, label.text());
            } else if (words.isClosed()) {
                label.wrong("is no word of '" + words.code() + "'" + NearestWord.hint(code, words.known()));
            } else {
                label.wrong("has not the form of a word of '" + words.code() + "'");
            }
        }
        Set<String> unlabelled = new TreeSet<>(words.known());
        unlabelled.removeAll(labels.keySet());
        unlabelled.forEach(code -> section.problem("'" + words.code() + "' lacks a label for " + code));
        if (labels.isEmpty()) {
            section.problem("'" + words.code() + "' has no words");
        }
        return labels;
    }

    private static Set<Jurisdiction> group(String name, Value members, Set<String> places) {
        if (!GROUP.matcher(name).matches()) {
            members.wrong("must be capitals, digits and hyphens, and longer than a place's code");
        }
        return Value.distinct(members.list(), member -> {
            String code = member.text();
            return code == null || places.contains(code)
                    ? (code == null ? null : Jurisdiction.of(code))
                    : member.unknown(code, places);
        });
    }
}
