package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads facts. A key that is absent, or says {@code UNKNOWN}, is a fact that nobody knows. Words are checked for their
 * form, and not against a vocabulary: a word that it lacks is for the rulebook to return.
 */
final class FactsReader {

    private static final String[] KEYS = Stream.concat(
                    Stream.of(Dimension.values()).map(Dimension::code),
                    Stream.of("issued-at", "expires-at", "accounts", "approvals"))
            .toArray(String[]::new);

    private final Section base;
    private final Section override;

    private FactsReader(Section base, Section override) {
        this.base = base;
        this.override = override;
    }

    static Optional<Facts> read(Section section) {
        return read(section, section);
    }

    /** Each key of {@code override} takes the place of that key in {@code base}. */
    static Optional<Facts> read(Section base, Section override) {
        base.allow(KEYS);
        if (override != base) {
            override.allow(KEYS);
        }
        Facts facts = new FactsReader(base, override).facts();
        return override.isSound() && base.isSound() ? Optional.of(facts) : Optional.empty();
    }

    private Facts facts() {
        return new Facts(
                one(Dimension.ISSUER_JURISDICTION, Jurisdiction.class, Jurisdiction.UNKNOWN),
                several(Dimension.USER_JURISDICTION, Jurisdiction.class),
                several(Dimension.SUBJECT_JURISDICTION, Jurisdiction.class),
                one(Dimension.PROVIDER_JURISDICTION, Jurisdiction.class, Jurisdiction.UNKNOWN),
                one(Dimension.AUTHORITY, AuthorityLevel.class, AuthorityLevel.UNKNOWN),
                one(Dimension.INSTRUMENT, Instrument.class, Instrument.UNKNOWN),
                one(Dimension.CHANNEL, Channel.class, Channel.UNKNOWN),
                one(Dimension.ACTION, Action.class, Action.UNKNOWN),
                several(Dimension.CATEGORY, DataCategory.class),
                several(Dimension.OFFENCE, Offence.class),
                one(Dimension.EMERGENCY, Emergency.class, Emergency.UNKNOWN),
                one(Dimension.NATIONAL_SECURITY, NationalSecurity.class, NationalSecurity.UNKNOWN),
                one(Dimension.SENDER, Assurance.class, Assurance.UNKNOWN),
                one(Dimension.DOCUMENT, Assurance.class, Assurance.UNKNOWN),
                one(Dimension.NON_DISCLOSURE, NonDisclosure.class, NonDisclosure.UNKNOWN),
                moment("issued-at"),
                moment("expires-at"),
                count("accounts"),
                count("approvals"));
    }

    private Optional<Value> find(String key) {
        return override.find(key).or(() -> base.find(key));
    }

    private <T extends Term> T one(Dimension dimension, Class<T> type, T unknown) {
        return find(dimension.code())
                .flatMap(value -> word(dimension, type, value))
                .orElse(unknown);
    }

    private <T extends Term> Set<T> several(Dimension dimension, Class<T> type) {
        List<Value> words = find(dimension.code()).map(Value::listOrOne).orElse(List.of());
        return Value.distinct(words, value -> word(dimension, type, value).orElse(null));
    }

    private static <T extends Term> Optional<T> word(Dimension dimension, Class<T> type, Value value) {
        String text = value.text();
        if (text == null) {
            return Optional.empty();
        }
        Words words = Words.of(dimension);
        Optional<Term> term = words.parse(text);
        if (term.isEmpty() && words.isClosed()) {
            value.unknown(text, words.known());
        } else if (term.isEmpty()) {
            value.wrong("has not the form of a word of '" + words.code() + "': '" + text + "'");
        }
        return term.map(type::cast);
    }

    private Optional<Instant> moment(String key) {
        return find(key).filter(value -> !value.isWord(Term.UNKNOWN_CODE)).map(Value::instant);
    }

    private int count(String key) {
        int count = find(key)
                .filter(value -> !value.isWord(Term.UNKNOWN_CODE))
                .map(value -> value.count(999_999_999))
                .orElse(0);
        return Math.max(count, 0);
    }
}
