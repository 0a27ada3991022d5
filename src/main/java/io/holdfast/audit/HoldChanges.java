package io.holdfast.audit;

import io.holdfast.legal.Hold;
import java.time.Instant;
import java.util.Optional;

/** What may be done to holds, as far as the log alone can tell. Each rule answers with what should have been. */
final class HoldChanges {

    private HoldChanges() {}

    static Optional<String> placed(Standing standing, Hold hold) {
        return standing.hold(hold.id()).map(earlier -> "blocked, since a hold of this id stands already");
    }

    static Optional<String> tightened(Standing standing, Hold hold, Instant at) {
        Optional<Hold> earlier = standing.hold(hold.id());
        if (earlier.isEmpty()) {
            return Optional.of("blocked, since no hold of this id stands");
        }
        return hold.version() == earlier.get().version() + 1 && hold.tightens(earlier.get(), at)
                ? Optional.empty()
                : Optional.of("blocked, since it is not the next version, or would let something through");
    }

    /** That an attempt was blocked is checked too: a gateway that blocks what it must not block stops what it should do. */
    static Optional<String> blocked(Standing standing, Event.HoldChangeBlocked attempt) {
        boolean stands = attempt.hold().flatMap(standing::hold).isPresent();
        Event.Blocked expected = switch (attempt.attempt()) {
            case PLACE -> Event.Blocked.ALREADY_PLACED;
            case TIGHTEN -> stands ? Event.Blocked.NOT_A_TIGHTENING : Event.Blocked.NO_SUCH_HOLD;
            case LIFT -> stands ? Event.Blocked.NEEDS_TWO_PEOPLE : Event.Blocked.NO_SUCH_HOLD;
            case PROPOSE, APPROVE, OBJECT, WITHDRAW_OBJECTION, WITHDRAW -> attempt.blocked(); // HoldChangeBook knows
        };
        if (attempt.attempt() == Event.Attempt.PLACE && !stands) {
            return Optional.of("placed, since no hold of this id stands");
        }
        return attempt.blocked() == expected
                ? Optional.empty()
                : Optional.of("blocked as " + expected + ", since "
                        + (stands ? "a hold of this id stands" : "no hold of this id stands"));
    }
}
