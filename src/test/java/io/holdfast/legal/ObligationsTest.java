package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObligationsTest {

    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final Duration TEN_DAYS = Duration.ofDays(10);

    private static Deadline answer(Duration within, Stop... stops) {
        return new Deadline(Step.ANSWER, within, Set.of(stops), Optional.empty());
    }

    private static Deadline objection(Silence silence) {
        return new Deadline(Step.AUTHORITY_OBJECTS, TEN_DAYS, Set.of(), Optional.ofNullable(silence));
    }

    private static Obligations of(Notice notice, Deadline... clocks) {
        return new Obligations(2, notice, List.of(clocks), Optional.empty(), Set.of());
    }

    private static Obligations keeping(Preservation preservation) {
        return new Obligations(0, Notice.NOT_REQUIRED, List.of(), Optional.of(preservation), Set.of());
    }

    @Test
    void together_the_shorter_clock_runs_and_only_what_stops_both_stops_it() {
        Obligations both = of(Notice.BEFORE, answer(TEN_DAYS, Stop.QUESTION, Stop.OBJECTION))
                .and(of(Notice.BEFORE, answer(EIGHT_HOURS, Stop.QUESTION)));

        assertEquals(List.of(answer(EIGHT_HOURS, Stop.QUESTION)), both.clocks());
        assertEquals(Optional.of(EIGHT_HOURS), both.answerWithin());
    }

    @Test
    void a_clock_that_only_one_of_them_has_runs_too_and_they_stay_in_order() {
        Obligations both = of(Notice.BEFORE, objection(null)).and(of(Notice.AFTER, answer(TEN_DAYS)));

        assertEquals(List.of(answer(TEN_DAYS), objection(null)), both.clocks());
        assertEquals(Notice.AFTER, both.notice());
    }

    @Test
    void where_they_differ_about_silence_nobody_may_rely_on_it() {
        Obligations both = of(Notice.BEFORE, objection(Silence.OBLIGES)).and(of(Notice.BEFORE, objection(null)));

        assertEquals(
                Optional.empty(),
                both.clock(Step.AUTHORITY_OBJECTS).orElseThrow().silence());
    }

    @Test
    void data_leave_in_clear_only_where_both_allow_it() {
        Obligations encrypted = of(Notice.BEFORE, answer(TEN_DAYS));
        Obligations clear = new Obligations(2, Notice.BEFORE, List.of(), Optional.empty(), Set.of(), true);

        assertFalse(encrypted.unencrypted());
        assertFalse(encrypted.and(clear).unencrypted());
        assertFalse(clear.and(encrypted).unencrypted());
        assertTrue(clear.and(clear.atLeast(3)).unencrypted());
        assertTrue(clear.under(NonDisclosure.INDEFINITE).unencrypted());
    }

    @Test
    void data_are_kept_for_the_longer_of_two_times() {
        Preservation short1 = new Preservation(Duration.ofDays(60), Optional.of(Duration.ofDays(30)), true);
        Preservation long1 = new Preservation(Duration.ofDays(90), Optional.empty(), false);

        assertEquals(
                Optional.of(new Preservation(Duration.ofDays(90), Optional.of(Duration.ofDays(30)), true)),
                keeping(short1).and(keeping(long1)).preservation());
        assertEquals(Optional.of(long1), Obligations.NONE.and(keeping(long1)).preservation());
        assertEquals(Optional.of(long1), keeping(long1).and(Obligations.NONE).preservation());
    }

    @Test
    void an_order_of_silence_turns_notice_off_and_one_without_an_end_is_looked_at_again() {
        Obligations asked = of(Notice.BEFORE, answer(TEN_DAYS));

        assertSame(asked, asked.under(NonDisclosure.NONE));
        assertEquals(of(Notice.PROHIBITED, answer(TEN_DAYS)), asked.under(NonDisclosure.DATED));
        Obligations endless = asked.under(NonDisclosure.INDEFINITE);
        assertEquals(Notice.PROHIBITED, endless.notice());
        assertEquals(
                Duration.ofDays(180),
                endless.clock(Step.REVIEW_SECRECY).orElseThrow().within());
    }

    @Test
    void an_order_of_silence_changes_nothing_where_the_issuer_tells_or_nobody_has_to() {
        for (Notice notice : Set.of(Notice.ISSUER_NOTIFIES, Notice.NOT_REQUIRED)) {
            Obligations asked = of(notice);
            for (NonDisclosure order : NonDisclosure.values()) {
                assertSame(asked, asked.under(order));
            }
        }
    }

    @Test
    void more_people_may_be_asked_for_and_never_fewer() {
        assertEquals(3, of(Notice.BEFORE).atLeast(3).approvals());
        assertEquals(2, of(Notice.BEFORE).atLeast(1).approvals());
    }

    @Test
    void refuses_clocks_that_cannot_be_meant() {
        assertThrows(IllegalArgumentException.class, () -> answer(Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Deadline(Step.FOLLOW_UP, TEN_DAYS, Set.of(Stop.QUESTION), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Deadline(Step.ANSWER, TEN_DAYS, Set.of(), Optional.of(Silence.OBLIGES)));
        assertThrows(IllegalArgumentException.class, () -> of(Notice.BEFORE, answer(TEN_DAYS), answer(TEN_DAYS)));
        assertThrows(IllegalArgumentException.class, () -> of(Notice.BEFORE, objection(null), answer(TEN_DAYS)));
    }

    @Test
    void whole_days_are_spelt_as_days() {
        assertEquals("P10D", Deadline.spell(TEN_DAYS));
        assertEquals("PT8H", Deadline.spell(EIGHT_HOURS));
        assertEquals("P4D", Deadline.spell(Duration.ofHours(96)));
        assertEquals("PT25H", Deadline.spell(Duration.ofHours(25)));
    }
}
