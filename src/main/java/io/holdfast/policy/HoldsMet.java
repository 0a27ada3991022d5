package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the holds in force do to one request. Sets of categories and of reasons are bits. */
final class HoldsMet {

    private static final int CATEGORIES = DataCategory.values().length;

    /** The categories that an exception let through its hold. */
    private record Opening(String exception, int categories) {}

    private final Facts facts;
    private final FactBits bits;
    private final Instant at;

    // Most requests meet no hold, so nothing has room before it is needed.
    private final List<HoldMasks.Row> covering = new ArrayList<>(0);
    private final List<HoldMasks.Row> coming = new ArrayList<>(0);
    private final List<Opening> openings = new ArrayList<>(0);
    private Reason[] reasons;
    private HoldMasks.Row soonest;
    private int held;
    private int opened;

    HoldsMet(HoldMasks holds, Facts facts, FactBits bits, Instant at) {
        this.facts = facts;
        this.bits = bits;
        this.at = at;
        for (HoldMasks.Row row : holds.rows()) {
            if (row.applies().categories(bits, facts) != 0) {
                (row.hold().standsAt(at) ? covering : coming).add(row);
            }
        }
    }

    /** Asks every hold that covers the request. */
    void apply() {
        for (HoldMasks.Row row : covering) {
            apply(row);
        }
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
        if (left != 0) {
            stop(left, Conditions.reason(mode), row);
        }
    }

    /** A second hold still stops what an exception of the first let through. */
    private void stop(int categories, Reason reason, HoldMasks.Row row) {
        held |= categories;
        if (reasons == null) {
            reasons = new Reason[CATEGORIES];
        }
        for (int rest = categories; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            // Reasons stand in the order of precedence: never, deny, hold.
            if (reasons[category] == null || reason.compareTo(reasons[category]) < 0) {
                reasons[category] = reason;
            }
        }
        if (reason == Reason.HELD_PENDING_REVIEW
                && (soonest == null || row.reviewBy().isBefore(soonest.reviewBy()))) {
            soonest = row;
        }
    }

    /** The categories that a hold stops. */
    int held() {
        return held;
    }

    /** The categories that an exception let through one hold, whether or not another stops them. */
    int opened() {
        return opened;
    }

    /** The categories that wait for people to review the hold. */
    int waiting() {
        int waiting = 0;
        for (int rest = held; rest != 0; rest &= rest - 1) {
            int category = Integer.numberOfTrailingZeros(rest);
            waiting |= reasons[category] == Reason.HELD_PENDING_REVIEW ? 1 << category : 0;
        }
        return waiting;
    }

    /** Why a hold stops this category, by its number; only for one that is {@link #held}. */
    Reason reason(int category) {
        return reasons[category];
    }

    /** Why holds refuse, as bits; to wait is not to be refused. */
    long refusals() {
        long refusals = 0;
        for (int rest = held; rest != 0; rest &= rest - 1) {
            refusals |= 1L << reasons[Integer.numberOfTrailingZeros(rest)].ordinal();
        }
        return refusals & ~(1L << Reason.HELD_PENDING_REVIEW.ordinal());
    }

    /** Of the holds that keep something waiting, the one that is reviewed first; null where none does. */
    HoldMasks.Row soonest() {
        return soonest;
    }

    List<Hold> covering() {
        return covering.stream().map(HoldMasks.Row::hold).toList();
    }

    List<String> references() {
        return switch (covering.size()) {
            case 0 -> List.of();
            case 1 -> covering.get(0).references();
            default ->
                covering.stream().map(HoldMasks.Row::reference).distinct().toList();
        };
    }

    /**
     * As {@code hold/exception}, in order.
     *
     * @param permitted an exception that let none of these through was of no use, so it was not used
     */
    List<String> exceptions(int permitted) {
        return openings.isEmpty()
                ? List.of()
                : openings.stream()
                        .filter(opening -> (opening.categories & permitted) != 0)
                        .map(Opening::exception)
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** Each exception that opened a hold for this category, by its number, used or not. */
    List<String> lifted(int category) {
        return openings.stream()
                .filter(opening -> (opening.categories >> category & 1) == 1)
                .map(Opening::exception)
                .toList();
    }

    /** A review date is not among these: it alarms, and changes no answer. */
    void turns(Nearest next) {
        for (HoldMasks.Row row : coming) {
            next.offer(row.hold().from());
            phases(row, next);
        }
        for (HoldMasks.Row row : covering) {
            phases(row, next);
        }
    }

    private static void phases(HoldMasks.Row row, Nearest next) {
        for (Hold.Phase phase : row.hold().phases()) {
            next.offer(phase.from());
        }
    }
}
