package io.holdfast.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HoldTest {

    private static final Instant FROM = Instant.parse("2020-07-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Match HK = new Match(Map.of(Dimension.ISSUER_JURISDICTION, Set.of(Jurisdiction.of("HK"))));
    private static final HoldException LIFE =
            new HoldException("life", "a policy", new Match(Map.of(Dimension.EMERGENCY, Set.of(Emergency.LIFE))));

    /** A pause of Hong Kong with one exception, of which each test changes one part. */
    private static final class Draft {
        String id = "hk";
        int version = 1;
        Mode mode = Mode.PAUSE;
        Match applies = HK;
        Instant from = FROM;
        Optional<Instant> reviewBy = Optional.of(NOW.plusSeconds(1));
        boolean preserve = true;
        Exit exit = new Exit.BoardResolution();
        List<HoldException> exceptions = List.of(LIFE);
        List<Hold.Phase> phases = List.of();
        Map<String, String> statement = Map.of("en", "On hold.");

        Hold hold() {
            return new Hold(
                    id,
                    version,
                    "Hong Kong",
                    mode,
                    applies,
                    from,
                    reviewBy,
                    Intake.QUEUE,
                    preserve,
                    exit,
                    exceptions,
                    phases,
                    statement);
        }
    }

    private static final Hold EARLIER = new Draft().hold();

    private static boolean tightens(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.version = 2;
        change.accept(draft);
        return draft.hold().tightens(EARLIER, NOW);
    }

    @Test
    void the_same_hold_with_a_later_review_tightens() {
        assertTrue(tightens(draft -> {}));
        assertTrue(tightens(draft -> draft.reviewBy = Optional.of(NOW.plusSeconds(9))));
    }

    @Test
    void a_severer_mode_tightens_and_a_milder_one_does_not() {
        assertTrue(tightens(draft -> draft.mode = Mode.DENY));
        assertTrue(tightens(draft -> {
            draft.mode = Mode.NEVER;
            draft.exceptions = List.of();
        }));
        assertFalse(tightens(draft -> draft.mode = Mode.TREATY_ONLY));
        assertFalse(tightens(draft -> draft.mode = Mode.NON_CONTENT_ONLY));
    }

    @Test
    void a_wider_scope_tightens_and_a_narrower_one_does_not() {
        assertTrue(tightens(draft -> draft.applies = Match.ALL));
        assertFalse(tightens(draft -> draft.applies = new Match(Map.of(
                Dimension.ISSUER_JURISDICTION,
                Set.of(Jurisdiction.of("HK")),
                Dimension.ACTION,
                Set.of(Action.DISCLOSE)))));
    }

    @Test
    void fewer_exceptions_tighten_and_another_one_does_not() {
        assertTrue(tightens(draft -> draft.exceptions = List.of()));
        assertFalse(tightens(
                draft -> draft.exceptions = List.of(LIFE, new HoldException("second", "a policy", LIFE.when()))));
        assertFalse(tightens(draft -> draft.exceptions = List.of(new HoldException("life", "a policy", Match.ALL))));
    }

    @Test
    void a_later_start_opens_a_gap_unless_it_has_begun() {
        assertTrue(tightens(draft -> draft.from = FROM.plusSeconds(1)));
        assertTrue(tightens(draft -> draft.from = NOW));
        assertFalse(tightens(draft -> draft.from = NOW.plusSeconds(1)));
    }

    @Test
    void to_stop_preserving_or_to_change_the_id_is_no_tightening() {
        assertFalse(tightens(draft -> draft.preserve = false));
        assertFalse(tightens(draft -> draft.id = "hk-other"));
    }

    @Test
    void a_way_out_that_asks_for_no_document_is_no_tightening_of_one_that_does() {
        assertFalse(tightens(draft -> draft.exit = new Exit.InternalReview("legal")));
        for (Exit exit : List.of(
                new Exit.None(),
                new Exit.NamedReview("report"),
                new Exit.ExternalGuidance("party"),
                new Exit.ExternalEvent("event"))) {
            assertTrue(tightens(draft -> draft.exit = exit));
        }
    }

    @Test
    void tightening_stays_tight_over_several_steps() {
        Mode[] modes = Mode.values();
        for (Mode a : modes) {
            for (Mode b : modes) {
                for (Mode c : modes) {
                    assertTrue(!(a.isAtLeast(b) && b.isAtLeast(c)) || a.isAtLeast(c), a + " " + b + " " + c);
                }
            }
        }
    }

    @Test
    void stands_from_its_first_instant_and_no_date_ends_it() {
        assertFalse(EARLIER.standsAt(FROM.minusNanos(1)));
        assertTrue(EARLIER.standsAt(FROM));
        assertTrue(EARLIER.standsAt(Instant.parse("2999-01-01T00:00:00Z")));
    }

    @Test
    void a_wind_down_pauses_before_its_first_phase() {
        Draft draft = new Draft();
        draft.mode = Mode.WIND_DOWN;
        draft.phases = List.of(new Hold.Phase(NOW, Mode.DENY), new Hold.Phase(NOW.plusSeconds(9), Mode.NO_DATA));
        Hold hold = draft.hold();

        assertEquals(Mode.PAUSE, hold.modeAt(NOW.minusSeconds(1)));
        assertEquals(Mode.DENY, hold.modeAt(NOW));
        assertEquals(Mode.NO_DATA, hold.modeAt(NOW.plusSeconds(9)));
    }

    @Test
    void refuses_what_would_become_a_ban_by_neglect_or_say_nothing() {
        refused(draft -> draft.reviewBy = Optional.empty());
        refused(draft -> draft.statement = Map.of("zh-Hant", "..."));
        refused(draft -> draft.version = 0);
        refused(draft -> draft.id = "HK");
        refused(draft -> draft.exceptions = List.of(LIFE, LIFE));
        refused(draft -> draft.phases = List.of(new Hold.Phase(NOW, Mode.DENY)));
        refused(draft -> draft.mode = Mode.WIND_DOWN);
    }

    private static void refused(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        assertThrows(IllegalArgumentException.class, draft::hold);
    }
}
