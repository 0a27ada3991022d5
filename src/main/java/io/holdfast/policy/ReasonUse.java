package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where the rules give a reason, for people who look one up. What a table of the evaluator says is read off that table;
 * the steps are those of the order of evaluation in this package's description.
 *
 * @param outcomes the outcomes that can carry it among their reasons
 * @param whenWithheld whether a permitted request can have it beside a category that is withheld
 * @param places at least one, each the end of a sentence: the step, and what is asked there
 */
public record ReasonUse(Set<Outcome> outcomes, boolean whenWithheld, List<String> places) {

    public ReasonUse {
        places = List.copyOf(places);
    }

    public static ReasonUse of(Reason reason) {
        List<String> places = new ArrayList<>();
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        elsewhere(reason, places, outcomes);
        boolean isOfCategory = false;
        for (Mode mode : Mode.values()) {
            // A wind-down has the mode of its phase, and that of a pause before the first.
            if (mode != Mode.WIND_DOWN && Conditions.reason(mode) == reason) {
                places.add("step 4: a hold of the mode " + mode.code());
                isOfCategory = true;
            }
        }
        for (Dimension dimension : Dimension.values()) {
            if (dimension.reasonWhenUncovered() == reason) {
                places.add("step 5: no grant accepts the `" + dimension.code() + "`");
                isOfCategory = true;
                // Beside a pause of another category: the pause decides, and both are told.
                outcomes.add(Outcome.HELD);
            }
        }
        if (reason.isForPeople()) {
            places.add("people: somebody refuses for it what was referred");
        }
        if (isOfCategory || reason.isForPeople()) {
            outcomes.add(Outcome.REFUSED);
        }
        boolean isBesideCategory =
                isOfCategory || reason == Reason.INSTRUMENT_EXPIRED || reason == Reason.WITHHELD_BY_PEOPLE;
        return new ReasonUse(outcomes, isBesideCategory, places);
    }

    /** The steps that have no table. */
    private static void elsewhere(Reason reason, List<String> places, Set<Outcome> outcomes) {
        switch (reason) {
            case RULEBOOK_UNAVAILABLE -> {
                places.add("step 1: there is no valid rulebook");
                outcomes.add(Outcome.REFUSED);
            }
            case FACT_MISSING -> {
                places.add("step 2: a fact is absent, unknown or not in the vocabulary");
                outcomes.add(Outcome.RETURNED);
            }
            case CHANNEL_SUSPENDED -> {
                places.add("step 3: no active treaty joins the issuer with the provider");
                outcomes.add(Outcome.REFUSED);
            }
            case INSTRUMENT_NOT_YET_VALID -> {
                places.add("step 3: the instrument is dated later than now");
                outcomes.add(Outcome.REFUSED);
            }
            case INSTRUMENT_EXPIRED -> {
                places.add("step 3: the instrument is past its end");
                places.add("step 5: it was not served within the time that its law sets");
                outcomes.addAll(Set.of(Outcome.REFUSED, Outcome.HELD));
            }
            case REFUSED_BY_PEOPLE -> {
                places.add("people: somebody refuses what was referred, for the reasons that follow");
                outcomes.add(Outcome.REFUSED);
            }
            case RETURNED_BY_PEOPLE -> {
                places.add("people: somebody returns what was referred");
                outcomes.add(Outcome.RETURNED);
            }
            case WITHHELD_BY_PEOPLE -> {
                places.add(
                        "people: somebody narrows what was referred; an outcome, if the rules leave nothing else later");
                outcomes.add(Outcome.REFUSED);
            }
            case EXCEPTION_APPLIES -> {
                places.add("step 4: an exception opened a hold, and a grant permits what it let through");
                outcomes.addAll(Set.of(Outcome.REFERRED, Outcome.RELEASED));
            }
            case APPROVALS_OUTSTANDING -> {
                places.add("step 7: permitted, and approvals are missing or only people may answer");
                outcomes.add(Outcome.REFERRED);
            }
            case PERMITTED -> {
                places.add("step 7: permitted, and everything was done");
                outcomes.add(Outcome.RELEASED);
            }
            case HELD_PENDING_REVIEW -> outcomes.add(Outcome.HELD);
            default -> {
                // Said by the tables.
            }
        }
    }
}
