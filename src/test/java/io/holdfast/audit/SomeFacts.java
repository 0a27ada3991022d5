package io.holdfast.audit;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests that the small rulebook of the tests knows, and a hold to put on them. */
public final class SomeFacts {

    public static final Instant EXPIRY = Instant.parse("2027-05-01T00:00:00Z");

    private SomeFacts() {}

    /** Held, from the genesis on. */
    public static Facts hongKongWarrant() {
        return facts("HK", "HK-WARRANT", AuthorityLevel.MAGISTRATE, Action.DISCLOSE, 1, DataCategory.SUBSCRIBER);
    }

    /** Referred; with two approvals released. Names two accounts. An order without an end forbids telling anybody. */
    public static Facts usWarrant() {
        return warrantWithoutOrder().with(Dimension.NON_DISCLOSURE, Set.of(NonDisclosure.INDEFINITE));
    }

    /** The same without the order: the person concerned is told before. */
    public static Facts warrantWithoutOrder() {
        return facts(
                "US",
                "US-SW",
                AuthorityLevel.JUDGE,
                Action.DISCLOSE,
                2,
                DataCategory.SUBSCRIBER,
                DataCategory.CONTENT,
                DataCategory.TRAFFIC);
    }

    /** Released at once. */
    public static Facts usLetter() {
        return facts("US", "US-LETTER", AuthorityLevel.OFFICER, Action.PRESERVE, 1, DataCategory.SUBSCRIBER);
    }

    /** Returned. */
    public static Facts unknownInstrument() {
        return facts("US", "UNKNOWN", AuthorityLevel.OFFICER, Action.DISCLOSE, 3, DataCategory.SUBSCRIBER);
    }

    /** Refused: no rule accepts it. */
    public static Facts fromChina() {
        return facts("CN", "HK-WARRANT", AuthorityLevel.MAGISTRATE, Action.DISCLOSE, 4, DataCategory.SUBSCRIBER);
    }

    private static Facts facts(
            String issuer,
            String instrument,
            AuthorityLevel authority,
            Action action,
            int accounts,
            DataCategory... categories) {
        return new Facts(
                Jurisdiction.of(issuer),
                Set.of(Jurisdiction.of("HK")),
                Set.of(Jurisdiction.of("HK")),
                Jurisdiction.of("US"),
                authority,
                new Instrument(instrument),
                Channel.DIRECT,
                action,
                Set.of(categories),
                Set.of(Offence.THREE_YEARS),
                Emergency.NONE,
                NationalSecurity.NOT_INVOLVED,
                Assurance.VERIFIED,
                Assurance.VERIFIED,
                NonDisclosure.NONE,
                Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                Optional.of(EXPIRY),
                accounts,
                0);
    }

    /** A hold on everything from the United States; the loose one has an exception that the tight one has not. */
    public static Hold pauseOnUs(int version, boolean isLoose) {
        HoldException letters = new HoldException(
                "letters", "", new Match(Map.of(Dimension.INSTRUMENT, Set.of(new Instrument("US-LETTER")))));
        return new Hold(
                "us",
                version,
                "Requests from the United States are paused",
                Mode.PAUSE,
                new Match(Map.of(Dimension.ISSUER_JURISDICTION, Set.of(Jurisdiction.of("US")))),
                TestLog.START,
                Optional.of(Instant.parse("2027-01-06T00:00:00Z")),
                Intake.QUEUE,
                true,
                new Exit.InternalReview("legal"),
                isLoose ? List.of(letters) : List.of(),
                List.of(),
                Map.of("en", "Requests are paused."));
    }
}
