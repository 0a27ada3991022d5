package io.holdfast.audit;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Preservation;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How long a copy is kept for one request: the fold of the entries on it. The desk asks it before it writes, and replay asks it
 * again. The law's times are those of the decision under which the store was told, counted from receipt.
 */
public final class KeptCopy {

    /** Where a request for production can still lead to data. */
    private static final Set<CaseState> MAY_BE_PRODUCED = EnumSet.of(
            CaseState.HELD,
            CaseState.REFERRED,
            CaseState.REVIEWED,
            CaseState.RELEASED,
            CaseState.ACCESSED,
            CaseState.PACKAGED);

    private Optional<Instant> receipt = Optional.empty();
    private Optional<Preservation> law = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private boolean isExtended;
    private Optional<String> production = Optional.empty();
    private boolean isEnded;
    private boolean isDropped;

    /** @param entries all on one request, oldest first */
    public static KeptCopy of(Collection<Stored> entries) {
        KeptCopy copy = new KeptCopy();
        entries.forEach(copy::next);
        return copy;
    }

    /** Takes over the next entry on the request; those that are about something else change nothing. */
    public void next(Stored stored) {
        if (stored.entry().event() instanceof Event.RequestDecided decided) {
            receipt = receipt.or(() -> Optional.of(stored.entry().envelope().at()));
            if (until.isEmpty()) {
                law = decided.decision() instanceof Decision.Released released
                        ? released.obligations().preservation()
                        : Optional.empty();
            }
        } else if (stored.entry().event() instanceof Event.CopyStepped stepped) {
            next(stepped.step());
        }
    }

    private void next(CopyStep step) {
        if (step instanceof CopyStep.Preserved preserved) {
            until = Optional.of(preserved.until());
        } else if (step instanceof CopyStep.Extended extended) {
            until = Optional.of(extended.until());
            isExtended = true;
        } else if (step instanceof CopyStep.Linked linked) {
            production = Optional.of(linked.request());
        } else if (step instanceof CopyStep.Ended) {
            isEnded = true;
        } else if (step instanceof CopyStep.Dropped) {
            isDropped = true;
        }
    }

    /** Until when it would be kept if the store is told now; nothing if no such order is released. */
    public Optional<Instant> firstUntil() {
        return receipt.flatMap(from -> law.map(it -> from.plus(it.period())));
    }

    /** Until when it would be kept after the extension; nothing if the law has none. */
    public Optional<Instant> extendedUntil() {
        return firstUntil()
                .flatMap(first -> law.flatMap(Preservation::extension).map(first::plus));
    }

    /** Until when it is kept, if nothing else is said; nothing if the store was not told yet. */
    public Optional<Instant> until() {
        return until;
    }

    /** Whether it is kept, as far as the log says. */
    public boolean isKept() {
        return until.isPresent() && !isEnded;
    }

    public boolean isExtended() {
        return isExtended;
    }

    public boolean isEnded() {
        return isEnded;
    }

    public boolean isDropped() {
        return isDropped;
    }

    /** The request for production that it is kept for. */
    public Optional<String> production() {
        return production;
    }

    /** Whether it is kept without an end, since production was asked for and the law says so. */
    public boolean isOpenEnded() {
        return production.isPresent() && law.filter(Preservation::untilProduced).isPresent();
    }

    /**
     * Why this cannot follow now; nothing if it can. Whether the request is released is not asked here.
     *
     * @param stateOf where another request stands; {@code UNDECIDED} if there is none
     */
    public Optional<Event.Blocked> objection(CopyStep step, Instant at, Function<String, CaseState> stateOf) {
        if (step instanceof CopyStep.Preserved preserved) {
            return until.isEmpty() && firstUntil().equals(Optional.of(preserved.until()))
                    ? Optional.empty()
                    : Optional.of(Event.Blocked.WRONG_TIMES);
        }
        if (step instanceof CopyStep.Failed) {
            return Optional.empty();
        }
        if (step instanceof CopyStep.Dropped) {
            return isEnded && !isDropped ? Optional.empty() : Optional.of(Event.Blocked.NO_SUCH_COPY);
        }
        if (!isKept()) {
            return Optional.of(Event.Blocked.NO_SUCH_COPY);
        }
        if (step instanceof CopyStep.Extended extended) {
            return extension(extended, at);
        }
        return step instanceof CopyStep.Linked linked
                ? link(linked, at, stateOf)
                : end((CopyStep.Ended) step, at, stateOf);
    }

    private Optional<Event.Blocked> extension(CopyStep.Extended extended, Instant at) {
        if (extendedUntil().isEmpty()) {
            return Optional.of(Event.Blocked.NOT_EXTENDABLE);
        }
        if (isExtended) {
            return Optional.of(Event.Blocked.ALREADY_SAID);
        }
        if (isOver(at)) {
            return Optional.of(Event.Blocked.TOO_LATE);
        }
        return extendedUntil().equals(Optional.of(extended.until()))
                ? Optional.empty()
                : Optional.of(Event.Blocked.WRONG_TIMES);
    }

    private Optional<Event.Blocked> link(CopyStep.Linked linked, Instant at, Function<String, CaseState> stateOf) {
        if (production.isPresent()) {
            return Optional.of(Event.Blocked.ALREADY_SAID);
        }
        if (isOver(at)) {
            return Optional.of(Event.Blocked.TOO_LATE);
        }
        return mayBeProduced(linked.request(), stateOf) || isProduced(linked.request(), stateOf)
                ? Optional.empty()
                : Optional.of(Event.Blocked.NO_SUCH_REQUEST);
    }

    private Optional<Event.Blocked> end(CopyStep.Ended ended, Instant at, Function<String, CaseState> stateOf) {
        boolean isRight = switch (ended.because()) {
            case PRODUCED -> isProduced(stateOf);
            case EXPIRED -> isExpired(at, stateOf);
            case WITHDRAWN -> true;
        };
        return isRight ? Optional.empty() : Optional.of(Event.Blocked.TOO_EARLY);
    }

    /** Whether what it is kept for was handed over. */
    public boolean isProduced(Function<String, CaseState> stateOf) {
        return production.filter(request -> isProduced(request, stateOf)).isPresent();
    }

    /** Whether its time is over, and nothing keeps it beyond that. */
    public boolean isExpired(Instant at, Function<String, CaseState> stateOf) {
        return isKept()
                && isOver(at)
                && !(isOpenEnded()
                        && production.filter(it -> mayBeProduced(it, stateOf)).isPresent());
    }

    private boolean isOver(Instant at) {
        return until.filter(end -> !at.isBefore(end)).isPresent();
    }

    private static boolean mayBeProduced(String request, Function<String, CaseState> stateOf) {
        return MAY_BE_PRODUCED.contains(stateOf.apply(request));
    }

    private static boolean isProduced(String request, Function<String, CaseState> stateOf) {
        return stateOf.apply(request) == CaseState.DELIVERED;
    }
}
