package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A condition made ready: {@link Match} with its reading settled, as a hold touches or as a grant covers, and its words as
 * bits. It says the same as the match, which {@code EvaluationTest} holds against it.
 */
final class Mask {

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final int ALL = -1;

    private final boolean covers;
    private final long words;
    private final int categories;
    private final int offences;
    private final Set<Term> issuers;
    private final Set<Term> providers;
    private final Set<Term> instruments;
    private final Set<Term> users;
    private final Set<Term> subjects;

    private Mask(Match match, boolean covers) {
        Map<Dimension, Set<Term>> accepted = match.accepted();
        this.covers = covers;
        long bits = 0;
        for (Dimension dimension : DIMENSIONS) {
            List<Term> every = dimension.vocabulary().closed();
            bits |= FactBits.stretch(dimension, accepted.containsKey(dimension) ? accepted.get(dimension) : every);
        }
        this.words = bits;
        this.categories = bits(accepted.get(Dimension.CATEGORY));
        this.offences = bits(accepted.get(Dimension.OFFENCE));
        this.issuers = accepted.get(Dimension.ISSUER_JURISDICTION);
        this.providers = accepted.get(Dimension.PROVIDER_JURISDICTION);
        this.instruments = accepted.get(Dimension.INSTRUMENT);
        this.users = accepted.get(Dimension.USER_JURISDICTION);
        this.subjects = accepted.get(Dimension.SUBJECT_JURISDICTION);
    }

    /** As what stops is read: one value is enough. */
    static Mask touching(Match match) {
        return new Mask(match, false);
    }

    /** As what permits is read: every value has to be accepted. */
    static Mask covering(Match match) {
        return new Mask(match, true);
    }

    private static int bits(Set<Term> words) {
        return words == null ? ALL : FactBits.of(words);
    }

    /** The categories for which the condition holds, by their bits. */
    int categories(FactBits bits, Facts facts) {
        return (bits.words & ~words) == 0
                        && accepts(issuers, facts.issuer())
                        && accepts(instruments, facts.instrument())
                        && accepts(providers, facts.provider())
                        && (offences == ALL || (bits.offences & offences) != 0)
                        && accepts(users, facts.users())
                        && accepts(subjects, facts.subjects())
                ? bits.categories & categories
                : 0;
    }

    private static boolean accepts(Set<Term> accepted, Term word) {
        return accepted == null || accepted.contains(word);
    }

    private boolean accepts(Set<Term> accepted, Set<Jurisdiction> places) {
        if (accepted == null) {
            return true;
        }
        for (Jurisdiction place : places) {
            if (accepted.contains(place) != covers) {
                return !covers;
            }
        }
        return covers && !places.isEmpty();
    }

    /** Whether the category of this number is accepted. */
    boolean names(int category) {
        return (categories >> category & 1) == 1;
    }

    /** The first dimension that is not accepted, the category aside; the ordinal past the last for none. */
    int firstMissed(FactBits bits, Facts facts) {
        long missedWords = bits.words & ~words;
        int first = missedWords == 0
                ? DIMENSIONS.length
                : FactBits.first(missedWords).ordinal();
        first = sooner(first, Dimension.OFFENCE, offences == ALL || (bits.offences & offences) != 0);
        first = sooner(first, Dimension.USER_JURISDICTION, accepts(users, facts.users()));
        first = sooner(first, Dimension.SUBJECT_JURISDICTION, accepts(subjects, facts.subjects()));
        first = sooner(first, Dimension.INSTRUMENT, accepts(instruments, facts.instrument()));
        first = sooner(first, Dimension.PROVIDER_JURISDICTION, accepts(providers, facts.provider()));
        return sooner(first, Dimension.ISSUER_JURISDICTION, accepts(issuers, facts.issuer()));
    }

    private static int sooner(int first, Dimension dimension, boolean isAccepted) {
        return isAccepted ? first : Math.min(first, dimension.ordinal());
    }
}
