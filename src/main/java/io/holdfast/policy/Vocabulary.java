package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Term;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every word that a rule or a fact may use, with a label for people. A word that is not here does not exist: a rule
 * that names it does not load, and a request that names it is returned.
 */
public final class Vocabulary {

    static final Vocabulary EMPTY = new Vocabulary(Map.of(), Map.of());

    private final Map<Words, SortedMap<String, String>> labels = new EnumMap<>(Words.class);
    private final SortedMap<String, Set<Jurisdiction>> groups = new TreeMap<>();
    private final BitSet places = new BitSet(Jurisdiction.COUNT);
    private final Set<Instrument> instruments = new HashSet<>();

    Vocabulary(Map<Words, Map<String, String>> labels, Map<String, Set<Jurisdiction>> groups) {
        labels.forEach((words, labelled) -> {
            this.labels.put(words, Collections.unmodifiableSortedMap(new TreeMap<>(labelled)));
            if (!words.isClosed()) {
                labelled.keySet().forEach(code -> words.parse(code).ifPresent(this::define));
            }
        });
        groups.forEach(
                (name, members) -> this.groups.put(name, Collections.unmodifiableSet(new LinkedHashSet<>(members))));
    }

    private void define(Term term) {
        if (term instanceof Jurisdiction place) {
            places.set(place.number());
        } else if (term instanceof Instrument instrument) {
            instruments.add(instrument);
        }
    }

    /** Code to label, of the words that this dimension can take. */
    public SortedMap<String, String> words(Dimension dimension) {
        return labels.getOrDefault(Words.of(dimension), Collections.emptySortedMap());
    }

    /** The terms of these words, in the order of their codes. */
    Set<Term> terms(Dimension dimension) {
        Set<Term> terms = new LinkedHashSet<>();
        words(dimension)
                .keySet()
                .forEach(code -> terms.add(Words.of(dimension).parse(code).orElseThrow()));
        return terms;
    }

    /** The known term of this spelling. */
    public Optional<Term> term(Dimension dimension, String code) {
        return Optional.of(code).filter(words(dimension)::containsKey).flatMap(Words.of(dimension)::parse);
    }

    /** The label for people, or the code itself for a word that the vocabulary lacks. */
    public String label(Dimension dimension, Term term) {
        return words(dimension).getOrDefault(term.code(), term.code());
    }

    /** Names for several places, usable in rules and nowhere else. */
    public SortedMap<String, Set<Jurisdiction>> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    /**
     * The facts that are absent, unknown, or not in this vocabulary: dimensions in their order, then dates and counts.
     * Nobody decides on a word that nobody defined.
     */
    public List<String> missing(Facts facts) {
        return List.copyOf(facts.missing(this::defines));
    }

    private boolean defines(Term term) {
        if (term instanceof Jurisdiction place) {
            return places.get(place.number());
        }
        return !(term instanceof Instrument instrument) || instruments.contains(instrument);
    }

    /** Whether nothing is {@link #missing}, which is asked before every decision. */
    boolean isComplete(Facts facts, FactBits bits) {
        return bits.isKnown()
                && places.get(facts.issuer().number())
                && places.get(facts.provider().number())
                && instruments.contains(facts.instrument())
                && knowsAll(facts.users())
                && knowsAll(facts.subjects())
                && facts.issuedAt().isPresent()
                && facts.expiresAt().isPresent()
                && facts.accounts() > 0;
    }

    private boolean knowsAll(Set<Jurisdiction> some) {
        for (Jurisdiction place : some) {
            if (!places.get(place.number())) {
                return false;
            }
        }
        return !some.isEmpty();
    }
}
