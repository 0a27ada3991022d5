package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An instrument that must be served within three months, in the small rulebook. */
class ServeWithinTest {

    private static final Rulebook RULEBOOK = Small.load(Small.with(
            "packs/us.yaml",
            Small.text("packs/us.yaml").replace("    approvals: 2\n", "    serve-within: P3M\n    approvals: 2\n")));

    private static final Instant ISSUED = Instant.parse("2026-11-30T10:00:00Z");
    /** February has no 30th, so the three months end with its last day. */
    private static final Instant VOID = Instant.parse("2027-02-28T10:00:00Z");

    private static Decision decide(Instant at, DataCategory... categories) {
        Requests request = Requests.usWarrant();
        request.issuedAt = Optional.of(ISSUED);
        request.expiresAt = Optional.of(Instant.parse("2030-01-01T00:00:00Z"));
        request.categories = Set.of(categories);
        return RULEBOOK.decide(request.facts(), Holds.NONE, at);
    }

    @Test
    void is_in_time_until_the_last_second() {
        Decision decision = decide(VOID.minusSeconds(1), DataCategory.CONTENT);

        assertEquals(Outcome.REFERRED, decision.outcome());
        assertEquals(Optional.of(VOID), decision.basis().nextChangeAt());
    }

    @Test
    void is_void_from_that_instant_whatever_the_paper_says() {
        Decision decision = decide(VOID, DataCategory.CONTENT);

        assertEquals(Outcome.REFUSED, decision.outcome());
        assertEquals(List.of(Reason.INSTRUMENT_EXPIRED), decision.basis().reasons());
        assertEquals(List.of(), decision.basis().grants());
    }

    @Test
    void what_the_instrument_never_reached_is_refused_for_that() {
        assertEquals(
                List.of(Reason.INSTRUMENT_EXPIRED, Reason.CATEGORY_NOT_REACHED),
                decide(VOID, DataCategory.CONTENT, DataCategory.LIVE_CONTENT)
                        .basis()
                        .reasons());
    }
}
