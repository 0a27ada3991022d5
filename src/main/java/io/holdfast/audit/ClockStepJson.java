package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Resumption;
import io.holdfast.legal.Stop;

/** The claims of what people say of clocks. */
final class ClockStepJson {

    private ClockStepJson() {}

    /** @return false if it is none of these, and nothing was added */
    static boolean add(Event event, ObjectNode json) {
        if (event instanceof Event.ClockStepped stepped) {
            add(stepped.step(), json);
            json.put("by", stepped.by());
        } else if (event instanceof Event.ClockStepBlocked blocked) {
            json.put("attempt", blocked.step().kind().name());
            add(blocked.step(), json);
            json.put("blocked", blocked.blocked().name());
        } else {
            return false;
        }
        return true;
    }

    private static void add(ClockStep step, ObjectNode json) {
        if (step instanceof ClockStep.Started started) {
            json.put("clock", started.clock().code());
            json.put("from", started.from().toString());
        } else if (step instanceof ClockStep.Stopped stopped) {
            json.put("stop", stopped.stop().code());
        } else if (step instanceof ClockStep.Resumed resumed) {
            json.put("stop", resumed.stop().code());
            json.put("because", resumed.because().code());
        } else if (step instanceof ClockStep.Ended ended) {
            json.put("clock", ended.clock().code());
        }
    }

    static Event read(ClockStep.Kind kind, Claims json) {
        return new Event.ClockStepped(step(kind, json), json.text("by"));
    }

    static Event readBlocked(Claims json) {
        ClockStep.Kind attempt = json.word("attempt", ClockStep.Kind::valueOf);
        return new Event.ClockStepBlocked(step(attempt, json), json.word("blocked", Event.Blocked::valueOf));
    }

    private static ClockStep step(ClockStep.Kind kind, Claims json) {
        return switch (kind) {
            case START -> new ClockStep.Started(json.word("clock", ClockName::parse), json.instant("from"));
            case STOP -> new ClockStep.Stopped(stop(json));
            case RESUME ->
                new ClockStep.Resumed(
                        stop(json),
                        json.word("because", text -> Words.parse(Resumption.values(), Resumption::code, text)));
            case END -> new ClockStep.Ended(json.word("clock", ClockName::parse));
        };
    }

    private static Stop stop(Claims json) {
        return json.word("stop", text -> Words.parse(Stop.values(), Stop::code, text));
    }
}
