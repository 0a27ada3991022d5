package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.HashSet;
import java.util.Set;

/**
 * How facts are written: a key for each dimension, with a list where a dimension can hold several values, sorted. A
 * missing date is left out; an unknown word is written {@code UNKNOWN}.
 */
public final class FactsJson {

    private FactsJson() {}

    public static ObjectNode write(Facts facts) {
        ObjectNode json = CanonicalJson.object();
        for (Dimension dimension : Dimension.values()) {
            Set<? extends Term> terms = dimension.of(facts);
            if (dimension.isPlural()) {
                json.set(
                        dimension.code(),
                        Claims.list(terms.stream().map(Term::code).sorted().toList()));
            } else {
                json.put(dimension.code(), terms.iterator().next().code());
            }
        }
        facts.issuedAt().ifPresent(at -> json.put("issued-at", at.toString()));
        facts.expiresAt().ifPresent(at -> json.put("expires-at", at.toString()));
        json.put("accounts", facts.accounts());
        json.put("approvals", facts.approvals());
        return json;
    }

    static Facts read(Claims json) {
        return new Facts(
                one(json, Dimension.ISSUER_JURISDICTION, Jurisdiction.class),
                several(json, Dimension.USER_JURISDICTION, Jurisdiction.class),
                several(json, Dimension.SUBJECT_JURISDICTION, Jurisdiction.class),
                one(json, Dimension.PROVIDER_JURISDICTION, Jurisdiction.class),
                one(json, Dimension.AUTHORITY, AuthorityLevel.class),
                one(json, Dimension.INSTRUMENT, Instrument.class),
                one(json, Dimension.CHANNEL, Channel.class),
                one(json, Dimension.ACTION, Action.class),
                several(json, Dimension.CATEGORY, DataCategory.class),
                several(json, Dimension.OFFENCE, Offence.class),
                one(json, Dimension.EMERGENCY, Emergency.class),
                one(json, Dimension.NATIONAL_SECURITY, NationalSecurity.class),
                one(json, Dimension.SENDER, Assurance.class),
                one(json, Dimension.DOCUMENT, Assurance.class),
                one(json, Dimension.NON_DISCLOSURE, NonDisclosure.class),
                json.optionalInstant("issued-at"),
                json.optionalInstant("expires-at"),
                json.count("accounts"),
                json.count("approvals"));
    }

    private static <T extends Term> T one(Claims json, Dimension dimension, Class<T> type) {
        return json.word(
                dimension.code(), code -> type.cast(dimension.vocabulary().term(code)));
    }

    private static <T extends Term> Set<T> several(Claims json, Dimension dimension, Class<T> type) {
        return new HashSet<>(json.words(
                dimension.code(), code -> type.cast(dimension.vocabulary().term(code))));
    }
}
