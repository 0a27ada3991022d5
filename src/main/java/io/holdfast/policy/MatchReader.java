package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code when} and {@code applies}: dimensions, each with the words of the vocabulary that it accepts. */
final class MatchReader {

    private static final String[] KEYS =
            Stream.of(Dimension.values()).map(Dimension::code).toArray(String[]::new);

    private final Vocabulary vocabulary;

    MatchReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** {@code null} after a problem was noted. */
    Match read(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow(KEYS);
        Map<Dimension, Set<Term>> accepted = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            section.find(dimension.code()).ifPresent(words -> accepted.put(dimension, terms(dimension, words)));
        }
        return section.isSound() ? new Match(accepted) : null;
    }

    /** {@code null} after a problem was noted. */
    Instrument instrument(Value value) {
        String text = value.text();
        return text == null
                ? null
                : vocabulary
                        .term(Dimension.INSTRUMENT, text)
                        .map(Instrument.class::cast)
                        .orElseGet(() -> value.unknown(
                                text, vocabulary.words(Dimension.INSTRUMENT).keySet()));
    }

    private Set<Term> terms(Dimension dimension, Value words) {
        Set<Term> all = new LinkedHashSet<>();
        Value.distinct(words.list(), word -> {
            List<? extends Term> terms = termsOf(dimension, word);
            all.addAll(terms);
            return terms.isEmpty() ? null : word.text();
        });
        return all;
    }

    private List<? extends Term> termsOf(Dimension dimension, Value word) {
        String text = word.text();
        if (text == null) {
            return List.of();
        }
        if (text.equals(Term.UNKNOWN_CODE)) {
            word.wrong("names UNKNOWN; no rule may rest on what nobody knows");
            return List.of();
        }
        boolean isGroup =
                Words.of(dimension) == Words.JURISDICTION && vocabulary.groups().containsKey(text);
        if (isGroup) {
            return List.copyOf(vocabulary.groups().get(text));
        }
        return vocabulary.term(dimension, text).map(List::of).orElseGet(() -> {
            List<String> known = new ArrayList<>(vocabulary.words(dimension).keySet());
            if (Words.of(dimension) == Words.JURISDICTION) {
                known.addAll(vocabulary.groups().keySet());
            }
            word.unknown(text, known);
            return List.of();
        });
    }
}
