package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run of the rules over one request. The order is fixed: the facts, the paper, the holds, the grants, the
 * obligations. The holds that cover the request are recorded whichever step decides.
 */
final class Evaluation {

    /** What goes through an exception is looked at by two people, whatever its grant asks. */
    private static final int APPROVALS_OF_AN_EXCEPTION = 2;

    private static final Comparator<Hold> REVIEWED_SOONEST = Comparator.comparing(
                    (Hold hold) -> hold.reviewBy().orElse(Instant.MAX))
            .thenComparing(Hold::reference);

    private final Rulebook rulebook;
    private final Facts facts;
    private final HoldsInForce holds;
    private final Instant at;
    private final List<Hold> covering = new ArrayList<>(2);
    private final List<Hold> coming = new ArrayList<>(0);
    private final List<Cell> cells = new ArrayList<>(4);

    Evaluation(Rulebook rulebook, Facts facts, HoldsInForce holds, Instant at) {
        this.rulebook = rulebook;
        this.facts = facts;
        this.holds = holds;
        this.at = at;
        for (Hold hold : holds.holds()) {
            if (touches(hold)) {
                (hold.standsAt(at) ? covering : coming).add(hold);
            }
        }
    }

    Decision decision() {
        if (!rulebook.isLoaded()) {
            return refused(EnumSet.of(Reason.RULEBOOK_UNAVAILABLE));
        }
        List<String> missing = rulebook.vocabulary().missing(facts);
        if (!missing.isEmpty()) {
            return new Decision.Returned(basis(EnumSet.of(Reason.FACT_MISSING)), missing);
        }
        for (DataCategory category : EnumSet.copyOf(facts.categories())) {
            cells.add(Cell.of(facts, category, covering, rulebook.grantTable(), at));
        }
        EnumSet<Reason> invalid = invalid();
        if (!invalid.isEmpty()) {
            cells.stream()
                    .filter(Cell::isRefusedByHold)
                    .forEach(cell -> invalid.add(cell.stopped().orElseThrow()));
            return refused(invalid);
        }
        return cells.stream().anyMatch(Cell::isPermitted) ? permitted() : stopped();
    }

    /** Empty unless the decision got as far as the cells. */
    List<Cell> cells() {
        return cells;
    }

    List<Hold> covering() {
        return covering;
    }

    private boolean touches(Hold hold) {
        for (DataCategory category : facts.categories()) {
            if (hold.applies().touches(facts, category)) {
                return true;
            }
        }
        // Nobody knows the category: a hold that names none covers the request all the same.
        return facts.categories().isEmpty() && hold.applies().touches(facts, DataCategory.UNKNOWN);
    }

    /** What is wrong with the paper or with the way it came. */
    private EnumSet<Reason> invalid() {
        EnumSet<Reason> invalid = EnumSet.noneOf(Reason.class);
        if (!rulebook.treatyTable().isOpen(facts, at)) {
            invalid.add(Reason.CHANNEL_SUSPENDED);
        }
        if (at.isBefore(facts.issuedAt().orElseThrow())) {
            invalid.add(Reason.INSTRUMENT_NOT_YET_VALID);
        }
        if (!at.isBefore(facts.expiresAt().orElseThrow())) {
            invalid.add(Reason.INSTRUMENT_EXPIRED);
        }
        return invalid;
    }

    /** Never beats deny, deny beats hold, and a hold beats the silence of the rules. */
    private Decision stopped() {
        EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
        cells.forEach(cell -> reasons.add(cell.stopped().orElseThrow()));
        boolean isHeld =
                reasons.contains(Reason.HELD_PENDING_REVIEW) && cells.stream().noneMatch(Cell::isRefusedByHold);
        if (!isHeld) {
            return refused(reasons);
        }
        Hold hold = cells.stream()
                .flatMap(cell -> cell.pausing().stream())
                .min(REVIEWED_SOONEST)
                .orElseThrow();
        return new Decision.Held(basis(reasons), hold.reference(), hold.reviewBy());
    }

    private Decision permitted() {
        boolean isExcepted = cells.stream().anyMatch(cell -> cell.isPermitted() && cell.isExcepted());
        Obligations obligations = obligations();
        boolean peopleOnly =
                cells.stream().flatMap(cell -> cell.grants().stream()).anyMatch(Grant::peopleOnly);
        boolean isReleased = !peopleOnly && facts.approvals() >= obligations.approvals();
        EnumSet<Reason> reasons = EnumSet.of(isReleased ? Reason.PERMITTED : Reason.APPROVALS_OUTSTANDING);
        if (isExcepted) {
            reasons.add(Reason.EXCEPTION_APPLIES);
        }
        return isReleased
                ? new Decision.Released(basis(reasons), scope(), obligations)
                : new Decision.Referred(basis(reasons), scope(), obligations);
    }

    /**
     * Of every grant and every exception that reaches a cell, also of a cell that a hold stops: otherwise a hold on the
     * part that needs approvals would set the rest free, and adding a hold must never add a release.
     */
    private Obligations obligations() {
        Obligations all = null;
        int approvals = 0;
        for (Cell cell : cells) {
            for (Grant grant : cell.grants()) {
                all = all == null ? grant.obligations() : all.and(grant.obligations());
                approvals = cell.isExcepted() ? APPROVALS_OF_AN_EXCEPTION : approvals;
            }
        }
        return all.atLeast(approvals).under(facts.nonDisclosure());
    }

    private Scope scope() {
        Set<DataCategory> granted = EnumSet.noneOf(DataCategory.class);
        Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
        for (Cell cell : cells) {
            cell.stopped()
                    .ifPresentOrElse(
                            reason -> withheld.put(cell.category(), reason), () -> granted.add(cell.category()));
        }
        return new Scope(granted, withheld);
    }

    private Decision refused(EnumSet<Reason> reasons) {
        return new Decision.Refused(basis(reasons));
    }

    /**
     * @param reasons a set in the order of the enumeration, which is that of importance
     */
    private Decision.Basis basis(EnumSet<Reason> reasons) {
        Set<String> grants = new TreeSet<>();
        Set<String> exceptions = new TreeSet<>();
        for (Cell cell : cells) {
            cell.grants().forEach(grant -> grants.add(grant.id()));
            // An exception that let nothing through was of no use, so it was not used.
            exceptions.addAll(cell.isPermitted() ? cell.lifted() : List.of());
        }
        Set<String> references = new TreeSet<>();
        covering.forEach(hold -> references.add(hold.reference()));
        return new Decision.Basis(
                List.copyOf(reasons),
                List.copyOf(references),
                List.copyOf(exceptions),
                List.copyOf(grants),
                rulebook.digest(),
                holds.epoch(),
                nextChangeAt());
    }

    /** A review date is not among these: it alarms, and changes no answer. */
    private Optional<Instant> nextChangeAt() {
        Turn turn = new Turn(at);
        coming.forEach(hold -> turn.at(hold.from()));
        coming.forEach(hold -> hold.phases().forEach(phase -> turn.at(phase.from())));
        covering.forEach(hold -> hold.phases().forEach(phase -> turn.at(phase.from())));
        facts.issuedAt().ifPresent(turn::at);
        facts.expiresAt().ifPresent(turn::at);
        rulebook.grantTable().nextTurnAfter(facts, at).ifPresent(turn::at);
        rulebook.treatyTable().nextTurnAfter(facts, at).ifPresent(turn::at);
        return turn.nearest();
    }

    /** The nearest of several instants that lie ahead. */
    private static final class Turn {
        private final Instant now;
        private Instant nearest;

        Turn(Instant now) {
            this.now = now;
        }

        void at(Instant instant) {
            if (instant.isAfter(now) && (nearest == null || instant.isBefore(nearest))) {
                nearest = instant;
            }
        }

        Optional<Instant> nearest() {
            return Optional.ofNullable(nearest);
        }
    }
}
