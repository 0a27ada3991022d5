package io.holdfast.legal;

/**
 * One value of one {@link Dimension}. Its code is its only spelling: in policies, in the log, on the wire.
 *
 * <p>Every dimension has an unknown value. No rule can name it, and no grant matches it.
 */
public sealed interface Term
        permits Action,
                Assurance,
                AuthorityLevel,
                Channel,
                DataCategory,
                Emergency,
                Instrument,
                Jurisdiction,
                NationalSecurity,
                NonDisclosure,
                Offence {

    String UNKNOWN_CODE = "UNKNOWN";

    /** Upper case letters, digits and hyphens, at most 40 characters. */
    String code();

    default boolean isKnown() {
        return !code().equals(UNKNOWN_CODE);
    }

    /** How an enum constant is spelt outside Java: {@code THREE_YEARS} is {@code THREE-YEARS}. */
    static String spell(Enum<?> constant) {
        return constant.name().replace('_', '-');
    }
}
