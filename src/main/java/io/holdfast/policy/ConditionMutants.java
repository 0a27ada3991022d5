package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A condition with one mistake in it, each by what is wrong with it. */
final class ConditionMutants {

    private final Vocabulary vocabulary;

    ConditionMutants(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Without each key; without each word, or with another in its place; and with one word more. */
    Map<String, Match> of(Match match) {
        Map<String, Match> changed = new LinkedHashMap<>();
        match.accepted().forEach((dimension, words) -> {
            changed.put("asks nothing of " + dimension.code(), with(match, dimension, Set.of()));
            Optional<Term> stranger = stranger(dimension, words);
            stranger.ifPresent(more -> {
                Set<Term> wider = new LinkedHashSet<>(words);
                wider.add(more);
                changed.put("accepts " + dimension.code() + " " + more.code() + " too", with(match, dimension, wider));
            });
            units(dimension, words).forEach((name, unit) -> {
                Set<Term> narrower = new LinkedHashSet<>(words);
                narrower.removeAll(unit);
                if (narrower.isEmpty()) {
                    stranger.ifPresent(narrower::add);
                }
                if (!narrower.isEmpty()) {
                    changed.put("does not accept " + dimension.code() + " " + name, with(match, dimension, narrower));
                }
            });
        });
        return changed;
    }

    /** A known word that is not among these, the same each time. */
    private Optional<Term> stranger(Dimension dimension, Set<Term> words) {
        return vocabulary.terms(dimension).stream()
                .filter(term -> !words.contains(term))
                .findFirst();
    }

    /** As somebody wrote them down: groups whole, and the other words one by one. */
    private Map<String, Set<Term>> units(Dimension dimension, Set<Term> words) {
        Map<String, Set<Term>> units = new LinkedHashMap<>();
        Set<Term> rest = new LinkedHashSet<>(sorted(words));
        if (Words.of(dimension) == Words.JURISDICTION) {
            vocabulary.groups().forEach((name, group) -> {
                if (words.containsAll(group)) {
                    units.put(name, Set.copyOf(group));
                    rest.removeAll(group);
                }
            });
        }
        rest.forEach(word -> units.put(word.code(), Set.of(word)));
        return units;
    }

    /** This condition without a member of the group, wherever it names the whole group. */
    static Match without(Match match, Set<Term> group, Term member) {
        Match changed = match;
        for (Map.Entry<Dimension, Set<Term>> part : match.accepted().entrySet()) {
            if (part.getValue().containsAll(group)) {
                Set<Term> words = new LinkedHashSet<>(part.getValue());
                words.remove(member);
                changed = with(changed, part.getKey(), words);
            }
        }
        return changed;
    }

    /** By code, so that mistakes come in the same order each time. */
    static List<Term> sorted(Collection<Term> terms) {
        return terms.stream().sorted(Comparator.comparing(Term::code)).toList();
    }

    private static Match with(Match match, Dimension dimension, Set<Term> words) {
        Map<Dimension, Set<Term>> accepted = new EnumMap<>(Dimension.class);
        accepted.putAll(match.accepted());
        if (words.isEmpty()) {
            accepted.remove(dimension);
        } else {
            accepted.put(dimension, words);
        }
        return new Match(accepted);
    }
}
