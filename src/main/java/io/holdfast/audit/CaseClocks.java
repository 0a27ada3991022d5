package io.holdfast.audit;

import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which clocks run on one request, and until when: the fold of the entries on it. The desk asks it before it writes, and
 * replay asks it again.
 *
 * <p>The times are those of the latest decision that asked for something, counted as exact durations. A hold of the platform
 * stops no clock of the law, so a decision that holds the request leaves them running; a refusal and a return end them, since
 * they are answers, and a request that is taken up again after one counts from then. A {@link Stop} counts from the entry that
 * tells of it until the one that says that it is over, and then the clock goes on with what was left; one that no entry tells of
 * stops nothing: of two readings the earlier.
 *
 * <p>Nothing follows from a time that is over, but that people are told.
 */
public final class CaseClocks {

    private Optional<Instant> receipt = Optional.empty();
    private Optional<Instant> issued = Optional.empty();
    private Optional<Instant> look = Optional.empty();
    private Optional<Instant> delivered = Optional.empty();
    private Obligations asked = Obligations.NONE;
    private OptionalLong decision = OptionalLong.empty();
    private ClockSteps steps = new ClockSteps();
    private final KeptCopy copy = new KeptCopy();
    private boolean isReleased;
    private boolean isReleasedNow;
    private boolean isAnswered;
    private boolean isShredded;
    private Set<Event.ClockWarned> warned = Set.of();
    private Set<Event.ClockBreached> breached = Set.of();

    /** @param entries all on one request, oldest first */
    public static CaseClocks of(Collection<Stored> entries) {
        CaseClocks clocks = new CaseClocks();
        entries.forEach(clocks::next);
        return clocks;
    }

    /** Takes over the next entry on the request; those that start, end or move no clock change nothing. */
    public void next(Stored stored) {
        Event event = stored.entry().event();
        Instant at = stored.entry().envelope().at();
        copy.next(stored);
        if (event instanceof Event.RequestDecided decided) {
            receipt = receipt.or(() -> Optional.of(at));
            issued = decided.facts().issuedAt();
            decision = OptionalLong.of(stored.index());
            decided(decided.decision());
        } else if (event instanceof Event.ApprovalGiven) {
            look = Optional.of(at);
        } else if (event instanceof Event.Delivered) {
            delivered = delivered.or(() -> Optional.of(at));
        } else if (event instanceof Event.ClockStepped stepped) {
            steps.next(stepped.step(), at);
        } else if (event instanceof Event.CaseShredded) {
            isShredded = true;
        } else if (event instanceof Event.ClockWarned clock) {
            warned = with(warned, clock);
        } else if (event instanceof Event.ClockBreached clock) {
            breached = with(breached, clock);
        }
    }

    private void decided(Decision latest) {
        isReleasedNow = latest instanceof Decision.Released;
        if (delivered.isPresent()) {
            return; // what was asked when the data left stays asked
        }
        asked = latest.match(new Asked(asked));
        isReleased |= latest instanceof Decision.Released;
        isAnswered = latest instanceof Decision.Refused || latest instanceof Decision.Returned;
        if (isAnswered) {
            receipt = Optional.empty();
            look = Optional.empty();
            isReleased = false;
            steps = new ClockSteps();
            warned = Set.of();
            breached = Set.of();
        }
    }

    private static <T> Set<T> with(Set<T> some, T one) {
        Set<T> more = new HashSet<>(some);
        more.add(one);
        return Set.copyOf(more);
    }

    /** The index of the latest decision, if there is one. */
    public OptionalLong decision() {
        return decision;
    }

    /** Those that run, at most one of each name, in the order of the names. */
    public List<CaseClock> running() {
        List<CaseClock> running = new ArrayList<>();
        if (isShredded) {
            return running;
        }
        for (ClockName name : ClockName.values()) {
            from(name).ifPresent(from -> within(name).ifPresent(within -> running.add(clock(name, from, within))));
        }
        return running;
    }

    /** Whether a clock runs, or one begins with a step that is still to come and needs no new decision. */
    public boolean isOpen() {
        boolean mayBegin = delivered.isEmpty()
                && (!asked.clocks().isEmpty() || asked.preservation().isPresent() && !copy.isEnded());
        boolean mayBeSaid = steps.isStopped()
                || asked.clock(Step.AUTHORITY_OBJECTS).isPresent()
                || asked.clock(Step.RUN).isPresent();
        return !isShredded && (mayBegin || mayBeSaid || !running().isEmpty());
    }

    /** Whether a later entry on the request may rest on what is known of it here; after an answer it begins anew. */
    boolean mayMatter() {
        return isOpen() || !isShredded && delivered.isEmpty() && !isAnswered;
    }

    private Optional<Instant> from(ClockName name) {
        return switch (name) {
            case ANSWER -> isDelivered() ? Optional.empty() : receipt;
            case OBJECT -> isDelivered() || steps.wasStopped(Stop.OBJECTION) ? Optional.empty() : receipt;
            case CLARIFY -> isDelivered() ? Optional.empty() : steps.since(Stop.QUESTION);
            case AUTHORITY_OBJECTS ->
                steps.isEnded(name) || steps.wasStopped(Stop.GROUND_RAISED) ? Optional.empty() : steps.started(name);
            case RUN -> steps.isEnded(name) ? Optional.empty() : steps.started(name);
            case VALIDATE -> steps.isEnded(name) ? Optional.empty() : issued;
            case FOLLOW_UP -> steps.isEnded(name) ? Optional.empty() : delivered;
            case REVIEW_SECRECY -> look.or(() -> receipt);
            case PRESERVATION -> isReleased && !copy.isEnded() && !copy.isOpenEnded() ? receipt : Optional.empty();
        };
    }

    private Optional<Duration> within(ClockName name) {
        return name.step()
                .map(step -> asked.clock(step).map(Deadline::within))
                .orElseGet(() -> asked.preservation()
                        .map(law -> copy.isExtended()
                                ? law.period().plus(law.extension().orElse(Duration.ZERO))
                                : law.period()));
    }

    private boolean isDelivered() {
        return delivered.isPresent();
    }

    private CaseClock clock(ClockName name, Instant from, Duration within) {
        Optional<Deadline> deadline = name.step().flatMap(asked::clock);
        ClockSteps.Course course =
                steps.course(from, within, deadline.map(Deadline::stops).orElse(Set.of()));
        return new CaseClock(
                name,
                from,
                course.due(),
                course.stopped().isPresent() ? CaseClock.State.STOPPED : told(name, course.due()),
                course.paused(),
                course.stopped(),
                deadline.flatMap(Deadline::silence));
    }

    private CaseClock.State told(ClockName name, Instant due) {
        CaseClock.State told = CaseClock.State.RUNNING;
        if (breached.contains(new Event.ClockBreached(name, due))) {
            told = CaseClock.State.BREACHED;
        } else if (warned.contains(new Event.ClockWarned(name, due))) {
            told = CaseClock.State.WARNED;
        }
        return told;
    }

    /**
     * Why a person cannot say this of the clocks now; nothing if they can. Who they are and where, is not asked here.
     */
    public Optional<Event.Blocked> objection(ClockStep step, Instant at) {
        if (isShredded) {
            return Optional.of(Event.Blocked.SHREDDED);
        }
        if (step instanceof ClockStep.Started started) {
            return objection(started, at);
        }
        if (step instanceof ClockStep.Ended ended) {
            return objection(ended);
        }
        return step instanceof ClockStep.Stopped stopped ? objection(stopped) : objection((ClockStep.Resumed) step, at);
    }

    private Optional<Event.Blocked> objection(ClockStep.Started started, Instant at) {
        ClockName name = started.clock();
        if (name.step().flatMap(asked::clock).isEmpty()) {
            return Optional.of(Event.Blocked.NO_SUCH_CLOCK);
        }
        boolean isOver = name == ClockName.AUTHORITY_OBJECTS && steps.wasStopped(Stop.GROUND_RAISED);
        if (isOver || steps.isEnded(name) || steps.started(name).isPresent()) {
            return Optional.of(Event.Blocked.ALREADY_SAID);
        }
        if (name == ClockName.RUN && !isReleasedNow) {
            return Optional.of(Event.Blocked.NOT_RELEASED);
        }
        boolean isBeforeIssue = issued.filter(started.from()::isBefore).isPresent();
        return isBeforeIssue || started.from().isAfter(at) ? Optional.of(Event.Blocked.WRONG_TIMES) : Optional.empty();
    }

    private Optional<Event.Blocked> objection(ClockStep.Ended ended) {
        if (steps.isEnded(ended.clock())) {
            return Optional.of(Event.Blocked.ALREADY_SAID);
        }
        return running().stream().noneMatch(clock -> clock.name() == ended.clock())
                ? Optional.of(Event.Blocked.NO_SUCH_CLOCK)
                : Optional.empty();
    }

    private Optional<Event.Blocked> objection(ClockStep.Stopped stopped) {
        if (steps.since(stopped.stop()).isPresent()) {
            return Optional.of(Event.Blocked.ALREADY_SAID);
        }
        return mayStop(stopped.stop()) ? Optional.empty() : Optional.of(Event.Blocked.NO_SUCH_CLOCK);
    }

    private boolean mayStop(Stop stop) {
        boolean isAsked = asked.clock(stepOf(stop)).isPresent()
                || asked.clocks().stream().anyMatch(clock -> clock.stops().contains(stop));
        return isAsked && (!isDelivered() || stop == Stop.GROUND_RAISED);
    }

    /** Whose time has to do with it: that to answer the question, to object, to raise the ground. */
    private static Step stepOf(Stop stop) {
        return switch (stop) {
            case QUESTION -> Step.CLARIFY;
            case OBJECTION -> Step.OBJECT;
            case GROUND_RAISED -> Step.AUTHORITY_OBJECTS;
        };
    }

    private Optional<Event.Blocked> objection(ClockStep.Resumed resumed, Instant at) {
        if (steps.since(resumed.stop()).isEmpty()) {
            return Optional.of(Event.Blocked.NOT_STOPPED);
        }
        if (resumed.because() != Resumption.TIME_OVER) {
            return Optional.empty();
        }
        Optional<CaseClock> clarify = running().stream()
                .filter(clock -> clock.name() == ClockName.CLARIFY)
                .findFirst();
        if (clarify.isEmpty()) {
            return Optional.of(Event.Blocked.NO_SUCH_CLOCK);
        }
        return at.isBefore(clarify.get().due()) ? Optional.of(Event.Blocked.TOO_EARLY) : Optional.empty();
    }

    /** What has to be written now. Whoever missed the time to warn says at once that the time is over. */
    public List<Event> dueAt(Instant at, Warning warning) {
        List<Event> due = new ArrayList<>();
        for (CaseClock clock : running()) {
            if (clock.told() == CaseClock.State.BREACHED || clock.told() == CaseClock.State.STOPPED) {
                continue;
            }
            if (!at.isBefore(clock.due())) {
                due.add(new Event.ClockBreached(clock.name(), clock.due()));
            } else if (clock.told() == CaseClock.State.RUNNING && !at.isBefore(warning.from(clock))) {
                due.add(new Event.ClockWarned(clock.name(), clock.due()));
            }
        }
        return due;
    }

    /** The next instant at which something has to be written, if no entry comes before. */
    public Optional<Instant> nextAt(Warning warning) {
        return running().stream()
                .filter(clock -> clock.told() != CaseClock.State.BREACHED && clock.told() != CaseClock.State.STOPPED)
                .map(clock -> clock.told() == CaseClock.State.WARNED ? clock.due() : warning.from(clock))
                .min(Instant::compareTo);
    }

    /**
     * What should have been instead of this entry; nothing if it is right. How long before the end a warning comes is the
     * operator's choice, so it is right at any time before that.
     *
     * @param event one about clocks; every other is right
     * @param answers the entry that it answers
     */
    Optional<String> objection(Event event, OptionalLong answers, Instant at) {
        if (event instanceof Event.ClockWarned clock) {
            return objection(clock.clock(), clock.due(), answers, clock.due().isAfter(at), "before its time is over")
                    .or(() -> warned.contains(clock)
                                    || breached.contains(new Event.ClockBreached(clock.clock(), clock.due()))
                            ? Optional.of("nothing, since it was said before")
                            : Optional.empty());
        }
        if (event instanceof Event.ClockBreached clock) {
            return objection(clock.clock(), clock.due(), answers, !clock.due().isAfter(at), "when its time is over")
                    .or(() -> breached.contains(clock)
                            ? Optional.of("nothing, since it was said before")
                            : Optional.empty());
        }
        if (event instanceof Event.ClockStepped stepped) {
            return objection(stepped.step(), at)
                    .map(why -> "blocked as " + why)
                    .or(() -> answers.equals(decision)
                            ? Optional.empty()
                            : Optional.of("an answer to the latest decision on it"));
        }
        return event instanceof Event.ClockStepBlocked blocked ? wronglyBlocked(blocked, at) : Optional.empty();
    }

    /** Who somebody is and where (NOT_PERMITTED, LOCATED_THERE) the open part does not say: that is taken as it stands. */
    private Optional<String> wronglyBlocked(Event.ClockStepBlocked blocked, Instant at) {
        return switch (blocked.blocked()) {
            case NOT_PERMITTED, NOT_A_PERSON, LOCATED_THERE, SHREDDED -> Optional.empty();
            default -> {
                Optional<Event.Blocked> why = objection(blocked.step(), at);
                yield why.equals(Optional.of(blocked.blocked()))
                        ? Optional.empty()
                        : Optional.of(
                                why.map(it -> "blocked as " + it).orElse("counted, since nothing stood against it"));
            }
        };
    }

    private Optional<String> objection(
            ClockName name, Instant due, OptionalLong answers, boolean isInTime, String inTime) {
        Optional<CaseClock> clock =
                running().stream().filter(one -> one.name() == name).findFirst();
        if (clock.isEmpty()) {
            return Optional.of("nothing, since no such clock runs on it");
        }
        if (clock.get().told() == CaseClock.State.STOPPED) {
            return Optional.of("nothing, since that clock is stopped");
        }
        if (!clock.get().due().equals(due)) {
            return Optional.of("due at " + clock.get().due() + ", as the latest decision asks");
        }
        if (!answers.equals(decision)) {
            return Optional.of("an answer to the latest decision on it");
        }
        return isInTime ? Optional.empty() : Optional.of(inTime);
    }

    /** What is asked after a decision. */
    private record Asked(Obligations before) implements Decision.Cases<Obligations> {
        @Override
        public Obligations held(Decision.Held decision) {
            return before;
        }

        @Override
        public Obligations refused(Decision.Refused decision) {
            return Obligations.NONE;
        }

        @Override
        public Obligations returned(Decision.Returned decision) {
            return Obligations.NONE;
        }

        @Override
        public Obligations referred(Decision.Referred decision) {
            return decision.obligations();
        }

        @Override
        public Obligations released(Decision.Released decision) {
            return decision.obligations();
        }
    }
}
