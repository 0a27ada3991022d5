package io.holdfast.audit;

import io.holdfast.legal.Resumption;
import io.holdfast.legal.Stop;
import java.time.Instant;

/** What a person says of a clock, because it happened where no entry tells of it. Closed words and dates only. */
public sealed interface ClockStep {

    /** As an attempt at it is recorded. */
    enum Kind {
        START,
        STOP,
        RESUME,
        END
    }

    Kind kind();

    /** @param from when it began: when the authority was notified, when live data began to be taken */
    record Started(ClockName clock, Instant from) implements ClockStep {
        public Started {
            if (!clock.isStartedByPeople()) {
                throw new IllegalArgumentException("clock: nobody starts " + clock.code());
            }
        }

        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    /** From now on every clock that this stops is stopped. */
    record Stopped(Stop stop) implements ClockStep {
        @Override
        public Kind kind() {
            return Kind.STOP;
        }
    }

    /** What had stopped is over, and the clocks go on with what was left. */
    record Resumed(Stop stop, Resumption because) implements ClockStep {
        public Resumed {
            if (!because.ends(stop)) {
                throw new IllegalArgumentException("because: " + because.code() + " does not end " + stop.code());
            }
        }

        @Override
        public Kind kind() {
            return Kind.RESUME;
        }
    }

    /** What the clock waits for has happened. */
    record Ended(ClockName clock) implements ClockStep {
        public Ended {
            if (!clock.isEndedByPeople()) {
                throw new IllegalArgumentException("clock: nobody ends " + clock.code());
            }
        }

        @Override
        public Kind kind() {
            return Kind.END;
        }
    }
}
