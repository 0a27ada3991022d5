package io.holdfast.audit;

import java.util.List;

/**
 * Where the cases stand that never were in flight: most of a log under a hold. Of each only its state, at some dozens of bytes.
 *
 * <p>Such a case goes one way, so an id that is found under a later state does not stand in an earlier one any more.
 */
final class SettledCases {

    /** Latest first. */
    private static final List<CaseState> STATES =
            List.of(CaseState.SHREDDED, CaseState.REFUSED, CaseState.RETURNED, CaseState.HELD);

    private final List<SeenIds> ids = List.of(new SeenIds(), new SeenIds(), new SeenIds(), new SeenIds());

    static boolean areOf(CaseState state) {
        return STATES.contains(state);
    }

    void put(String id, CaseState state) {
        ids.get(STATES.indexOf(state)).add(id);
    }

    CaseState get(String id) {
        long[] halves = ids.get(0).halves(id);
        for (int i = 0; i < STATES.size(); i++) {
            if (ids.get(i).contains(halves)) {
                return STATES.get(i);
            }
        }
        return CaseState.UNDECIDED;
    }
}
