package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulebookTest {

    private static final Rulebook RULEBOOK = Small.rulebook();
    private static final HoldException LIFE =
            new HoldException("life", "a policy", Holds.when(Dimension.EMERGENCY, Emergency.LIFE));

    private static Decision decide(Requests request, Hold... holds) {
        return RULEBOOK.decide(request.facts(), Holds.of(holds), Requests.NOW);
    }

    private static List<Reason> refusedFor(Decision decision) {
        return assertInstanceOf(Decision.Refused.class, decision).basis().reasons();
    }

    // Step 1: the rulebook.

    @Test
    void without_a_rulebook_everything_is_refused_and_the_holds_are_still_recorded() {
        Decision decision = Rulebook.none()
                .decide(Requests.usWarrant().facts(), Holds.of(Holds.hold("all", Mode.PAUSE, Match.ALL)), Requests.NOW);

        assertEquals(List.of(Reason.RULEBOOK_UNAVAILABLE), refusedFor(decision));
        assertEquals(List.of("all@1"), decision.basis().holds());
        assertEquals(Rulebook.NO_DIGEST, decision.basis().rulebook());
    }

    @Test
    void a_decision_names_its_rulebook_and_its_epoch() {
        Decision.Basis basis = decide(Requests.usWarrant()).basis();

        assertEquals(Small.set().digest(), basis.rulebook());
        assertEquals(7, basis.epoch());
    }

    // Step 2: the facts.

    @Test
    void missing_facts_are_returned_by_name_in_the_order_of_the_dimensions() {
        Requests request = Requests.usWarrant();
        request.document = Assurance.UNKNOWN;
        request.users = Set.of();
        request.subjects = Set.of(Jurisdiction.of("US"), Jurisdiction.UNKNOWN);
        request.issuedAt = Optional.empty();
        request.accounts = 0;

        Decision.Returned returned = assertInstanceOf(Decision.Returned.class, decide(request));

        assertEquals(List.of(Reason.FACT_MISSING), returned.basis().reasons());
        assertEquals(
                List.of("user-jurisdiction", "subject-jurisdiction", "document", "issued-at", "accounts"),
                returned.missing());
    }

    @Test
    void a_place_or_an_instrument_that_the_vocabulary_lacks_is_returned() {
        Requests request = Requests.usWarrant();
        request.users = Set.of(Jurisdiction.of("US"), Jurisdiction.of("XX"));
        request.instrument = new Instrument("US-NEW");

        assertEquals(
                List.of("instrument", "user-jurisdiction"),
                assertInstanceOf(Decision.Returned.class, decide(request)).missing());
    }

    @Test
    void a_hold_is_recorded_also_when_the_request_is_returned() {
        Requests request = Requests.hkWarrant();
        request.categories = Set.of();

        Decision decision = decide(request, Holds.hold("hk", Mode.PAUSE, Holds.issuer("HK")));

        assertEquals(Outcome.RETURNED, decision.outcome());
        assertEquals(List.of("hk@1"), decision.basis().holds());
    }

    // Step 3: the paper and the channel.

    @Test
    void a_suspended_treaty_opens_nothing() {
        assertEquals(List.of(Reason.CHANNEL_SUSPENDED), refusedFor(decide(Requests.hkTreaty())));
    }

    @Test
    void the_treaty_is_asked_for_the_instant_of_the_decision() {
        Requests request = Requests.hkTreaty();
        request.issuedAt = Optional.of(Instant.parse("2020-08-01T00:00:00Z"));
        Instant suspended = Instant.parse("2020-08-19T16:00:00Z");

        assertEquals(
                Outcome.REFERRED,
                RULEBOOK.decide(request.facts(), Holds.NONE, suspended.minusSeconds(1))
                        .outcome());
        assertEquals(
                Outcome.REFUSED,
                RULEBOOK.decide(request.facts(), Holds.NONE, suspended).outcome());
    }

    @Test
    void a_channel_without_a_treaty_between_the_two_is_closed() {
        Requests request = Requests.usWarrant();
        request.channel = Channel.TREATY;

        assertEquals(List.of(Reason.CHANNEL_SUSPENDED), refusedFor(decide(request)));
    }

    @Test
    void an_instrument_is_valid_from_its_issue_until_just_before_its_end() {
        Requests request = Requests.usWarrant();

        assertEquals(
                List.of(Reason.INSTRUMENT_NOT_YET_VALID),
                refusedFor(RULEBOOK.decide(request.facts(), Holds.NONE, Requests.ISSUED.minusSeconds(1))));
        assertEquals(
                Outcome.REFERRED,
                RULEBOOK.decide(request.facts(), Holds.NONE, Requests.ISSUED).outcome());
        assertEquals(
                Outcome.REFERRED,
                RULEBOOK.decide(request.facts(), Holds.NONE, Requests.EXPIRES.minusSeconds(1))
                        .outcome());
        assertEquals(
                List.of(Reason.INSTRUMENT_EXPIRED),
                refusedFor(RULEBOOK.decide(request.facts(), Holds.NONE, Requests.EXPIRES)));
    }

    @Test
    void an_expired_instrument_is_refused_and_not_paused_and_the_pause_is_recorded() {
        Requests request = Requests.hkWarrant();
        request.expiresAt = Optional.of(Requests.NOW);

        Decision decision = decide(request, Holds.hold("hk", Mode.PAUSE, Holds.issuer("HK")));

        assertEquals(List.of(Reason.INSTRUMENT_EXPIRED), refusedFor(decision));
        assertEquals(List.of("hk@1"), decision.basis().holds());
    }

    @Test
    void a_hold_that_refuses_gives_its_reason_before_that_of_the_paper() {
        Requests request = Requests.hkWarrant();
        request.expiresAt = Optional.of(Requests.NOW);

        assertEquals(
                List.of(Reason.NEVER_DISCLOSED, Reason.INSTRUMENT_EXPIRED),
                refusedFor(decide(request, Holds.hold("hk", Mode.NEVER, Holds.issuer("HK")))));
    }

    // Step 4: the holds.

    @Test
    void a_paused_request_is_held_and_names_the_hold_that_is_reviewed_soonest() {
        Hold later = Holds.hold("a-later", Mode.PAUSE, Holds.issuer("HK"), Holds.REVIEW.plusSeconds(1));
        Hold sooner = Holds.hold("b-sooner", Mode.PAUSE, Match.ALL, Holds.REVIEW);

        Decision.Held held = assertInstanceOf(Decision.Held.class, decide(Requests.hkWarrant(), later, sooner));

        assertEquals("b-sooner@1", held.hold());
        assertEquals(Optional.of(Holds.REVIEW), held.reviewBy());
        assertEquals(List.of("a-later@1", "b-sooner@1"), held.basis().holds());
        assertEquals(List.of(Reason.HELD_PENDING_REVIEW), held.basis().reasons());
        assertEquals(List.of("hk-warrant"), held.basis().grants());
    }

    @Test
    void a_review_date_that_passes_lifts_nothing() {
        Hold overdue = Holds.hold("hk", Mode.PAUSE, Holds.issuer("HK"), Holds.FROM.plusSeconds(1));

        assertEquals(Outcome.HELD, decide(Requests.hkWarrant(), overdue).outcome());
    }

    @Test
    void a_hold_stands_from_its_first_instant_on() {
        Requests request = Requests.hkWarrant();
        request.issuedAt = Optional.of(Instant.EPOCH);
        Hold hold = Holds.hold("hk", Mode.DENY, Holds.issuer("HK"));

        Decision before = RULEBOOK.decide(request.facts(), Holds.of(hold), Holds.FROM.minusSeconds(1));

        assertEquals(Outcome.REFERRED, before.outcome());
        assertEquals(Optional.of(Holds.FROM), before.basis().nextChangeAt());
        assertEquals(
                Outcome.REFUSED,
                RULEBOOK.decide(request.facts(), Holds.of(hold), Holds.FROM).outcome());
    }

    @Test
    void each_mode_gives_its_own_outcome_and_reason() {
        assertEquals(
                Map.of(
                        Mode.PAUSE, List.of(Reason.HELD_PENDING_REVIEW),
                        Mode.DENY, List.of(Reason.REFUSED_UNTIL_REVIEW),
                        Mode.NEVER, List.of(Reason.NEVER_DISCLOSED),
                        Mode.WIND_DOWN, List.of(Reason.HELD_PENDING_REVIEW),
                        Mode.TREATY_ONLY, List.of(Reason.TREATY_CHANNEL_ONLY),
                        Mode.EMERGENCY_ONLY, List.of(Reason.EMERGENCY_ONLY),
                        Mode.NO_DATA, List.of(Reason.NO_RECORDS)),
                Stream.of(Mode.values())
                        .filter(mode -> mode != Mode.NON_CONTENT_ONLY)
                        .collect(Collectors.toMap(
                                mode -> mode,
                                mode -> decide(Requests.hkWarrant(), Holds.hold("hk", mode, Match.ALL))
                                        .basis()
                                        .reasons())));
    }

    @Test
    void a_wind_down_pauses_then_goes_through_its_phases() {
        Requests request = Requests.hkWarrant();
        HoldsInForce holds = Holds.of(Holds.hold("hk", Mode.WIND_DOWN, Holds.issuer("HK")));

        Decision paused = RULEBOOK.decide(request.facts(), holds, Requests.NOW);
        Decision denied = RULEBOOK.decide(request.facts(), holds, Instant.parse("2026-12-01T00:00:00Z"));
        Decision gone = RULEBOOK.decide(request.facts(), holds, Instant.parse("2027-01-01T00:00:00Z"));

        assertEquals(Outcome.HELD, paused.outcome());
        assertEquals(
                Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
                paused.basis().nextChangeAt());
        assertEquals(List.of(Reason.REFUSED_UNTIL_REVIEW), refusedFor(denied));
        assertEquals(List.of(Reason.NO_RECORDS), refusedFor(gone));
    }

    @Test
    void a_treaty_only_hold_lets_the_treaty_channel_through() {
        Requests request = Requests.hkTreaty();
        request.issuedAt = Optional.of(Instant.EPOCH);
        Hold hold = Holds.hold("hk", Mode.TREATY_ONLY, Holds.issuer("HK"));

        Decision decision = RULEBOOK.decide(request.facts(), Holds.of(hold), Instant.parse("2020-07-02T00:00:00Z"));

        assertEquals(Outcome.REFERRED, decision.outcome());
        assertEquals(List.of("hk@1"), decision.basis().holds());
    }

    @Test
    void an_emergency_only_hold_does_not_believe_an_unverified_emergency() {
        Hold hold = Holds.hold("hk", Mode.EMERGENCY_ONLY, Holds.issuer("HK"));
        Requests verified = Requests.hkWarrant();
        verified.emergency = Emergency.LIFE;
        Requests forged = Requests.hkWarrant();
        forged.emergency = Emergency.LIFE;
        forged.document = Assurance.FAILED;

        assertEquals(Outcome.REFERRED, decide(verified, hold).outcome());
        assertEquals(List.of(Reason.EMERGENCY_ONLY), refusedFor(decide(forged, hold)));
    }

    @Test
    void a_non_content_hold_withholds_content_and_nothing_else() {
        Decision.Referred referred = assertInstanceOf(
                Decision.Referred.class,
                decide(Requests.usWarrant(), Holds.hold("all", Mode.NON_CONTENT_ONLY, Match.ALL)));

        assertEquals(Set.of(DataCategory.SUBSCRIBER), referred.scope().granted());
        assertEquals(
                Map.of(DataCategory.CONTENT, Reason.CONTENT_WITHHELD),
                referred.scope().withheld());
    }

    @Test
    void one_user_in_a_held_place_is_enough() {
        Requests request = Requests.usWarrant();
        request.users = Set.of(Jurisdiction.of("US"), Jurisdiction.of("HK"));

        assertEquals(
                Outcome.HELD,
                decide(
                                request,
                                Holds.hold(
                                        "hk",
                                        Mode.PAUSE,
                                        Holds.when(Dimension.USER_JURISDICTION, Jurisdiction.of("HK"))))
                        .outcome());
    }

    @Test
    void never_beats_deny_and_deny_beats_pause() {
        Hold pause = Holds.hold("pause", Mode.PAUSE, Match.ALL);
        Hold deny = Holds.hold("deny", Mode.DENY, Match.ALL);
        Hold never = Holds.hold("never", Mode.NEVER, Match.ALL);

        assertEquals(List.of(Reason.REFUSED_UNTIL_REVIEW), refusedFor(decide(Requests.usWarrant(), pause, deny)));
        Decision decision = decide(Requests.usWarrant(), pause, deny, never);
        assertEquals(List.of(Reason.NEVER_DISCLOSED), refusedFor(decision));
        assertEquals(List.of("deny@1", "never@1", "pause@1"), decision.basis().holds());
    }

    @Test
    void a_category_that_a_hold_refuses_beats_one_that_is_paused() {
        Hold pause = Holds.hold("pause", Mode.PAUSE, Holds.when(Dimension.CATEGORY, DataCategory.SUBSCRIBER));
        Hold deny = Holds.hold("deny", Mode.DENY, Holds.when(Dimension.CATEGORY, DataCategory.CONTENT));

        assertEquals(
                List.of(Reason.REFUSED_UNTIL_REVIEW, Reason.HELD_PENDING_REVIEW),
                refusedFor(decide(Requests.usWarrant(), pause, deny)));
    }

    @Test
    void a_paused_category_beats_one_that_no_grant_permits() {
        Requests request = Requests.usWarrant();
        request.categories = Set.of(DataCategory.CONTENT, DataCategory.CREDENTIALS);
        Hold pause = Holds.hold("pause", Mode.PAUSE, Holds.when(Dimension.CATEGORY, DataCategory.CONTENT));

        Decision decision = decide(request, pause);

        assertEquals(Outcome.HELD, decision.outcome());
        assertEquals(
                List.of(Reason.HELD_PENDING_REVIEW, Reason.CATEGORY_NOT_REACHED),
                decision.basis().reasons());
    }

    @Test
    void an_exception_refers_to_people_and_never_skips_them() {
        Requests request = Requests.hkWarrant();
        request.emergency = Emergency.LIFE;
        Hold hold = Holds.hold("hk", Mode.DENY, Holds.issuer("HK"), LIFE);

        Decision.Referred referred = assertInstanceOf(Decision.Referred.class, decide(request, hold));

        assertEquals(
                List.of(Reason.EXCEPTION_APPLIES, Reason.APPROVALS_OUTSTANDING),
                referred.basis().reasons());
        assertEquals(List.of("hk/life"), referred.basis().exceptions());
    }

    @Test
    void an_exception_asks_for_two_approvals_whatever_its_grant_asks() {
        Requests request = Requests.usWarrant();
        request.instrument = new Instrument("US-LETTER");
        request.action = Action.PRESERVE;
        request.emergency = Emergency.LIFE;
        Hold hold = Holds.hold("us", Mode.PAUSE, Holds.issuer("US"), LIFE);

        assertEquals(Outcome.RELEASED, decide(request).outcome());
        assertEquals(
                2,
                assertInstanceOf(Decision.Referred.class, decide(request, hold))
                        .obligations()
                        .approvals());
        request.approvals = 2;
        assertEquals(
                List.of(Reason.EXCEPTION_APPLIES, Reason.PERMITTED),
                assertInstanceOf(Decision.Released.class, decide(request, hold))
                        .basis()
                        .reasons());
    }

    @Test
    void a_second_hold_still_blocks_what_an_exception_of_the_first_let_through() {
        Requests request = Requests.hkWarrant();
        request.emergency = Emergency.LIFE;
        Hold first = Holds.hold("first", Mode.DENY, Holds.issuer("HK"), LIFE);
        Hold second = Holds.hold("second", Mode.PAUSE, Holds.issuer("HK"));

        Decision decision = decide(request, first, second);

        assertEquals(Outcome.HELD, decision.outcome());
        assertEquals(List.of(), decision.basis().exceptions());
    }

    @Test
    void an_exception_permits_nothing_that_no_grant_permits() {
        Requests request = Requests.hkWarrant();
        request.emergency = Emergency.LIFE;
        request.authority = AuthorityLevel.OFFICER;

        Decision decision = decide(request, Holds.hold("hk", Mode.PAUSE, Holds.issuer("HK"), LIFE));

        assertEquals(List.of(Reason.NOT_COMPETENT_AUTHORITY), refusedFor(decision));
        assertEquals(List.of(), decision.basis().exceptions());
    }

    @Test
    void never_knows_no_exception() {
        Requests request = Requests.hkWarrant();
        request.emergency = Emergency.LIFE;

        assertEquals(
                List.of(Reason.NEVER_DISCLOSED),
                refusedFor(decide(request, Holds.hold("hk", Mode.NEVER, Holds.issuer("HK"), LIFE))));
    }

    @Test
    void an_exception_must_cover_every_user() {
        Requests request = Requests.usWarrant();
        request.users = Set.of(Jurisdiction.of("HK"), Jurisdiction.of("US"));
        HoldException forUsUsers = new HoldException(
                "us-users", "a policy", Holds.when(Dimension.USER_JURISDICTION, Jurisdiction.of("US")));

        assertEquals(
                Outcome.HELD,
                decide(request, Holds.hold("all", Mode.PAUSE, Match.ALL, forUsUsers))
                        .outcome());
    }

    // Step 5: the grants.

    @Test
    void without_a_grant_the_first_dimension_that_rules_all_out_gives_the_reason() {
        Requests place = Requests.usWarrant();
        place.issuer = Jurisdiction.of("CN");
        Requests provider = Requests.usWarrant();
        provider.provider = Jurisdiction.of("DE");
        Requests paper = Requests.usWarrant();
        paper.instrument = new Instrument("EU-EPO");
        Requests person = Requests.usWarrant();
        person.authority = AuthorityLevel.PROSECUTOR;
        Requests sender = Requests.usWarrant();
        sender.sender = Assurance.UNVERIFIED;
        sender.document = Assurance.FAILED;

        assertEquals(List.of(Reason.JURISDICTION_NOT_LISTED), refusedFor(decide(place)));
        assertEquals(List.of(Reason.PROVIDER_NOT_ADDRESSED), refusedFor(decide(provider)));
        assertEquals(List.of(Reason.INSTRUMENT_NOT_ACCEPTED), refusedFor(decide(paper)));
        assertEquals(List.of(Reason.NOT_COMPETENT_AUTHORITY), refusedFor(decide(person)));
        assertEquals(List.of(Reason.SENDER_NOT_VERIFIED), refusedFor(decide(sender)));
    }

    @Test
    void a_pack_that_has_ended_permits_nothing() {
        Requests request = euOrder();
        request.expiresAt = Optional.of(Instant.parse("2031-01-01T00:00:00Z"));
        Instant end = Instant.parse("2030-01-01T00:00:00Z");

        Decision last = RULEBOOK.decide(request.facts(), Holds.NONE, end.minusSeconds(1));

        assertEquals(Outcome.REFERRED, last.outcome());
        assertEquals(Optional.of(end), last.basis().nextChangeAt());
        assertEquals(
                List.of(Reason.JURISDICTION_NOT_LISTED), refusedFor(RULEBOOK.decide(request.facts(), Holds.NONE, end)));
    }

    // Steps 6 and 7: narrowing and obligations.

    @Test
    void what_no_grant_reaches_is_withheld_and_the_rest_referred() {
        Requests request = Requests.usWarrant();
        request.categories = Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT, DataCategory.LIVE_CONTENT);

        Decision.Referred referred = assertInstanceOf(Decision.Referred.class, decide(request));

        assertEquals(
                Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT),
                referred.scope().granted());
        assertEquals(
                Map.of(DataCategory.LIVE_CONTENT, Reason.CATEGORY_NOT_REACHED),
                referred.scope().withheld());
        assertEquals(List.of("us-sw"), referred.basis().grants());
    }

    @Test
    void enough_approvals_release_and_one_too_few_does_not() {
        Requests request = Requests.usWarrant();
        request.approvals = 1;
        assertEquals(Outcome.REFERRED, decide(request).outcome());
        request.approvals = 2;
        Decision released = decide(request);
        assertEquals(Outcome.RELEASED, released.outcome());
        assertEquals(List.of(Reason.PERMITTED), released.basis().reasons());
    }

    @Test
    void what_is_for_people_only_is_never_released() {
        Requests request = Requests.hkWarrant();
        request.instrument = new Instrument("HK-NOTICE");
        request.action = Action.RESTRICT_CONTENT;
        request.authority = AuthorityLevel.EXECUTIVE;
        request.categories = Set.of(DataCategory.CONTENT);
        request.approvals = 99;

        assertEquals(Outcome.REFERRED, decide(request).outcome());
    }

    @Test
    void obligations_of_all_grants_add_up() {
        Requests request = euOrder();
        request.emergency = Emergency.LIFE;
        request.categories = Set.of(DataCategory.SUBSCRIBER, DataCategory.CONTENT);

        Decision.Referred referred = assertInstanceOf(Decision.Referred.class, decide(request));

        assertEquals(
                List.of("eu-epo-content", "eu-epo-emergency"), referred.basis().grants());
        assertEquals(Optional.of(Duration.ofHours(8)), referred.obligations().answerWithin());
        assertEquals(
                Set.of(Duty.PRESERVE_AT_ONCE, Duty.AWAIT_ENFORCING_AUTHORITY),
                referred.obligations().duties());
        assertEquals(Notice.ISSUER_NOTIFIES, referred.obligations().notice());
    }

    @Test
    void a_non_disclosure_order_turns_notice_off() {
        Requests request = Requests.usWarrant();
        assertEquals(
                Notice.BEFORE,
                ((Decision.Referred) decide(request)).obligations().notice());
        request.nonDisclosure = NonDisclosure.INDEFINITE;
        assertEquals(
                Notice.PROHIBITED,
                ((Decision.Referred) decide(request)).obligations().notice());
    }

    @Test
    void a_hold_on_the_part_that_needs_approvals_does_not_set_the_rest_free() {
        Rulebook rulebook = Small.load(Small.with(
                "packs/us.yaml",
                Small.text("packs/us.yaml")
                        .replace("action: [PRESERVE]", "action: [DISCLOSE]\n      category: [SUBSCRIBER]")
                        .replace("[US-LETTER]", "[US-SW]")
                        .replace("category: [SUBSCRIBER, IDENTIFICATION, TRAFFIC, CONTENT]", "category: [CONTENT]")));
        Requests request = Requests.usWarrant();
        Hold onContent = Holds.hold("content", Mode.PAUSE, Holds.when(Dimension.CATEGORY, DataCategory.CONTENT));

        assertEquals(
                Outcome.REFERRED,
                rulebook.decide(request.facts(), Holds.NONE, Requests.NOW).outcome());
        assertEquals(
                Outcome.REFERRED,
                rulebook.decide(request.facts(), Holds.of(onContent), Requests.NOW)
                        .outcome());
    }

    @Test
    void a_hold_on_the_part_that_needs_an_exception_does_not_set_the_rest_free() {
        Requests request = Requests.usWarrant();
        request.instrument = new Instrument("US-LETTER");
        request.action = Action.PRESERVE;
        request.emergency = Emergency.LIFE;
        request.approvals = 1;
        Match content = Holds.when(Dimension.CATEGORY, DataCategory.CONTENT);
        Hold withException = Holds.hold("first", Mode.PAUSE, content, LIFE);
        Hold without = Holds.hold("second", Mode.PAUSE, content);

        assertEquals(Outcome.REFERRED, decide(request, withException).outcome());
        Decision.Referred referred = assertInstanceOf(Decision.Referred.class, decide(request, withException, without));
        assertEquals(2, referred.obligations().approvals());
        assertEquals(List.of(Reason.APPROVALS_OUTSTANDING), referred.basis().reasons());
        assertEquals(List.of(), referred.basis().exceptions());
    }

    @Test
    void the_next_change_is_the_nearest_of_all() {
        Decision.Basis basis = decide(Requests.usWarrant()).basis();

        assertEquals(Optional.of(Requests.EXPIRES), basis.nextChangeAt());
        assertTrue(decide(Requests.usWarrant(), Holds.hold("hk", Mode.WIND_DOWN, Holds.issuer("HK")))
                .basis()
                .nextChangeAt()
                .equals(basis.nextChangeAt()));
    }

    private static Requests euOrder() {
        Requests request = Requests.usWarrant();
        request.issuer = Jurisdiction.of("DE");
        request.provider = Jurisdiction.of("FR");
        request.instrument = new Instrument("EU-EPO");
        request.categories = Set.of(DataCategory.CONTENT);
        return request;
    }
}
