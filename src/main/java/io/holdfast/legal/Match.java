package io.holdfast.legal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * A condition: for each dimension it names, the values it accepts. All dimensions must agree; a dimension that is
 * not named accepts everything; an empty match accepts every request.
 *
 * <p>The same condition is read in two ways, each the careful one. What <em>stops</em> a request
 * {@link #touches} it: one user in Hong Kong among three is enough. What <em>permits</em> a request
 * {@link #covers} it: every user must be covered. Unknown values are never accepted by either; a rulebook returns such
 * a request before it gets here.
 */
public record Match(Map<Dimension, Set<Term>> accepted) {

    /** Accepts everything. */
    public static final Match ALL = new Match(Map.of());

    public Match {
        Map<Dimension, Set<Term>> copy = new EnumMap<>(Dimension.class);
        accepted.forEach((dimension, terms) -> {
            if (terms.isEmpty()) {
                throw new IllegalArgumentException(
                        dimension.code() + ": an empty list accepts nothing; leave the key out");
            }
            if (!terms.stream().allMatch(Term::isKnown)) {
                throw new IllegalArgumentException(dimension.code() + ": no rule may name the unknown value");
            }
            copy.put(dimension, Set.copyOf(terms));
        });
        accepted = Collections.unmodifiableMap(copy);
    }

    /** Whether at least one value of every named dimension is accepted, the category aside being {@code category}. */
    public boolean touches(Facts facts, DataCategory category) {
        for (Map.Entry<Dimension, Set<Term>> part : accepted.entrySet()) {
            if (!agrees(part.getKey(), part.getValue(), facts, category, false)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every thing that the facts speak of is accepted, for the one {@code category}. */
    public boolean covers(Facts facts, DataCategory category) {
        for (Map.Entry<Dimension, Set<Term>> part : accepted.entrySet()) {
            if (!agrees(
                    part.getKey(),
                    part.getValue(),
                    facts,
                    category,
                    part.getKey().severalThings())) {
                return false;
            }
        }
        return true;
    }

    /** Whether this one dimension covers the facts: for finding out why a grant does not. */
    public boolean covers(Dimension dimension, Facts facts, DataCategory category) {
        Set<Term> terms = accepted.get(dimension);
        return terms == null || agrees(dimension, terms, facts, category, dimension.severalThings());
    }

    /** Whether everything that {@code other} accepts is accepted here too. */
    public boolean includes(Match other) {
        return accepted.entrySet().stream().allMatch(part -> {
            Set<Term> narrower = other.accepted.get(part.getKey());
            return narrower != null && part.getValue().containsAll(narrower);
        });
    }

    private static boolean agrees(
            Dimension dimension, Set<Term> terms, Facts facts, DataCategory category, boolean every) {
        if (dimension == Dimension.CATEGORY) {
            return terms.contains(category);
        }
        Set<? extends Term> found = dimension.of(facts);
        for (Term term : found) {
            boolean accepted = term.isKnown() && terms.contains(term);
            if (accepted != every) {
                return accepted;
            }
        }
        return every && !found.isEmpty();
    }
}
