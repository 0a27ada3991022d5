package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final Jurisdiction HK = Jurisdiction.of("HK");
    private static final Jurisdiction US = Jurisdiction.of("US");
    private static final DataCategory CONTENT = DataCategory.CONTENT;

    private static Match when(Dimension dimension, Term... terms) {
        return new Match(Map.of(dimension, Set.of(terms)));
    }

    private static Facts withUsers(Jurisdiction... users) {
        return facts(Set.of(users), Set.of(Offence.OTHER));
    }

    private static Facts facts(Set<Jurisdiction> users, Set<Offence> offences) {
        return new Facts(
                HK,
                users,
                Set.of(HK),
                US,
                AuthorityLevel.JUDGE,
                new Instrument("HK-WARRANT"),
                Channel.DIRECT,
                Action.DISCLOSE,
                Set.of(CONTENT, DataCategory.SUBSCRIBER),
                offences,
                Emergency.NONE,
                NationalSecurity.NOT_INVOLVED,
                Assurance.VERIFIED,
                Assurance.VERIFIED,
                NonDisclosure.NONE,
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH.plusSeconds(1)),
                1,
                0);
    }

    @Test
    void the_empty_match_accepts_everything() {
        assertTrue(Match.ALL.touches(withUsers(), CONTENT));
        assertTrue(Match.ALL.covers(withUsers(), CONTENT));
    }

    @Test
    void one_user_is_enough_to_stop_and_too_few_to_permit() {
        Match hk = when(Dimension.USER_JURISDICTION, HK);

        assertTrue(hk.touches(withUsers(HK, US), CONTENT));
        assertFalse(hk.covers(withUsers(HK, US), CONTENT));
        assertTrue(hk.covers(withUsers(HK), CONTENT));
        assertFalse(hk.touches(withUsers(US), CONTENT));
    }

    @Test
    void no_users_at_all_neither_stop_nor_permit() {
        Match hk = when(Dimension.USER_JURISDICTION, HK);

        assertFalse(hk.touches(withUsers(), CONTENT));
        assertFalse(hk.covers(withUsers(), CONTENT));
    }

    @Test
    void an_unknown_user_is_never_covered_and_hides_no_known_one() {
        Match hk = when(Dimension.USER_JURISDICTION, HK);

        assertTrue(hk.touches(withUsers(HK, Jurisdiction.UNKNOWN), CONTENT));
        assertFalse(hk.covers(withUsers(HK, Jurisdiction.UNKNOWN), CONTENT));
        assertFalse(hk.touches(withUsers(Jurisdiction.UNKNOWN), CONTENT));
    }

    @Test
    void an_offence_that_meets_one_of_the_named_thresholds_is_covered() {
        Match trafficking = when(Dimension.OFFENCE, Offence.HUMAN_TRAFFICKING);
        Facts both = facts(Set.of(HK), Set.of(Offence.THREE_YEARS, Offence.HUMAN_TRAFFICKING));

        assertTrue(trafficking.covers(both, CONTENT));
        assertFalse(trafficking.covers(facts(Set.of(HK), Set.of(Offence.THREE_YEARS)), CONTENT));
    }

    @Test
    void the_category_is_the_one_asked_about_and_not_those_of_the_request() {
        Match content = when(Dimension.CATEGORY, CONTENT);

        assertTrue(content.covers(withUsers(HK), CONTENT));
        assertFalse(content.covers(withUsers(HK), DataCategory.SUBSCRIBER));
        assertFalse(content.touches(withUsers(HK), DataCategory.SUBSCRIBER));
        assertFalse(content.covers(Dimension.CATEGORY, withUsers(HK), DataCategory.SUBSCRIBER));
        assertTrue(content.covers(Dimension.INSTRUMENT, withUsers(HK), DataCategory.SUBSCRIBER));
    }

    @Test
    void all_dimensions_must_agree() {
        Match match =
                new Match(Map.of(Dimension.ISSUER_JURISDICTION, Set.of(HK), Dimension.ACTION, Set.of(Action.PRESERVE)));

        assertFalse(match.touches(withUsers(HK), CONTENT));
        assertFalse(match.covers(withUsers(HK), CONTENT));
    }

    @Test
    void covering_implies_touching() {
        for (Dimension dimension : Dimension.values()) {
            for (Term term : Set.of(HK, US, CONTENT, Offence.OTHER, Action.DISCLOSE, Assurance.VERIFIED)) {
                Match match = when(dimension, term);
                for (Facts facts : new Facts[] {withUsers(HK), withUsers(HK, US), withUsers()}) {
                    assertTrue(!match.covers(facts, CONTENT) || match.touches(facts, CONTENT));
                }
            }
        }
    }

    @Test
    void a_match_includes_every_narrower_one() {
        Match wide = when(Dimension.ISSUER_JURISDICTION, HK, US);
        Match narrow =
                new Match(Map.of(Dimension.ISSUER_JURISDICTION, Set.of(HK), Dimension.ACTION, Set.of(Action.DISCLOSE)));

        assertTrue(Match.ALL.includes(wide));
        assertTrue(wide.includes(narrow));
        assertTrue(wide.includes(wide));
        assertFalse(narrow.includes(wide));
        assertFalse(wide.includes(Match.ALL));
    }

    @Test
    void refuses_empty_lists_and_the_unknown() {
        assertThrows(IllegalArgumentException.class, () -> new Match(Map.of(Dimension.ACTION, Set.of())));
        assertThrows(IllegalArgumentException.class, () -> when(Dimension.ACTION, Action.UNKNOWN));
        assertThrows(IllegalArgumentException.class, () -> when(Dimension.INSTRUMENT, Instrument.UNKNOWN));
    }

    @Test
    void does_not_change_with_the_sets_it_was_made_of() {
        Set<Term> places = new HashSet<>(Set.of(HK));
        Match match = new Match(Map.of(Dimension.ISSUER_JURISDICTION, places));
        places.add(US);

        assertEquals(when(Dimension.ISSUER_JURISDICTION, HK), match);
    }
}
