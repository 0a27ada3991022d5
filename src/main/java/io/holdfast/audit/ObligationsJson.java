package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.Deadline;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;

/** How obligations are written: closed words, counts and durations, and no free text. */
final class ObligationsJson {

    private static final String UNENCRYPTED = "unencrypted";

    private ObligationsJson() {}

    static ObjectNode write(Obligations obligations) {
        ObjectNode json = CanonicalJson.object();
        json.put("approvals", obligations.approvals());
        json.put("notice", obligations.notice().code());
        ArrayNode clocks = json.putArray("clocks");
        obligations.clocks().forEach(clock -> clocks.add(clock(clock)));
        obligations.preservation().ifPresent(preservation -> json.set("preserve", preservation(preservation)));
        json.set(
                "duties",
                Claims.list(
                        obligations.duties().stream().map(Duty::code).sorted().toList()));
        if (obligations.unencrypted()) {
            json.put(UNENCRYPTED, true); // left out otherwise, as it was before there was this word
        }
        return json;
    }

    private static ObjectNode clock(Deadline clock) {
        ObjectNode json = CanonicalJson.object();
        json.put("step", clock.step().code());
        json.put("within", Deadline.spell(clock.within()));
        json.set(
                "stops",
                Claims.list(clock.stops().stream().map(Stop::code).sorted().toList()));
        clock.silence().ifPresent(silence -> json.put("silence", silence.code()));
        return json;
    }

    private static ObjectNode preservation(Preservation preservation) {
        ObjectNode json = CanonicalJson.object();
        json.put("for", Deadline.spell(preservation.period()));
        preservation.extension().ifPresent(extension -> json.put("extend", Deadline.spell(extension)));
        json.put("until-produced", preservation.untilProduced());
        return json;
    }

    static Obligations read(Claims obligations) {
        try {
            return new Obligations(
                    obligations.count("approvals"),
                    obligations.word("notice", text -> Words.parse(Notice.values(), Notice::code, text)),
                    obligations.objects("clocks").stream()
                            .map(ObligationsJson::readClock)
                            .toList(),
                    obligations.has("preserve")
                            ? Optional.of(readPreservation(obligations.object("preserve")))
                            : Optional.empty(),
                    new HashSet<>(obligations.words("duties", text -> Words.parse(Duty.values(), Duty::code, text))),
                    isTrue(obligations));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("obligations: " + e.getMessage());
        }
    }

    private static boolean isTrue(Claims obligations) {
        if (obligations.has(UNENCRYPTED) && !obligations.flag(UNENCRYPTED)) {
            throw obligations.wrong(UNENCRYPTED, "true, or left out");
        }
        return obligations.has(UNENCRYPTED);
    }

    private static Deadline readClock(Claims clock) {
        return new Deadline(
                clock.word("step", text -> Words.parse(Step.values(), Step::code, text)),
                duration(clock, "within"),
                new HashSet<>(clock.words("stops", text -> Words.parse(Stop.values(), Stop::code, text))),
                clock.has("silence")
                        ? Optional.of(clock.word("silence", text -> Words.parse(Silence.values(), Silence::code, text)))
                        : Optional.empty());
    }

    private static Preservation readPreservation(Claims preservation) {
        return new Preservation(
                duration(preservation, "for"),
                preservation.has("extend") ? Optional.of(duration(preservation, "extend")) : Optional.empty(),
                preservation.flag("until-produced"));
    }

    /** In the one spelling that is written. */
    private static Duration duration(Claims json, String name) {
        String text = json.text(name);
        try {
            Duration duration = Duration.parse(text);
            if (Deadline.spell(duration).equals(text)) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw json.wrong(name, "a duration such as P10D or PT8H");
    }
}
