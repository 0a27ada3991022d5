package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: a complete, verified request that each test changes in one point. */
final class Requests {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant ISSUED = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant EXPIRES = Instant.parse("2027-05-01T00:00:00Z");

    Jurisdiction issuer = Jurisdiction.of("US");
    Set<Jurisdiction> users = Set.of(Jurisdiction.of("US"));
    Set<Jurisdiction> subjects = Set.of(Jurisdiction.of("US"));
    Jurisdiction provider = Jurisdiction.of("US");
    AuthorityLevel authority = AuthorityLevel.JUDGE;
    Instrument instrument = new Instrument("US-SW");
    Channel channel = Channel.DIRECT;
    Action action = Action.DISCLOSE;
    Set<DataCategory> categories = Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT);
    Set<Offence> offences = Set.of(Offence.THREE_YEARS);
    Emergency emergency = Emergency.NONE;
    NationalSecurity nationalSecurity = NationalSecurity.NOT_INVOLVED;
    Assurance sender = Assurance.VERIFIED;
    Assurance document = Assurance.VERIFIED;
    NonDisclosure nonDisclosure = NonDisclosure.NONE;
    Optional<Instant> issuedAt = Optional.of(ISSUED);
    Optional<Instant> expiresAt = Optional.of(EXPIRES);
    int accounts = 1;
    int approvals = 0;

    /** A search warrant of a judge in the United States. */
    static Requests usWarrant() {
        return new Requests();
    }

    /** A warrant of a magistrate in Hong Kong, for data that identifies. */
    static Requests hkWarrant() {
        Requests request = new Requests();
        request.issuer = Jurisdiction.of("HK");
        request.users = Set.of(Jurisdiction.of("HK"));
        request.subjects = Set.of(Jurisdiction.of("HK"));
        request.authority = AuthorityLevel.MAGISTRATE;
        request.instrument = new Instrument("HK-WARRANT");
        request.categories = Set.of(DataCategory.SUBSCRIBER, DataCategory.IDENTIFICATION);
        return request;
    }

    /** A letter of request from Hong Kong's central authority. */
    static Requests hkTreaty() {
        Requests request = hkWarrant();
        request.channel = Channel.TREATY;
        request.instrument = new Instrument("HK-MLA");
        request.authority = AuthorityLevel.CENTRAL_AUTHORITY;
        request.categories = Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT);
        return request;
    }

    Facts facts() {
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
