package io.holdfast.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.fixture.Seals;
import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.Authority;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.Check;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Request;
import io.holdfast.note.Ed25519Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check with each of its results, and seals that are wrong in one place. */
class ExaminerTest {

    private static final Ed25519Key COURT_KEY = Ed25519Key.generate();
    private static final Ed25519Key OTHER_KEY = Ed25519Key.generate();
    private static final Instrument WARRANT = new Instrument("US-SW");
    private static final Instant ISSUED = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant EXPIRES = Instant.parse("2027-05-01T00:00:00Z");
    private static final String DIGEST = "ab".repeat(64);
    private static final SealedInstrument SEALED =
            new SealedInstrument("court", WARRANT, "D-1", ISSUED, EXPIRES, DIGEST);

    private static final Authority AGENCY =
            authority("agency", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(WARRANT), Set.of(), false);
    private static final Authority COURT =
            authority("court", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(), Set.of(WARRANT), false);

    private static Authority authority(
            String id,
            String place,
            Authority.Enrolment enrolment,
            Set<Instrument> sends,
            Set<Instrument> issues,
            boolean nationalSecurity) {
        return new Authority(
                id,
                "An institution",
                Jurisdiction.of(place),
                AuthorityLevel.JUDGE,
                enrolment,
                nationalSecurity,
                sends,
                issues,
                Optional.of(Seals.base64url(COURT_KEY.publicKey().bytes())));
    }

    private static Request request(String issuer, Optional<String> seal) {
        return request(issuer, seal, Offence.OTHER);
    }

    private static Request request(String issuer, Optional<String> seal, Offence... offences) {
        return new Request(
                WARRANT,
                issuer,
                "D-1",
                ISSUED,
                EXPIRES,
                Channel.DIRECT,
                Action.DISCLOSE,
                Set.of(DataCategory.SUBSCRIBER),
                List.of(new Request.Target(Request.Target.Kind.USER_ID, "account-1")),
                ISSUED,
                EXPIRES,
                Set.of(offences),
                false,
                Emergency.NONE,
                NonDisclosure.NONE,
                Set.of(Jurisdiction.of("HK")),
                Set.of(Jurisdiction.of("US")),
                new Request.Document(DIGEST, "application/pdf", seal),
                new Request.Officer("Officer 1", "1", "officer-1@agency.example", "+12025550100"),
                "CASE 1",
                Optional.empty());
    }

    private static Examination examine(Authority sender, Authority issuer, String named, Optional<String> seal) {
        Registry registry = Registry.of(List.of(AGENCY, issuer), "00");
        return new Examiner(registry, Jurisdiction.of("US")).examine(request(named, seal), sender);
    }

    private static Optional<String> goodSeal() {
        return Optional.of(Seals.seal(SEALED, COURT_KEY));
    }

    @Test
    void a_sealed_warrant_from_an_enrolled_agency_passes_every_check() {
        Examination examination = examine(AGENCY, COURT, "court", goodSeal());

        for (Check check : Check.values()) {
            assertEquals(Check.Result.PASSED, examination.checks().get(check), check.code());
        }
        assertEquals(Assurance.VERIFIED, examination.facts().sender());
        assertEquals(Assurance.VERIFIED, examination.facts().document());
        assertEquals(AuthorityLevel.JUDGE, examination.facts().authority());
        assertEquals(1, examination.facts().accounts());
        assertEquals(0, examination.facts().approvals());
    }

    @Test
    void a_sender_known_by_a_mailbox_only_is_not_verified() {
        Authority sender = authority("agency", "US", Authority.Enrolment.MAILBOX, Set.of(WARRANT), Set.of(), false);

        Examination examination = examine(sender, COURT, "court", goodSeal());

        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.SENDER_ENROLLED));
        assertEquals(Assurance.UNVERIFIED, examination.facts().sender());
    }

    @Test
    void a_sender_that_may_not_send_this_instrument_fails() {
        Authority sender = authority("agency", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(), Set.of(), false);

        Examination examination = examine(sender, COURT, "court", goodSeal());

        assertEquals(Check.Result.FAILED, examination.checks().get(Check.SENDER_ENROLLED));
        assertEquals(Assurance.FAILED, examination.facts().sender());
    }

    @Test
    void an_issuer_that_is_not_enrolled_is_of_unknown_level_and_its_seal_cannot_be_checked() {
        Examination examination = examine(AGENCY, COURT, "nowhere", goodSeal());

        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.ISSUER_ENROLLED));
        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Check.Result.FAILED, examination.checks().get(Check.SEAL_MATCHES));
        assertEquals(AuthorityLevel.UNKNOWN, examination.facts().authority());
        assertEquals(Assurance.FAILED, examination.facts().document());
    }

    @Test
    void an_issuer_of_another_place_fails() {
        Authority court = authority("court", "HK", Authority.Enrolment.OUT_OF_BAND, Set.of(), Set.of(WARRANT), false);

        Examination examination = examine(AGENCY, court, "court", goodSeal());

        assertEquals(Check.Result.FAILED, examination.checks().get(Check.ISSUER_ENROLLED));
        assertEquals(Assurance.FAILED, examination.facts().document());
    }

    @Test
    void an_issuer_that_may_not_issue_this_instrument_fails() {
        Authority court = authority("court", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(), Set.of(), false);

        Examination examination = examine(AGENCY, court, "court", goodSeal());

        assertEquals(Check.Result.FAILED, examination.checks().get(Check.ISSUER_ENROLLED));
    }

    @Test
    void a_document_without_a_seal_is_not_verified() {
        Examination examination = examine(AGENCY, COURT, "court", Optional.empty());

        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.SEAL_MATCHES));
        assertEquals(Assurance.UNVERIFIED, examination.facts().document());
    }

    @Test
    void an_issuer_without_a_key_cannot_be_checked() {
        Authority court = new Authority(
                "court",
                "A court",
                Jurisdiction.of("US"),
                AuthorityLevel.JUDGE,
                Authority.Enrolment.OUT_OF_BAND,
                false,
                Set.of(),
                Set.of(WARRANT),
                Optional.empty());

        Examination examination = examine(AGENCY, court, "court", goodSeal());

        assertEquals(Check.Result.NOT_POSSIBLE, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Assurance.UNVERIFIED, examination.facts().document());
    }

    @Test
    void an_offence_against_national_security_makes_it_a_matter_of_national_security_whatever_the_sender_says() {
        Examiner examiner = new Examiner(Registry.of(List.of(AGENCY, COURT), "00"), Jurisdiction.of("US"));
        Request request = request("court", goodSeal(), Offence.THREE_YEARS, Offence.NATIONAL_SECURITY);

        assertEquals(
                NationalSecurity.INVOLVED,
                examiner.examine(request, AGENCY).facts().nationalSecurity());
    }

    @Test
    void a_unit_for_national_security_makes_it_a_matter_of_national_security() {
        Authority unit = authority("agency", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(WARRANT), Set.of(), true);
        Authority issuingUnit =
                authority("court", "US", Authority.Enrolment.OUT_OF_BAND, Set.of(), Set.of(WARRANT), true);

        assertEquals(
                NationalSecurity.INVOLVED,
                examine(unit, COURT, "court", goodSeal()).facts().nationalSecurity());
        assertEquals(
                NationalSecurity.INVOLVED,
                examine(AGENCY, issuingUnit, "court", goodSeal()).facts().nationalSecurity());
        assertEquals(
                NationalSecurity.NOT_INVOLVED,
                examine(AGENCY, COURT, "court", goodSeal()).facts().nationalSecurity());
    }

    static Stream<Arguments> seals_about_something_else() {
        return Stream.of(
                Arguments.of("issuer", new SealedInstrument("other", WARRANT, "D-1", ISSUED, EXPIRES, DIGEST)),
                Arguments.of(
                        "instrument",
                        new SealedInstrument("court", new Instrument("US-2703D"), "D-1", ISSUED, EXPIRES, DIGEST)),
                Arguments.of("docket", new SealedInstrument("court", WARRANT, "D-2", ISSUED, EXPIRES, DIGEST)),
                Arguments.of(
                        "issued",
                        new SealedInstrument("court", WARRANT, "D-1", ISSUED.plusSeconds(1), EXPIRES, DIGEST)),
                Arguments.of(
                        "expires",
                        new SealedInstrument("court", WARRANT, "D-1", ISSUED, EXPIRES.plusSeconds(1), DIGEST)),
                Arguments.of(
                        "document", new SealedInstrument("court", WARRANT, "D-1", ISSUED, EXPIRES, "cd".repeat(64))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seals_about_something_else")
    void a_true_seal_about_something_else_does_not_match(String claim, SealedInstrument sealed) {
        Examination examination = examine(AGENCY, COURT, "court", Optional.of(Seals.seal(sealed, COURT_KEY)));

        assertEquals(Check.Result.PASSED, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Check.Result.FAILED, examination.checks().get(Check.SEAL_MATCHES));
        assertEquals(Assurance.FAILED, examination.facts().document());
    }

    static Stream<Arguments> seals_by_nobody() {
        byte[] payload = SEALED.print();
        String good = Seals.seal(SEALED, COURT_KEY);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        String other = new String(payload, StandardCharsets.US_ASCII).replace("D-1", "D-2");
        return Stream.of(
                Arguments.of("another key", Seals.seal(SEALED, OTHER_KEY)),
                Arguments.of("another type", Seals.jws("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}", payload, COURT_KEY)),
                Arguments.of("no type", Seals.jws("{\"alg\":\"EdDSA\"}", payload, COURT_KEY)),
                Arguments.of("no algorithm", Seals.jws("{\"typ\":\"holdfast-seal+jwt\"}", payload, COURT_KEY)),
                Arguments.of(
                        "algorithm none",
                        Seals.jws("{\"alg\":\"none\",\"typ\":\"holdfast-seal+jwt\"}", payload, COURT_KEY)),
                Arguments.of(
                        "algorithm HS256",
                        Seals.jws("{\"alg\":\"HS256\",\"typ\":\"holdfast-seal+jwt\"}", payload, COURT_KEY)),
                Arguments.of(
                        "a critical header",
                        Seals.jws(
                                "{\"alg\":\"EdDSA\",\"crit\":[\"x\"],\"typ\":\"holdfast-seal+jwt\",\"x\":1}",
                                payload,
                                COURT_KEY)),
                Arguments.of(
                        "a payload that is not encoded",
                        Seals.jws(
                                "{\"alg\":\"EdDSA\",\"b64\":false,\"typ\":\"holdfast-seal+jwt\"}", payload, COURT_KEY)),
                Arguments.of(
                        "two algorithms",
                        Seals.jws(
                                "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\",\"typ\":\"holdfast-seal+jwt\"}",
                                payload,
                                COURT_KEY)),
                Arguments.of(
                        "algorithm in a list",
                        Seals.jws("{\"alg\":[\"EdDSA\"],\"typ\":\"holdfast-seal+jwt\"}", payload, COURT_KEY)),
                Arguments.of("a header that goes on", Seals.jws(Seals.HEADER + "{}", payload, COURT_KEY)),
                Arguments.of("a header that ends early", Seals.jws("{\"alg\":\"EdDSA\"", payload, COURT_KEY)),
                Arguments.of("a header that is a list", Seals.jws("[" + Seals.HEADER + "]", payload, COURT_KEY)),
                Arguments.of("no header", Seals.jws("", payload, COURT_KEY)),
                Arguments.of("padding", good + "=="),
                Arguments.of("stray bits in the signature", withStrayBits(good)),
                Arguments.of("signature of zeros", unsigned + Seals.base64url(new byte[64])),
                Arguments.of("short signature", unsigned + Seals.base64url(new byte[63])),
                Arguments.of("no signature", unsigned),
                Arguments.of(
                        "another payload",
                        good.split("\\.")[0] + "." + Seals.base64url(other.getBytes(StandardCharsets.US_ASCII)) + "."
                                + good.split("\\.")[2]),
                Arguments.of("two parts", "a.b"),
                Arguments.of("five parts", "a.b.c.d.e"),
                Arguments.of("dots", ".."),
                Arguments.of("nothing", ""),
                Arguments.of("letters", "seal"));
    }

    /** 64 bytes are 86 characters, and the last of them has four bits to spare. */
    private static String withStrayBits(String seal) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = seal.length() - 1;
        return seal.substring(0, last) + alphabet.charAt(alphabet.indexOf(seal.charAt(last)) + 1);
    }

    @Test
    void a_seal_may_name_its_key() {
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"court-1\",\"typ\":\"holdfast-seal+jwt\",\"x5c\":[\"MA\"]}";

        Examination examination =
                examine(AGENCY, COURT, "court", Optional.of(Seals.jws(header, SEALED.print(), COURT_KEY)));

        assertEquals(Check.Result.PASSED, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Check.Result.PASSED, examination.checks().get(Check.SEAL_MATCHES));
    }

    @Test
    void a_payload_in_another_order_is_not_about_the_instrument() {
        String other = new String(SEALED.print(), StandardCharsets.US_ASCII).replace("{\"docket\":\"D-1\",", "{");
        byte[] payload =
                (other.substring(0, other.length() - 1) + ",\"docket\":\"D-1\"}").getBytes(StandardCharsets.US_ASCII);

        Examination examination =
                examine(AGENCY, COURT, "court", Optional.of(Seals.jws(Seals.HEADER, payload, COURT_KEY)));

        assertEquals(Check.Result.PASSED, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Check.Result.FAILED, examination.checks().get(Check.SEAL_MATCHES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seals_by_nobody")
    void a_seal_that_the_court_did_not_make_fails(String defect, String seal) {
        Examination examination = examine(AGENCY, COURT, "court", Optional.of(seal));

        assertEquals(Check.Result.FAILED, examination.checks().get(Check.DOCUMENT_SEALED));
        assertEquals(Assurance.FAILED, examination.facts().document());
    }

    @Test
    void a_seal_is_checked_when_the_enrolled_key_is_no_point_on_the_curve() {
        Authority court = new Authority(
                "court",
                "A court",
                Jurisdiction.of("US"),
                AuthorityLevel.JUDGE,
                Authority.Enrolment.OUT_OF_BAND,
                false,
                Set.of(),
                Set.of(WARRANT),
                Optional.of(Seals.base64url(new byte[32])));

        Examination examination = examine(AGENCY, court, "court", goodSeal());

        assertEquals(Check.Result.FAILED, examination.checks().get(Check.DOCUMENT_SEALED));
    }

    @Test
    void what_is_sealed_is_printed_in_one_form() {
        assertEquals(
                "{\"docket\":\"D-1\",\"exp\":1809129600,\"iat\":1793491200,\"instrument\":\"US-SW\",\"iss\":\"court\",\"sha512\":\""
                        + DIGEST + "\"}",
                new String(SEALED.print(), StandardCharsets.US_ASCII));
    }

    @Test
    void what_would_have_two_forms_is_not_printed() {
        for (String docket : new String[] {"a\"b", "a\\b", "\u00e9", "a\nb", "\u007f"}) {
            SealedInstrument sealed = new SealedInstrument("court", WARRANT, docket, ISSUED, EXPIRES, DIGEST);
            assertThrows(IllegalArgumentException.class, sealed::print);
        }
    }
}
