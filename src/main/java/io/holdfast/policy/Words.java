package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The eleven lists of words in a vocabulary. Several dimensions share one list: a place is a place, whether of the
 * issuer or of the user.
 */
enum Words {
    JURISDICTION,
    INSTRUMENT,
    AUTHORITY(AuthorityLevel.values()),
    CHANNEL(Channel.values()),
    ACTION(Action.values()),
    CATEGORY(DataCategory.values()),
    OFFENCE(Offence.values()),
    EMERGENCY(Emergency.values()),
    NATIONAL_SECURITY(NationalSecurity.values()),
    ASSURANCE(Assurance.values()),
    NON_DISCLOSURE(NonDisclosure.values());

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Map<String, Term> closed = new LinkedHashMap<>();

    Words(Term... closed) {
        for (Term term : closed) {
            this.closed.put(term.code(), term);
        }
    }

    /** Its key under {@code dimensions}. */
    String code() {
        return code;
    }

    /** The words that the code knows and a vocabulary must list exactly; empty where the vocabulary decides. */
    Set<String> known() {
        return closed.values().stream().filter(Term::isKnown).map(Term::code).collect(Collectors.toSet());
    }

    boolean isClosed() {
        return !closed.isEmpty();
    }

    /** The term of this spelling, {@code UNKNOWN} included; says nothing about the vocabulary. */
    Optional<Term> parse(String text) {
        if (isClosed()) {
            return Optional.ofNullable(closed.get(text));
        }
        try {
            return Optional.of(this == JURISDICTION ? Jurisdiction.of(text) : new Instrument(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Words of(Dimension dimension) {
        return switch (dimension) {
            case ISSUER_JURISDICTION, PROVIDER_JURISDICTION, USER_JURISDICTION, SUBJECT_JURISDICTION -> JURISDICTION;
            case INSTRUMENT -> INSTRUMENT;
            case ACTION -> ACTION;
            case CHANNEL -> CHANNEL;
            case AUTHORITY -> AUTHORITY;
            case CATEGORY -> CATEGORY;
            case OFFENCE -> OFFENCE;
            case EMERGENCY -> EMERGENCY;
            case NATIONAL_SECURITY -> NATIONAL_SECURITY;
            case NON_DISCLOSURE -> NON_DISCLOSURE;
            case SENDER, DOCUMENT -> ASSURANCE;
        };
    }
}
