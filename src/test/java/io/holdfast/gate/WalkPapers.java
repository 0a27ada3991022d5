package io.holdfast.gate;

import io.holdfast.gate.WalkAct.Opening;
import io.holdfast.gate.WalkAct.Paper;
import io.holdfast.legal.Authority;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes in on a walk, and what stops it. */
final class WalkPapers {

    private static final HoldException WARRANTS = new HoldException(
            "warrants", "a test", new Match(Map.of(Dimension.INSTRUMENT, Set.of(new Instrument("US-SW")))));
    private static final HoldException EMERGENCIES =
            new HoldException("emergencies", "a test", new Match(Map.of(Dimension.EMERGENCY, Set.of(Emergency.LIFE))));

    private WalkPapers() {}

    static Request request(WorkingGate work, Paper paper) {
        Set<Jurisdiction> users = paper == Paper.WARRANT_ON_HK_AND_DE
                ? Set.of(WorkingGate.HK, Jurisdiction.of("DE"))
                : Set.of(WorkingGate.HK);
        if (paper == Paper.WARRANT_WITHOUT_ORDER) {
            return work.warrant(users, "account-1", NonDisclosure.NONE);
        }
        return paper == Paper.EMERGENCY_IN_HK ? work.emergency(users, "account-1") : work.warrant(users, "account-1");
    }

    static Authority sender(Paper paper) {
        return paper == Paper.EMERGENCY_IN_HK || paper == Paper.FORGED_WARRANT
                ? WorkingGate.POLICE
                : WorkingGate.AGENCY;
    }

    /** On users in one place; which, its id says. */
    static Hold hold(String id, int version, Opening opening) {
        Hold bare = HoldPeople.hold(id, version, id.equals("users-de") ? "DE" : "HK");
        List<HoldException> ways = new ArrayList<>();
        if (opening == Opening.WARRANTS || opening == Opening.BOTH) {
            ways.add(WARRANTS);
        }
        if (opening == Opening.EMERGENCIES || opening == Opening.BOTH) {
            ways.add(EMERGENCIES);
        }
        return new Hold(
                bare.id(),
                bare.version(),
                bare.title(),
                bare.mode(),
                bare.applies(),
                bare.from(),
                bare.reviewBy(),
                bare.intake(),
                bare.preserve(),
                bare.exit(),
                ways,
                bare.phases(),
                bare.statement());
    }
}
