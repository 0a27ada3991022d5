package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Match;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One dimension of the space of requests, cut where a rule can tell two words apart. Words that every rule accepts or
 * refuses alike are one class, and the first of them stands for all.
 *
 * @param <T> a word, or for offences a set of words
 */
record Axis<T>(List<Segment<T>> segments) {

    /** Words that no rule can tell apart, the first of which stands for them. */
    record Segment<T>(List<T> members) {

        T first() {
            return members.get(0);
        }
    }

    Axis {
        segments = List.copyOf(segments);
    }

    int size() {
        return segments.size();
    }

    /** What stands for each class. */
    List<T> firsts() {
        return segments.stream().map(Segment::first).toList();
    }

    T first(int segment) {
        return segments.get(segment).first();
    }

    /**
     * @param words the known ones
     * @param asked whatever looks at this dimension
     * @param also further bits that tell words apart, from the number of matches on
     */
    static Axis<Term> of(
            Dimension dimension, Collection<Term> words, List<Match> asked, BiConsumer<Term, BitSet> also) {
        Map<BitSet, List<Term>> classes = new LinkedHashMap<>();
        for (Term word : words) {
            BitSet signature = new BitSet();
            for (int i = 0; i < asked.size(); i++) {
                Set<Term> accepted = asked.get(i).accepted().get(dimension);
                signature.set(i, accepted == null || accepted.contains(word));
            }
            also.accept(word, signature);
            classes.computeIfAbsent(signature, s -> new ArrayList<>()).add(word);
        }
        return new Axis<>(classes.values().stream()
                .map(members -> new Segment<>(List.copyOf(members)))
                .toList());
    }

    private static final List<Set<Offence>> SETS_OF_OFFENCES = setsOfOffences();

    private static List<Set<Offence>> setsOfOffences() {
        List<Offence> known = new ArrayList<>(EnumSet.allOf(Offence.class));
        known.removeIf(offence -> !offence.isKnown());
        List<Set<Offence>> sets = new ArrayList<>();
        for (int bits = 1; bits < 1 << known.size(); bits++) {
            Set<Offence> offences = EnumSet.noneOf(Offence.class);
            for (int i = 0; i < known.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    offences.add(known.get(i));
                }
            }
            sets.add(Set.copyOf(offences));
        }
        return List.copyOf(sets);
    }

    /** One request can be about several offences, and a rule asks whether it accepts one of them: so sets are cut. */
    static Axis<Set<Offence>> ofOffences(List<Match> asked) {
        return ofOffences(SETS_OF_OFFENCES, asked);
    }

    /** @param sets those that are to be told apart */
    static Axis<Set<Offence>> ofOffences(List<Set<Offence>> sets, List<Match> asked) {
        Map<BitSet, List<Set<Offence>>> classes = new LinkedHashMap<>();
        for (Set<Offence> offences : sets) {
            BitSet signature = new BitSet();
            for (int i = 0; i < asked.size(); i++) {
                Set<Term> accepted = asked.get(i).accepted().get(Dimension.OFFENCE);
                signature.set(i, accepted == null || offences.stream().anyMatch(accepted::contains));
            }
            classes.computeIfAbsent(signature, s -> new ArrayList<>(1)).add(offences);
        }
        return new Axis<>(classes.values().stream()
                .map(members -> new Segment<>(List.copyOf(members)))
                .toList());
    }
}
