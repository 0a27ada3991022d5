package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds for tests. */
final class Holds {

    static final HoldsInForce NONE = new HoldsInForce(7, List.of());
    static final Instant FROM = Instant.parse("2020-07-01T00:00:00Z");
    static final Instant REVIEW = Instant.parse("2027-01-06T00:00:00Z");

    private Holds() {}

    static HoldsInForce of(Hold... holds) {
        return new HoldsInForce(7, List.of(holds));
    }

    static Match issuer(String place) {
        return when(Dimension.ISSUER_JURISDICTION, Jurisdiction.of(place));
    }

    static Match when(Dimension dimension, Term... terms) {
        return new Match(Map.of(dimension, Set.of(terms)));
    }

    static Hold hold(String id, Mode mode, Match applies, HoldException... exceptions) {
        return hold(id, mode, applies, REVIEW, exceptions);
    }

    static Hold hold(String id, Mode mode, Match applies, Instant reviewBy, HoldException... exceptions) {
        List<Hold.Phase> phases = mode == Mode.WIND_DOWN
                ? List.of(
                        new Hold.Phase(Instant.parse("2026-12-01T00:00:00Z"), Mode.DENY),
                        new Hold.Phase(Instant.parse("2027-01-01T00:00:00Z"), Mode.NO_DATA))
                : List.of();
        return new Hold(
                id,
                1,
                id,
                mode,
                applies,
                FROM,
                Optional.of(reviewBy),
                Intake.QUEUE,
                true,
                new Exit.InternalReview("legal"),
                List.of(exceptions),
                phases,
                Map.of("en", "On hold."));
    }
}
