package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.util.Collection;

/**
 * The facts of one request as bits, so that a rule is asked with a few instructions. Each dimension that takes one word of
 * a closed list has its stretch of {@link #words}, in the order of the dimensions, and one bit set in it.
 */
final class FactBits {

    private static final int[] FIRST = new int[Dimension.values().length];
    private static final Dimension[] OF_BIT = new Dimension[Long.SIZE];

    /** The bits of what nobody knows. */
    private static final long UNKNOWN;

    static {
        int bit = 0;
        long unknown = 0;
        for (Dimension dimension : Dimension.values()) {
            FIRST[dimension.ordinal()] = bit;
            for (Term term : hasStretch(dimension) ? dimension.vocabulary().closed() : java.util.List.<Term>of()) {
                OF_BIT[bit] = dimension;
                unknown |= term.isKnown() ? 0 : 1L << bit;
                bit++;
            }
        }
        UNKNOWN = unknown;
    }

    private static final int ACTION = FIRST[Dimension.ACTION.ordinal()];
    private static final int CHANNEL = FIRST[Dimension.CHANNEL.ordinal()];
    private static final int AUTHORITY = FIRST[Dimension.AUTHORITY.ordinal()];
    private static final int EMERGENCY = FIRST[Dimension.EMERGENCY.ordinal()];
    private static final int NATIONAL_SECURITY = FIRST[Dimension.NATIONAL_SECURITY.ordinal()];
    private static final int NON_DISCLOSURE = FIRST[Dimension.NON_DISCLOSURE.ordinal()];
    private static final int SENDER = FIRST[Dimension.SENDER.ordinal()];
    private static final int DOCUMENT = FIRST[Dimension.DOCUMENT.ordinal()];

    /** One bit for each dimension with a stretch. */
    final long words;

    /** A bit for each category asked for, by its ordinal; that of the unknown one where none is given. */
    final int categories;

    final int offences;

    FactBits(Facts facts) {
        words = 1L << ACTION + facts.action().ordinal()
                | 1L << CHANNEL + facts.channel().ordinal()
                | 1L << AUTHORITY + facts.authority().ordinal()
                | 1L << EMERGENCY + facts.emergency().ordinal()
                | 1L << NATIONAL_SECURITY + facts.nationalSecurity().ordinal()
                | 1L << NON_DISCLOSURE + facts.nonDisclosure().ordinal()
                | 1L << SENDER + facts.sender().ordinal()
                | 1L << DOCUMENT + facts.document().ordinal();
        int asked = of(facts.categories());
        categories = asked == 0 ? 1 << DataCategory.UNKNOWN.ordinal() : asked;
        offences = of(facts.offences());
    }

    private static boolean hasStretch(Dimension dimension) {
        return !dimension.isPlural() && !dimension.vocabulary().closed().isEmpty();
    }

    /** Whether every word of a closed list is there and known. */
    boolean isKnown() {
        return (words & UNKNOWN) == 0
                && (categories & 1 << DataCategory.UNKNOWN.ordinal()) == 0
                && offences != 0
                && (offences & 1 << Offence.UNKNOWN.ordinal()) == 0;
    }

    /** A bit for each of these words, by its place in its list. */
    static int of(Collection<? extends Term> words) {
        int bits = 0;
        for (Term word : words) {
            bits |= 1 << ((Enum<?>) word).ordinal();
        }
        return bits;
    }

    /** The stretch of this dimension: these words, or all there are. Nothing for a dimension without one. */
    static long stretch(Dimension dimension, Collection<? extends Term> words) {
        return hasStretch(dimension) ? (long) of(words) << FIRST[dimension.ordinal()] : 0;
    }

    /** The first dimension of these bits. */
    static Dimension first(long words) {
        return OF_BIT[Long.numberOfTrailingZeros(words)];
    }
}
