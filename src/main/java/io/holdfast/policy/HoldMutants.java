package io.holdfast.policy;

import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hold with one mistake in it, each by what is wrong with it. */
final class HoldMutants {

    private final ConditionMutants conditions;

    HoldMutants(ConditionMutants conditions) {
        this.conditions = conditions;
    }

    Map<String, Hold> of(Hold hold) {
        Map<String, Hold> changed = new LinkedHashMap<>();
        conditions
                .of(hold.applies())
                .forEach((change, applies) -> changed.put(change, new Changed(hold).applying(applies)));
        for (Duration shift : Mutants.SHIFTS) {
            changed.put("begins " + Mutants.told(shift), new Changed(hold).from(shift));
            for (int i = 0; i < hold.phases().size(); i++) {
                changed.put("phase " + (i + 1) + " begins " + Mutants.told(shift), new Changed(hold).phase(i, shift));
            }
        }
        modes(hold).forEach(mode -> changed.put("is " + mode.code(), new Changed(hold).mode(mode)));
        for (HoldException exception : hold.exceptions()) {
            changed.put(
                    "has no exception " + exception.id(),
                    new Changed(hold).exceptions(Mutants.replaced(hold.exceptions(), exception, Optional.empty())));
            conditions
                    .of(exception.when())
                    .forEach((change, when) -> changed.put(
                            "exception " + exception.id() + " " + change,
                            new Changed(hold)
                                    .exceptions(Mutants.replaced(
                                            hold.exceptions(),
                                            exception,
                                            new HoldException(exception.id(), exception.basis(), when)))));
        }
        return changed;
    }

    private static List<Mode> modes(Hold hold) {
        return hold.mode() == Mode.WIND_DOWN
                ? List.of()
                : List.of(hold.mode() == Mode.PAUSE ? Mode.DENY : Mode.PAUSE, Mode.NO_DATA).stream()
                        .filter(mode -> mode != hold.mode())
                        .toList();
    }

    /** A hold that differs in one part. */
    private record Changed(Hold hold) {

        Hold applying(Match applies) {
            return with(hold.mode(), applies, hold.from(), hold.exceptions(), hold.phases());
        }

        Hold from(Duration shift) {
            return with(hold.mode(), hold.applies(), hold.from().plus(shift), hold.exceptions(), hold.phases());
        }

        Hold phase(int place, Duration shift) {
            List<Hold.Phase> phases = new ArrayList<>(hold.phases());
            Hold.Phase phase = phases.get(place);
            phases.set(place, new Hold.Phase(phase.from().plus(shift), phase.mode()));
            return with(hold.mode(), hold.applies(), hold.from(), hold.exceptions(), phases);
        }

        Hold mode(Mode mode) {
            return with(mode, hold.applies(), hold.from(), hold.exceptions(), hold.phases());
        }

        Hold exceptions(List<HoldException> exceptions) {
            return with(hold.mode(), hold.applies(), hold.from(), exceptions, hold.phases());
        }

        private Hold with(
                Mode mode, Match applies, Instant from, List<HoldException> exceptions, List<Hold.Phase> phases) {
            return new Hold(
                    hold.id(),
                    hold.version(),
                    hold.title(),
                    mode,
                    applies,
                    from,
                    hold.reviewBy().or(() -> Optional.of(from.plus(Duration.ofDays(1)))),
                    hold.intake(),
                    hold.preserve(),
                    hold.exit(),
                    exceptions,
                    phases,
                    hold.statement());
        }
    }
}
