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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests that differ from a good one in one fact. */
final class Spoiled {

    private Jurisdiction issuer;
    private Set<Jurisdiction> users;
    private Set<Jurisdiction> subjects;
    private Jurisdiction provider;
    private AuthorityLevel authority;
    private Instrument instrument;
    private Channel channel;
    private Action action;
    private Set<DataCategory> categories;
    private Set<Offence> offences;
    private Emergency emergency;
    private NationalSecurity nationalSecurity;
    private Assurance sender;
    private Assurance document;
    private NonDisclosure nonDisclosure;
    private Optional<Instant> issuedAt;
    private Optional<Instant> expiresAt;
    private int accounts;

    private Spoiled(Facts facts) {
        issuer = facts.issuer();
        users = facts.users();
        subjects = facts.subjects();
        provider = facts.provider();
        authority = facts.authority();
        instrument = facts.instrument();
        channel = facts.channel();
        action = facts.action();
        categories = facts.categories();
        offences = facts.offences();
        emergency = facts.emergency();
        nationalSecurity = facts.nationalSecurity();
        sender = facts.sender();
        document = facts.document();
        nonDisclosure = facts.nonDisclosure();
        issuedAt = facts.issuedAt();
        expiresAt = facts.expiresAt();
        accounts = facts.accounts();
    }

    @FunctionalInterface
    private interface Change {
        void on(Spoiled request);
    }

    /** Each change by its name. Those that begin with {@code dated} have a paper that is not yet or no longer valid. */
    private static final Map<String, Change> CHANGES = changes();

    private static Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("issuer-jurisdiction unknown", it -> it.issuer = Jurisdiction.UNKNOWN);
        changes.put("provider-jurisdiction unknown", it -> it.provider = Jurisdiction.UNKNOWN);
        changes.put("instrument unknown", it -> it.instrument = Instrument.UNKNOWN);
        changes.put("action unknown", it -> it.action = Action.UNKNOWN);
        changes.put("channel unknown", it -> it.channel = Channel.UNKNOWN);
        changes.put("authority unknown", it -> it.authority = AuthorityLevel.UNKNOWN);
        changes.put("category unknown", it -> it.categories = Set.of(DataCategory.UNKNOWN));
        changes.put("category absent", it -> it.categories = Set.of());
        changes.put("one category unknown", it -> it.categories = with(it.categories, DataCategory.UNKNOWN));
        changes.put("offence unknown", it -> it.offences = Set.of(Offence.UNKNOWN));
        changes.put("offence absent", it -> it.offences = Set.of());
        changes.put("one offence unknown", it -> it.offences = with(it.offences, Offence.UNKNOWN));
        changes.put("emergency unknown", it -> it.emergency = Emergency.UNKNOWN);
        changes.put("national-security unknown", it -> it.nationalSecurity = NationalSecurity.UNKNOWN);
        changes.put("user-jurisdiction unknown", it -> it.users = Set.of(Jurisdiction.UNKNOWN));
        changes.put("user-jurisdiction absent", it -> it.users = Set.of());
        changes.put("one user-jurisdiction unknown", it -> it.users = with(it.users, Jurisdiction.UNKNOWN));
        changes.put("subject-jurisdiction unknown", it -> it.subjects = Set.of(Jurisdiction.UNKNOWN));
        changes.put("subject-jurisdiction absent", it -> it.subjects = Set.of());
        changes.put("one subject-jurisdiction unknown", it -> it.subjects = with(it.subjects, Jurisdiction.UNKNOWN));
        changes.put("non-disclosure unknown", it -> it.nonDisclosure = NonDisclosure.UNKNOWN);
        changes.put("sender unknown", it -> it.sender = Assurance.UNKNOWN);
        changes.put("document unknown", it -> it.document = Assurance.UNKNOWN);
        changes.put("issued-at absent", it -> it.issuedAt = Optional.empty());
        changes.put("expires-at absent", it -> it.expiresAt = Optional.empty());
        changes.put("accounts absent", it -> it.accounts = 0);
        changes.put("dated in the future", it -> it.issuedAt = Optional.of(Instant.parse("9000-01-01T00:00:00Z")));
        changes.put("dated out", it -> it.expiresAt = Optional.of(Instant.parse("1900-01-01T00:00:01Z")));
        return changes;
    }

    private static <T> Set<T> with(Set<T> words, T more) {
        Set<T> all = new java.util.HashSet<>(words);
        all.add(more);
        return all;
    }

    /** The names of all changes. */
    static Set<String> names() {
        return CHANGES.keySet();
    }

    /** Every request that differs from this one in one fact that is absent, unknown, or out of date. */
    static Map<String, Facts> of(Facts facts) {
        Map<String, Facts> spoiled = new LinkedHashMap<>();
        CHANGES.forEach((name, change) -> {
            Spoiled request = new Spoiled(facts);
            change.on(request);
            spoiled.put(name, request.facts(facts.approvals()));
        });
        return spoiled;
    }

    /** The same request for other categories. */
    static Facts asking(Facts facts, Set<DataCategory> categories) {
        Spoiled request = new Spoiled(facts);
        request.categories = categories;
        return request.facts(facts.approvals());
    }

    /** The same request, about a place of each other class as well. */
    static List<Facts> aboutTwoPlaces(Facts facts, Slab slab) {
        List<Facts> two = new ArrayList<>();
        for (Axis.Segment<Term> segment : slab.axis(Dimension.USER_JURISDICTION).segments()) {
            Spoiled request = new Spoiled(facts);
            request.users = with(facts.users(), (Jurisdiction) segment.first());
            two.add(request.facts(facts.approvals()));
        }
        for (Axis.Segment<Term> segment :
                slab.axis(Dimension.SUBJECT_JURISDICTION).segments()) {
            Spoiled request = new Spoiled(facts);
            request.subjects = with(facts.subjects(), (Jurisdiction) segment.first());
            two.add(request.facts(facts.approvals()));
        }
        two.removeIf(facts::equals);
        return two;
    }

    private Facts facts(int approvals) {
        return new Facts(
                issuer,
                users,
                subjects,
                provider,
                authority,
                instrument,
                channel,
                action,
                categories,
                offences,
                emergency,
                nationalSecurity,
                sender,
                document,
                nonDisclosure,
                issuedAt,
                expiresAt,
                accounts,
                approvals);
    }
}
