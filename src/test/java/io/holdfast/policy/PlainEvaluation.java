package io.holdfast.policy;

import io.holdfast.legal.Assurance;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules applied as they are written down in {@code docs/reference/policy-format.md}: category by category, condition by
 * condition, with nothing prepared. Slow, and there to be read: {@link Evaluation} must decide the same.
 */
final class PlainEvaluation {

    private static final Comparator<Hold> REVIEWED_SOONEST = Comparator.comparing(
                    (Hold hold) -> hold.reviewBy().orElse(Instant.MAX))
            .thenComparing(Hold::reference);

    private record Cell(
            DataCategory category,
            Optional<Reason> stopped,
            boolean byHold,
            List<Hold> pausing,
            List<String> lifted,
            List<Grant> grants) {

        boolean isPermitted() {
            return stopped.isEmpty();
        }

        boolean isRefusedByHold() {
            return byHold && stopped.orElseThrow() != Reason.HELD_PENDING_REVIEW;
        }
    }

    private final Rulebook rulebook;
    private final Facts facts;
    private final HoldsInForce holds;
    private final Instant at;
    private final List<Hold> covering = new ArrayList<>();
    private final List<Hold> coming = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();

    private PlainEvaluation(Rulebook rulebook, Facts facts, HoldsInForce holds, Instant at) {
        this.rulebook = rulebook;
        this.facts = facts;
        this.holds = holds;
        this.at = at;
        for (Hold hold : holds.holds()) {
            if (asked().stream().anyMatch(category -> hold.applies().touches(facts, category))) {
                (hold.standsAt(at) ? covering : coming).add(hold);
            }
        }
    }

    static Decision decide(Rulebook rulebook, Facts facts, HoldsInForce holds, Instant at) {
        return new PlainEvaluation(rulebook, facts, holds, at).decision();
    }

    private Set<DataCategory> asked() {
        return facts.categories().isEmpty() ? Set.of(DataCategory.UNKNOWN) : facts.categories();
    }

    private Decision decision() {
        List<String> missing = rulebook.vocabulary().missing(facts);
        if (!missing.isEmpty()) {
            return new Decision.Returned(basis(EnumSet.of(Reason.FACT_MISSING)), missing);
        }
        EnumSet.copyOf(facts.categories()).forEach(category -> cells.add(cell(category)));
        EnumSet<Reason> invalid = invalid();
        if (!invalid.isEmpty()) {
            cells.stream()
                    .filter(Cell::isRefusedByHold)
                    .forEach(cell -> invalid.add(cell.stopped().orElseThrow()));
            return new Decision.Refused(basis(invalid));
        }
        return cells.stream().anyMatch(Cell::isPermitted) ? permitted() : stopped();
    }

    private Cell cell(DataCategory category) {
        Reason stopped = null;
        List<Hold> pausing = new ArrayList<>();
        List<String> lifted = new ArrayList<>();
        for (Hold hold : covering) {
            Mode mode = hold.modeAt(at);
            Optional<Reason> effect =
                    hold.applies().touches(facts, category) ? effect(mode, category) : Optional.empty();
            if (effect.isEmpty() || isLifted(hold, mode, category, lifted)) {
                continue;
            }
            if (effect.get() == Reason.HELD_PENDING_REVIEW) {
                pausing.add(hold);
            }
            if (stopped == null || effect.get().compareTo(stopped) < 0) {
                stopped = effect.get();
            }
        }
        boolean byHold = stopped != null;
        List<Grant> grants = rulebook.grants().stream()
                .filter(grant -> grant.when().covers(facts, category) && grant.standsAt(facts, at))
                .toList();
        if (stopped == null && grants.isEmpty()) {
            stopped = whyNone(category);
        }
        return new Cell(category, Optional.ofNullable(stopped), byHold, pausing, lifted, grants);
    }

    private boolean isLifted(Hold hold, Mode mode, DataCategory category, List<String> lifted) {
        boolean found = false;
        for (HoldException exception : hold.exceptions()) {
            if (mode != Mode.NEVER && exception.when().covers(facts, category)) {
                lifted.add(hold.id() + "/" + exception.id());
                found = true;
            }
        }
        return found;
    }

    private Optional<Reason> effect(Mode mode, DataCategory category) {
        boolean isEmergency = facts.emergency() != Emergency.NONE
                && facts.sender() == Assurance.VERIFIED
                && facts.document() == Assurance.VERIFIED;
        boolean isContent = category == DataCategory.CONTENT || category == DataCategory.LIVE_CONTENT;
        return switch (mode) {
            case NEVER -> Optional.of(Reason.NEVER_DISCLOSED);
            case DENY -> Optional.of(Reason.REFUSED_UNTIL_REVIEW);
            case NO_DATA -> Optional.of(Reason.NO_RECORDS);
            case PAUSE, WIND_DOWN -> Optional.of(Reason.HELD_PENDING_REVIEW);
            case TREATY_ONLY ->
                Optional.of(Reason.TREATY_CHANNEL_ONLY).filter(reason -> facts.channel() != Channel.TREATY);
            case EMERGENCY_ONLY -> Optional.of(Reason.EMERGENCY_ONLY).filter(reason -> !isEmergency);
            case NON_CONTENT_ONLY -> Optional.of(Reason.CONTENT_WITHHELD).filter(reason -> isContent);
        };
    }

    private Reason whyNone(DataCategory category) {
        List<Grant> candidates = new ArrayList<>(rulebook.grants());
        candidates.removeIf(grant -> !grant.valid().holdsAt(at));
        for (Dimension dimension : Dimension.values()) {
            candidates.removeIf(grant -> !grant.when().covers(dimension, facts, category));
            if (candidates.isEmpty()) {
                return dimension.reasonWhenUncovered();
            }
        }
        return Reason.INSTRUMENT_EXPIRED;
    }

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

    private Decision stopped() {
        EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
        cells.forEach(cell -> reasons.add(cell.stopped().orElseThrow()));
        boolean isHeld =
                reasons.contains(Reason.HELD_PENDING_REVIEW) && cells.stream().noneMatch(Cell::isRefusedByHold);
        if (!isHeld) {
            return new Decision.Refused(basis(reasons));
        }
        Hold hold = cells.stream()
                .flatMap(cell -> cell.pausing().stream())
                .min(REVIEWED_SOONEST)
                .orElseThrow();
        return new Decision.Held(basis(reasons), hold.reference(), hold.reviewBy());
    }

    private Decision permitted() {
        boolean isExcepted = cells.stream()
                .anyMatch(cell -> cell.isPermitted() && !cell.lifted().isEmpty());
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

    private Obligations obligations() {
        Obligations all = null;
        int approvals = 0;
        for (Cell cell : cells) {
            for (Grant grant : cell.grants()) {
                all = all == null ? grant.obligations() : all.and(grant.obligations());
                approvals = cell.lifted().isEmpty() ? approvals : 2;
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

    private Decision.Basis basis(EnumSet<Reason> reasons) {
        Set<String> grants = new TreeSet<>();
        Set<String> exceptions = new TreeSet<>();
        for (Cell cell : cells) {
            cell.grants().forEach(grant -> grants.add(grant.id()));
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

    private Optional<Instant> nextChangeAt() {
        NavigableSet<Instant> turns = new TreeSet<>();
        coming.forEach(hold -> turns.add(hold.from()));
        coming.forEach(hold -> hold.phases().forEach(phase -> turns.add(phase.from())));
        covering.forEach(hold -> hold.phases().forEach(phase -> turns.add(phase.from())));
        facts.issuedAt().ifPresent(turns::add);
        facts.expiresAt().ifPresent(turns::add);
        for (Grant grant : rulebook.grants()) {
            if (accepts(grant, Dimension.ISSUER_JURISDICTION, facts.issuer())) {
                turns.add(grant.valid().from());
                grant.valid().until().ifPresent(turns::add);
                if (accepts(grant, Dimension.INSTRUMENT, facts.instrument())) {
                    grant.voidFrom(facts).ifPresent(turns::add);
                }
            }
        }
        for (Treaty treaty : rulebook.treaties()) {
            if (treaty.channel() == facts.channel() && treaty.joins(facts.issuer(), facts.provider())) {
                treaty.history().forEach(turn -> turns.add(turn.since()));
            }
        }
        return Optional.ofNullable(turns.higher(at));
    }

    private static boolean accepts(Grant grant, Dimension dimension, Term term) {
        Set<Term> accepted = grant.when().accepted().get(dimension);
        return accepted == null || accepted.contains(term);
    }
}
