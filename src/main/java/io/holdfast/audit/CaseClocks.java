package io.holdfast.audit;

import io.holdfast.legal.Deadline;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
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
 * they are answers, and a request that is taken up again after one counts from then. A {@link io.holdfast.legal.Stop} that no entry tells of stops nothing: of two readings the earlier.
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
    private boolean isReleased;
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
        if (event instanceof Event.RequestDecided decided) {
            receipt = receipt.or(() -> Optional.of(at));
            issued = decided.facts().issuedAt();
            decision = OptionalLong.of(stored.index());
            decided(decided.decision());
        } else if (event instanceof Event.ApprovalGiven) {
            look = Optional.of(at);
        } else if (event instanceof Event.Delivered) {
            delivered = delivered.or(() -> Optional.of(at));
        } else if (event instanceof Event.CaseShredded) {
            isShredded = true;
        } else if (event instanceof Event.ClockWarned clock) {
            warned = with(warned, clock);
        } else if (event instanceof Event.ClockBreached clock) {
            breached = with(breached, clock);
        }
    }

    private void decided(Decision latest) {
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
            from(name)
                    .ifPresent(from ->
                            within(name).ifPresent(within -> running.add(clock(name, from, from.plus(within)))));
        }
        return running;
    }

    /** Whether a clock runs, or one begins with a step that is still to come and needs no new decision. */
    public boolean isOpen() {
        boolean mayBegin = delivered.isEmpty()
                && (!asked.clocks().isEmpty() || asked.preservation().isPresent());
        return !isShredded && (mayBegin || !running().isEmpty());
    }

    /** Whether a later entry on the request may rest on what is known of it here; after an answer it begins anew. */
    boolean mayMatter() {
        return isOpen() || !isShredded && delivered.isEmpty() && !isAnswered;
    }

    private Optional<Instant> from(ClockName name) {
        return switch (name) {
            case ANSWER, OBJECT -> delivered.isPresent() ? Optional.empty() : receipt;
            case VALIDATE -> issued;
            case FOLLOW_UP -> delivered;
            case REVIEW_SECRECY -> look.or(() -> receipt);
            case PRESERVATION -> isReleased ? receipt : Optional.empty();
        };
    }

    private Optional<Duration> within(ClockName name) {
        return name.step()
                .map(step -> asked.clock(step).map(Deadline::within))
                .orElseGet(() -> asked.preservation().map(Preservation::period));
    }

    private CaseClock clock(ClockName name, Instant from, Instant due) {
        CaseClock.State told = CaseClock.State.RUNNING;
        if (breached.contains(new Event.ClockBreached(name, due))) {
            told = CaseClock.State.BREACHED;
        } else if (warned.contains(new Event.ClockWarned(name, due))) {
            told = CaseClock.State.WARNED;
        }
        return new CaseClock(name, from, due, told);
    }

    /** What has to be written now. Whoever missed the time to warn says at once that the time is over. */
    public List<Event> dueAt(Instant at, Warning warning) {
        List<Event> due = new ArrayList<>();
        for (CaseClock clock : running()) {
            if (clock.told() == CaseClock.State.BREACHED) {
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
                .filter(clock -> clock.told() != CaseClock.State.BREACHED)
                .map(clock -> clock.told() == CaseClock.State.WARNED ? clock.due() : warning.from(clock))
                .min(Instant::compareTo);
    }

    /**
     * What should have been instead of this entry; nothing if it is right. How long before the end a warning comes is the
     * operator's choice, so it is right at any time before that.
     *
     * @param event {@code clock-warned} or {@code clock-breached}; every other is right
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
        return Optional.empty();
    }

    private Optional<String> objection(
            ClockName name, Instant due, OptionalLong answers, boolean isInTime, String inTime) {
        Optional<CaseClock> clock =
                running().stream().filter(one -> one.name() == name).findFirst();
        if (clock.isEmpty()) {
            return Optional.of("nothing, since no such clock runs on it");
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
