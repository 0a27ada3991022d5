package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;

/** The claims of the entries about copies that are kept. */
final class CopyStepJson {

    private CopyStepJson() {}

    /** @return false if it is none of these, and nothing was added */
    static boolean add(Event event, ObjectNode json) {
        if (event instanceof Event.CopyStepped stepped) {
            add(stepped.step(), json);
        } else if (event instanceof Event.PreservationBlocked blocked) {
            json.put("attempt", blocked.attempt().name());
            json.put("blocked", blocked.blocked().name());
        } else {
            return false;
        }
        return true;
    }

    private static void add(CopyStep step, ObjectNode json) {
        if (step instanceof CopyStep.Preserved preserved) {
            json.set("categories", DecisionJson.codes(preserved.categories()));
            json.put("accounts", preserved.accounts());
            json.put("until", preserved.until().toString());
            preserved.by().ifPresent(by -> json.put("by", by));
        } else if (step instanceof CopyStep.Failed failed) {
            json.put("blocked", failed.blocked().name());
        } else if (step instanceof CopyStep.Extended extended) {
            json.put("until", extended.until().toString());
        } else if (step instanceof CopyStep.Linked linked) {
            json.put("request", linked.request());
        } else if (step instanceof CopyStep.Ended ended) {
            json.put("because", ended.because().name());
        } else if (step instanceof CopyStep.Dropped dropped) {
            dropped.by().ifPresent(by -> json.put("by", by));
        }
    }

    static Event preserved(Claims json) {
        return new Event.CopyStepped(new CopyStep.Preserved(
                new HashSet<>(json.words("categories", DecisionJson::category)),
                json.count("accounts"),
                json.instant("until"),
                json.optionalText("by")));
    }

    static Event failed(Claims json) {
        return new Event.CopyStepped(new CopyStep.Failed(json.word("blocked", Event.Blocked::valueOf)));
    }

    static Event extended(Claims json) {
        return new Event.CopyStepped(new CopyStep.Extended(json.instant("until")));
    }

    static Event linked(Claims json) {
        return new Event.CopyStepped(new CopyStep.Linked(json.text("request")));
    }

    static Event ended(Claims json) {
        return new Event.CopyStepped(new CopyStep.Ended(json.word("because", CopyStep.Because::valueOf)));
    }

    static Event dropped(Claims json) {
        return new Event.CopyStepped(new CopyStep.Dropped(json.optionalText("by")));
    }

    static Event blocked(Claims json) {
        return new Event.PreservationBlocked(
                json.word("attempt", CopyStep.Attempt::valueOf), json.word("blocked", Event.Blocked::valueOf));
    }
}
