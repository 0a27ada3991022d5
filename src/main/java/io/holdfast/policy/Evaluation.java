package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
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
import java.util.stream.IntStream;
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

    /** For each set of categories: all of them are given. */
    private static final Scope[] WHOLE = IntStream.range(0, 1 << CATEGORIES.length)
            .mapToObj(bits -> new Scope(categories(bits), Map.of()))
            .toArray(Scope[]::new);

    private static final Verdict REFUSED = new Verdict(0, 0, false);
    private static final Verdict RETURNED = new Verdict(0, 0, true);

    private final Rulebook rulebook;
    private final Facts facts;
    private final long epoch;
    private final Instant at;
    private final FactBits bits;
    private final HoldsMet holds;
    private final GrantsMet grants;

    Evaluation(Rulebook rulebook, Facts facts, HoldMasks holds, Instant at) {
        this.rulebook = rulebook;
        this.facts = facts;
        this.epoch = holds.epoch();
        this.at = at;
        this.bits = new FactBits(facts);
        this.holds = new HoldsMet(holds, facts, bits, at);
        this.grants = new GrantsMet(rulebook.grantTable(), facts, bits, at);
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
            return new Decision.Refused(basis(invalid | holds.refusals()));
        }
        return permitted() != 0 ? answer() : stopped();
    }

    /** Asks every rule. */
    private long run() {
        holds.apply();
        grants.apply();
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
        int waiting = holds.waiting();
        int permitted = permitted();
        return (permitted | waiting) == 0 ? REFUSED : new Verdict(permitted, waiting, false);
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

    private int permitted() {
        return grants.reached() & ~holds.held();
    }

    /** Why this category, by its number, is not permitted. */
    private Reason why(int category) {
        // No rule matched, so refuse: silence must never release.
        return (holds.held() >> category & 1) == 1 ? holds.reason(category) : grants.whyNot(category);
    }

    /** Never beats deny, deny beats hold, and a hold beats the silence of the rules. */
    private Decision stopped() {
        HoldMasks.Row soonest = holds.soonest();
        if (soonest != null && holds.refusals() == 0) {
            return new Decision.Held(
                    basis(whyNot()), soonest.reference(), soonest.hold().reviewBy());
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
        // Also of an exception for what a second hold stops, as of its grants: adding a hold must never add a release.
        boolean isExcepted = (holds.opened() & grants.reached()) != 0;
        Obligations obligations = grants.obligations(isExcepted ? APPROVALS_OF_AN_EXCEPTION : 0);
        boolean isReleased = facts.approvals() >= obligations.approvals() && !grants.areForPeopleOnly();
        long reasons = bit(isReleased ? Reason.PERMITTED : Reason.APPROVALS_OUTSTANDING)
                | ((holds.opened() & permitted()) == 0 ? 0 : bit(Reason.EXCEPTION_APPLIES));
        return isReleased
                ? new Decision.Released(basis(reasons), scope(), obligations)
                : new Decision.Referred(basis(reasons), scope(), obligations);
    }

    private Scope scope() {
        int permitted = permitted();
        if (permitted == bits.categories) {
            return WHOLE[permitted];
        }
        Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
        for (int rest = bits.categories & ~permitted; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            withheld.put(CATEGORIES[category], why(category));
        }
        return new Scope(categories(permitted), withheld);
    }

    private static Set<DataCategory> categories(int bits) {
        Set<DataCategory> categories = EnumSet.noneOf(DataCategory.class);
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            categories.add(CATEGORIES[Integer.numberOfTrailingZeros(rest)]);
        }
        return categories;
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
                holds.references(),
                holds.exceptions(permitted()),
                grants.ids(),
                rulebook.digest(),
                epoch,
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

    private Optional<Instant> nextChangeAt() {
        Nearest next = new Nearest(at);
        holds.turns(next);
        if (facts.issuedAt().isPresent()) {
            next.offer(facts.issuedAt().get());
        }
        if (facts.expiresAt().isPresent()) {
            next.offer(facts.expiresAt().get());
        }
        grants.turns(next);
        rulebook.treatyTable().turns(facts, next);
        return next.get();
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
                    holds.lifted(category),
                    grants.reaching(category)));
        }
        return cells;
    }

    List<Hold> covering() {
        return holds.covering();
    }
}
