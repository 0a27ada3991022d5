package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run of the rules over one request. The order is fixed: the facts, the paper, the holds, the grants, the
 * obligations. The holds that cover the request are recorded whichever step decides.
 *
 * <p>All asked categories go through together: a set of categories is an {@code int} with a bit for each, and a rule
 * answers with the set that it accepts ({@link Mask}).
 */
final class Evaluation {

    /** What goes through an exception is looked at by two people, whatever its grant asks. */
    static final int APPROVALS_OF_AN_EXCEPTION = 2;

    private static final DataCategory[] CATEGORIES = DataCategory.values();
    private static final Reason[] REASONS = Reason.values();
    private static final List<List<Reason>> SINGLY =
            Stream.of(REASONS).map(List::of).toList();

    private static final Verdict REFUSED = new Verdict(0, 0, false);
    private static final Verdict RETURNED = new Verdict(0, 0, true);

    /** The categories that an exception let through its hold. */
    private record Opening(String exception, int categories) {}

    private final Rulebook rulebook;
    private final Facts facts;
    private final HoldMasks holds;
    private final Instant at;
    private final FactBits bits;
    private final List<HoldMasks.Row> covering = new ArrayList<>(2);
    private final List<HoldMasks.Row> coming = new ArrayList<>(0);

    private final List<Opening> openings = new ArrayList<>(0);
    private final List<GrantTable.Row> reaching = new ArrayList<>(2);
    private final Reason[] byHold = new Reason[CATEGORIES.length];
    private HoldMasks.Row soonest;
    private int held;
    private int opened;
    private int reached;

    Evaluation(Rulebook rulebook, Facts facts, HoldMasks holds, Instant at) {
        this.rulebook = rulebook;
        this.facts = facts;
        this.holds = holds;
        this.at = at;
        this.bits = new FactBits(facts);
        for (HoldMasks.Row row : holds.rows()) {
            if (row.applies().categories(bits, facts) != 0) {
                (row.hold().standsAt(at) ? covering : coming).add(row);
            }
        }
    }

    Decision decision() {
        if (!rulebook.isLoaded()) {
            return new Decision.Refused(basis(bit(Reason.RULEBOOK_UNAVAILABLE)));
        }
        if (!rulebook.vocabulary().isComplete(facts, bits)) {
            List<String> missing = rulebook.vocabulary().missing(facts);
            return new Decision.Returned(basis(bit(Reason.FACT_MISSING)), missing);
        }
        long invalid = run();
        if (invalid != 0) {
            return new Decision.Refused(basis(invalid | refusedByHold()));
        }
        return permitted() != 0 ? answer() : stopped();
    }

    /** Asks every rule. */
    private long run() {
        covering.forEach(this::apply);
        rulebook.grantTable().candidates(facts).forEach(this::apply);
        return invalid();
    }

    /**
     * What would become of each asked category if it were asked alone: {@link #decision} without its words.
     *
     * @param permitted those that would be referred or released, by their bits
     * @param waiting those that a hold would keep
     * @param returned whether the request would be returned instead
     */
    record Verdict(int permitted, int waiting, boolean returned) {}

    Verdict verdict() {
        if (!rulebook.isLoaded()) {
            return REFUSED;
        }
        if (!rulebook.vocabulary().isComplete(facts, bits)) {
            return RETURNED;
        }
        if (run() != 0) {
            return REFUSED;
        }
        int waiting = 0;
        for (int rest = held; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            waiting |= byHold[category] == Reason.HELD_PENDING_REVIEW ? 1 << category : 0;
        }
        int permitted = permitted();
        return (permitted | waiting) == 0 ? REFUSED : new Verdict(permitted, waiting, false);
    }

    private void apply(HoldMasks.Row row) {
        Mode mode = row.hold().modeAt(at);
        int stops = row.applies().categories(bits, facts) & ~Conditions.spares(mode, facts);
        int left = stops;
        // Never means never, also in the last phase of a wind-down whose earlier phases had exceptions.
        if (mode != Mode.NEVER) {
            for (HoldMasks.Way way : row.exceptions()) {
                int opens = stops & way.when().categories(bits, facts);
                if (opens != 0) {
                    openings.add(new Opening(way.name(), opens));
                    left &= ~opens;
                }
            }
        }
        opened |= stops & ~left;
        // A second hold still stops what an exception of the first let through.
        held |= left;
        Reason reason = Conditions.reason(mode);
        for (int rest = left; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            // Reasons stand in the order of precedence: never, deny, hold.
            if (byHold[category] == null || reason.compareTo(byHold[category]) < 0) {
                byHold[category] = reason;
            }
        }
        if (left != 0 && reason == Reason.HELD_PENDING_REVIEW && isSooner(row)) {
            soonest = row;
        }
    }

    private boolean isSooner(HoldMasks.Row row) {
        return soonest == null || row.reviewBy().isBefore(soonest.reviewBy());
    }

    private void apply(GrantTable.Row row) {
        int reaches = row.when().categories(bits, facts);
        if (reaches != 0 && row.grant().standsAt(facts, at)) {
            reaching.add(row);
            reached |= reaches;
        }
    }

    /** What is wrong with the paper or with the way it came. */
    private long invalid() {
        long invalid = rulebook.treatyTable().isOpen(facts, at) ? 0 : bit(Reason.CHANNEL_SUSPENDED);
        if (at.isBefore(facts.issuedAt().orElseThrow())) {
            invalid |= bit(Reason.INSTRUMENT_NOT_YET_VALID);
        }
        if (!at.isBefore(facts.expiresAt().orElseThrow())) {
            invalid |= bit(Reason.INSTRUMENT_EXPIRED);
        }
        return invalid;
    }

    private long refusedByHold() {
        long reasons = 0;
        for (Reason reason : byHold) {
            reasons |= reason == null ? 0 : bit(reason);
        }
        return reasons & ~bit(Reason.HELD_PENDING_REVIEW);
    }

    private int permitted() {
        return reached & ~held;
    }

    /** Why this category, by its number, is not permitted. */
    private Reason why(int category) {
        // No rule matched, so refuse: silence must never release.
        return byHold[category] != null
                ? byHold[category]
                : rulebook.grantTable().whyNone(bits, facts, 1 << category, at);
    }

    /** Never beats deny, deny beats hold, and a hold beats the silence of the rules. */
    private Decision stopped() {
        if (soonest != null && refusedByHold() == 0) {
            Hold hold = soonest.hold();
            return new Decision.Held(basis(whyNot()), soonest.reference(), hold.reviewBy());
        }
        return new Decision.Refused(basis(whyNot()));
    }

    private long whyNot() {
        long reasons = 0;
        for (int rest = bits.categories; rest != 0; rest &= rest - 1) {
            reasons |= bit(why(Integer.numberOfTrailingZeros(rest)));
        }
        return reasons;
    }

    private Decision answer() {
        Obligations obligations = obligations();
        boolean isReleased = facts.approvals() >= obligations.approvals() && !isForPeopleOnly();
        long reasons = bit(isReleased ? Reason.PERMITTED : Reason.APPROVALS_OUTSTANDING)
                | ((opened & permitted()) == 0 ? 0 : bit(Reason.EXCEPTION_APPLIES));
        return isReleased
                ? new Decision.Released(basis(reasons), scope(), obligations)
                : new Decision.Referred(basis(reasons), scope(), obligations);
    }

    private boolean isForPeopleOnly() {
        for (GrantTable.Row row : reaching) {
            if (row.grant().peopleOnly()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of every grant and every exception that reaches a category, also of one that a hold stops: otherwise a hold on the
     * part that needs approvals would set the rest free, and adding a hold must never add a release.
     */
    private Obligations obligations() {
        Obligations all = reaching.get(0).grant().obligations();
        for (GrantTable.Row row : reaching) {
            all = all.and(row.grant().obligations());
        }
        int approvals = (opened & reached) == 0 ? 0 : APPROVALS_OF_AN_EXCEPTION;
        return all.atLeast(approvals).under(facts.nonDisclosure());
    }

    private Scope scope() {
        Set<DataCategory> granted = EnumSet.noneOf(DataCategory.class);
        Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
        for (int rest = bits.categories; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            if ((permitted() >> category & 1) == 1) {
                granted.add(CATEGORIES[category]);
            } else {
                withheld.put(CATEGORIES[category], why(category));
            }
        }
        return new Scope(granted, withheld);
    }

    private static long bit(Reason reason) {
        return 1L << reason.ordinal();
    }

    /**
     * @param reasons as bits; their order is that of importance
     */
    private Decision.Basis basis(long reasons) {
        return new Decision.Basis(
                reasons(reasons),
                references(),
                exceptions(),
                grants(),
                rulebook.digest(),
                holds.epoch(),
                nextChangeAt());
    }

    private static List<Reason> reasons(long bits) {
        if (Long.bitCount(bits) == 1) {
            return SINGLY.get(Long.numberOfTrailingZeros(bits));
        }
        List<Reason> reasons = new ArrayList<>(Long.bitCount(bits));
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            reasons.add(REASONS[Long.numberOfTrailingZeros(rest)]);
        }
        return reasons;
    }

    private List<String> references() {
        return covering.size() == 1
                ? covering.get(0).references()
                : covering.stream().map(HoldMasks.Row::reference).distinct().toList();
    }

    /** An exception that let nothing through was of no use, so it was not used. */
    private List<String> exceptions() {
        return openings.isEmpty()
                ? List.of()
                : openings.stream()
                        .filter(opening -> (opening.categories & permitted()) != 0)
                        .map(Opening::exception)
                        .distinct()
                        .sorted()
                        .toList();
    }

    private List<String> grants() {
        return reaching.size() == 1
                ? reaching.get(0).ids()
                : reaching.stream().map(row -> row.grant().id()).toList();
    }

    /** A review date is not among these: it alarms, and changes no answer. */
    private Optional<Instant> nextChangeAt() {
        Turn turn = new Turn(at);
        for (HoldMasks.Row row : coming) {
            turn.at(row.hold().from());
            row.hold().phases().forEach(phase -> turn.at(phase.from()));
        }
        for (HoldMasks.Row row : covering) {
            row.hold().phases().forEach(phase -> turn.at(phase.from()));
        }
        facts.issuedAt().ifPresent(turn::at);
        facts.expiresAt().ifPresent(turn::at);
        rulebook.grantTable().nextTurnAfter(facts, at).ifPresent(turn::at);
        rulebook.treatyTable().nextTurnAfter(facts, at).ifPresent(turn::at);
        return turn.nearest();
    }

    /** What became of each category; empty unless the decision got as far. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        boolean isDecided = rulebook.isLoaded() && rulebook.vocabulary().isComplete(facts, bits);
        for (int rest = isDecided ? bits.categories : 0; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            boolean isPermitted = (permitted() >> category & 1) == 1;
            cells.add(new Cell(
                    CATEGORIES[category],
                    isPermitted ? Optional.empty() : Optional.of(why(category)),
                    openings.stream()
                            .filter(opening -> (opening.categories >> category & 1) == 1)
                            .map(Opening::exception)
                            .toList(),
                    reaching.stream()
                            .filter(row -> (row.when().categories(bits, facts) >> category & 1) == 1)
                            .map(GrantTable.Row::grant)
                            .toList()));
        }
        return cells;
    }

    List<Hold> covering() {
        return covering.stream().map(HoldMasks.Row::hold).toList();
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
