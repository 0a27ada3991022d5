package io.holdfast.policy;

import io.holdfast.legal.Deadline;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Step;
import io.holdfast.legal.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a grant asks of the platform: {@code approvals}, {@code clock}, {@code notice}, {@code preserve}, {@code duties}, and
 * whether there is {@code unencrypted}.
 */
final class ObligationsReader {

    /** More than anybody asks for; a larger number is a slip. */
    private static final int MOST_APPROVALS = 9;

    private static final Map<String, Notice> NOTICES = Spelling.of(Notice.values(), Notice::code);
    private static final Map<String, Duty> DUTIES = Spelling.of(Duty.values(), Duty::code);
    private static final Map<String, Step> STEPS = Spelling.of(Step.values(), ObligationsReader::key);
    private static final Map<String, Stop> STOPS = Spelling.of(Stop.values(), Stop::code);
    private static final Map<String, Silence> SILENCES = Spelling.of(Silence.values(), Silence::code);

    private ObligationsReader() {}

    /** What a step is called where it is a key. */
    static String key(Step step) {
        return step.code().toLowerCase(Locale.ROOT);
    }

    /** {@code null} after a problem was noted. */
    static Obligations read(Section grant) {
        int approvals = grant.need("approvals").count(MOST_APPROVALS);
        Notice notice = grant.need("notice").oneOf(NOTICES);
        List<Deadline> clocks =
                grant.find("clock").map(ObligationsReader::someClocks).orElse(List.of());
        Optional<Preservation> preservation = grant.find("preserve").map(ObligationsReader::preservation);
        Set<Duty> duties =
                grant.find("duties").map(value -> duties(value.list())).orElse(Set.of());
        boolean unencrypted = grant.find("unencrypted").isPresent();
        return grant.isSound() ? new Obligations(approvals, notice, clocks, preservation, duties, unencrypted) : null;
    }

    /** What a case says of them; each part only where it is written. */
    static Expectation.Asked expected(Section expect) {
        return new Expectation.Asked(
                expect.find("approvals").map(value -> value.count(MOST_APPROVALS)),
                expect.find("notice").map(value -> value.oneOf(NOTICES)),
                expect.find("clock").map(Value::section).map(ObligationsReader::clocks),
                expect.find("preserve").map(ObligationsReader::preservation),
                expect.find("duties").map(value -> duties(value.listOrNone())),
                expect.find("unencrypted").map(Value::yes).orElse(false));
    }

    private static Set<Duty> duties(List<Value> duties) {
        return Value.distinct(duties, duty -> duty.oneOf(DUTIES));
    }

    private static List<Deadline> someClocks(Value value) {
        Section section = value.section();
        if (section != null && section.keys().isEmpty()) {
            section.problem("clock names no step; leave the key out");
        }
        return section == null ? List.of() : clocks(section);
    }

    private static List<Deadline> clocks(Section section) {
        section.allow(STEPS.keySet().toArray(String[]::new));
        List<Deadline> clocks = new ArrayList<>();
        STEPS.forEach((key, step) -> section.find(key).ifPresent(value -> clock(step, value, clocks)));
        return clocks;
    }

    /** {@code answer: P10D}, or {@code answer: {within: P10D, stops: [QUESTION]}}. */
    private static void clock(Step step, Value value, List<Deadline> clocks) {
        if (value.isScalar()) {
            Duration within = value.duration();
            if (within != null) {
                clocks.add(new Deadline(step, within, Set.of(), Optional.empty()));
            }
            return;
        }
        Section section = value.section();
        if (section == null) {
            return;
        }
        section.allow("within", "stops", "silence");
        Duration within = section.need("within").duration();
        Set<Stop> stops = section.find("stops")
                .map(list -> Value.distinct(list.list(), stop -> stop.oneOf(STOPS)))
                .orElse(Set.of());
        Optional<Silence> silence = section.find("silence").map(word -> word.oneOf(SILENCES));
        if (!section.isSound()) {
            return;
        }
        try {
            clocks.add(new Deadline(step, within, stops, silence));
        } catch (IllegalArgumentException e) {
            section.problem(e);
        }
    }

    /** {@code null} after a problem was noted. */
    private static Preservation preservation(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        section.allow("for", "extend", "until-produced");
        Duration period = section.need("for").duration();
        Optional<Duration> extension = section.find("extend").map(Value::duration);
        boolean untilProduced = section.find("until-produced").map(Value::yes).orElse(false);
        return section.isSound() ? new Preservation(period, extension, untilProduced) : null;
    }
}
