package io.holdfast.audit;

import io.holdfast.legal.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people have said of the clocks of one request: what began and ended elsewhere, and when clocks were stopped. */
final class ClockSteps {

    /** @param to nothing while it lasts */
    private record Pause(Stop stop, Instant from, Optional<Instant> to) {}

    /**
     * How a clock runs that can be stopped.
     *
     * @param due if it is stopped, what would be if it had gone on at once
     */
    record Course(Instant due, Duration paused, Optional<Instant> stopped) {}

    /** In the order of the log, so by their beginnings. */
    private final List<Pause> pauses = new ArrayList<>();

    private final Map<ClockName, Instant> started = new EnumMap<>(ClockName.class);
    private final Set<ClockName> ended = EnumSet.noneOf(ClockName.class);

    void next(ClockStep step, Instant at) {
        if (step instanceof ClockStep.Started start) {
            started.putIfAbsent(start.clock(), start.from());
        } else if (step instanceof ClockStep.Stopped stop) {
            if (since(stop.stop()).isEmpty()) {
                pauses.add(new Pause(stop.stop(), at, Optional.empty()));
            }
        } else if (step instanceof ClockStep.Resumed resumed) {
            pauses.replaceAll(
                    pause -> pause.stop() == resumed.stop() && pause.to().isEmpty()
                            ? new Pause(pause.stop(), pause.from(), Optional.of(at))
                            : pause);
        } else if (step instanceof ClockStep.Ended end) {
            ended.add(end.clock());
        }
    }

    /** Since when it is stopped for this; nothing if it is not. */
    Optional<Instant> since(Stop stop) {
        return pauses.stream()
                .filter(pause -> pause.stop() == stop && pause.to().isEmpty())
                .map(Pause::from)
                .findFirst();
    }

    /** Whether it is stopped for anything. */
    boolean isStopped() {
        return pauses.stream().anyMatch(pause -> pause.to().isEmpty());
    }

    /** Whether it is stopped for this, or ever was. */
    boolean wasStopped(Stop stop) {
        return pauses.stream().anyMatch(pause -> pause.stop() == stop);
    }

    Optional<Instant> started(ClockName name) {
        return Optional.ofNullable(started.get(name));
    }

    boolean isEnded(ClockName name) {
        return ended.contains(name);
    }

    /**
     * When the time is over if these stop it. Stops that overlap count once. What stops it only after it was over stops
     * nothing.
     */
    Course course(Instant from, Duration within, Set<Stop> stops) {
        Instant due = from.plus(within);
        Duration paused = Duration.ZERO;
        Instant counted = from;
        for (Pause pause : pauses) {
            Instant begin = pause.from().isAfter(counted) ? pause.from() : counted;
            if (!stops.contains(pause.stop())
                    || pause.to().filter(to -> !to.isAfter(begin)).isPresent()) {
                continue;
            }
            if (!begin.isBefore(due)) {
                break;
            }
            if (pause.to().isEmpty()) {
                return new Course(due, paused, Optional.of(begin));
            }
            Duration length = Duration.between(begin, pause.to().get());
            due = due.plus(length);
            paused = paused.plus(length);
            counted = pause.to().get();
        }
        return new Course(due, paused, Optional.empty());
    }
}
