package io.holdfast.policy;

import io.holdfast.legal.Exit;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Intake;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code holds/*.yaml} and {@code postures/<name>/*.yaml}. */
final class HoldReader {

    private static final Map<String, Mode> MODES = Spelling.of(Mode.values(), Mode::code);
    private static final Map<String, Intake> INTAKES = Spelling.of(Intake.values(), Intake::code);
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    private final MatchReader matches;

    HoldReader(MatchReader matches) {
        this.matches = matches;
    }

    /**
     * @param ids those taken in the same set of holds; another posture may use them again
     */
    Optional<Hold> read(Section root, Ids ids) {
        root.allow(
                "id",
                "version",
                "title",
                "mode",
                "applies",
                "from",
                "review-by",
                "intake",
                "preserve",
                "exit",
                "phases",
                "exceptions",
                "statement");
        String id = ids.take(root.need("id"));
        int version = root.need("version").count(999_999);
        String title = root.need("title").text();
        Mode mode = root.need("mode").oneOf(MODES);
        Match applies = matches.read(root.need("applies"));
        Instant from = root.need("from").instant();
        Optional<Instant> reviewBy = root.find("review-by").map(Value::instant);
        Intake intake = root.need("intake").oneOf(INTAKES);
        boolean preserve = root.need("preserve").yes();
        Exit exit = ExitReader.read(root.need("exit"));
        List<Hold.Phase> phases = phases(root);
        List<HoldException> exceptions = exceptions(root, mode);
        Map<String, String> statement = statement(root.need("statement"));
        if (!root.isSound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Hold(
                    id,
                    version,
                    title,
                    mode,
                    applies,
                    from,
                    reviewBy,
                    intake,
                    preserve,
                    exit,
                    exceptions,
                    phases,
                    statement));
        } catch (IllegalArgumentException e) {
            root.problem(e);
            return Optional.empty();
        }
    }

    private static List<Hold.Phase> phases(Section root) {
        List<Hold.Phase> phases = new ArrayList<>();
        for (Value part : root.find("phases").map(Value::list).orElse(List.of())) {
            Section section = part.section();
            if (section == null) {
                continue;
            }
            section.allow("from", "mode");
            Instant from = section.need("from").instant();
            Mode mode = section.need("mode").oneOf(MODES);
            if (section.isSound()) {
                try {
                    phases.add(new Hold.Phase(from, mode));
                } catch (IllegalArgumentException e) {
                    section.problem(e);
                }
            }
        }
        return phases;
    }

    private List<HoldException> exceptions(Section root, Mode mode) {
        Optional<Value> value = root.find("exceptions");
        if (mode == Mode.NEVER) {
            value.ifPresent(exceptions -> exceptions.wrong("cannot stand in a hold whose mode is NEVER"));
        }
        List<HoldException> exceptions = new ArrayList<>();
        for (Value part : value.map(Value::list).orElse(List.of())) {
            Section section = part.section();
            if (section != null) {
                exception(section).ifPresent(exceptions::add);
            }
        }
        return exceptions;
    }

    private Optional<HoldException> exception(Section section) {
        section.allow("id", "basis", "when", "becomes");
        String id = section.need("id").id();
        String basis = section.need("basis").text();
        Match when = matches.read(section.need("when"));
        section.need("becomes").expect("REFERRED");
        if (when != null && when.accepted().isEmpty()) {
            section.problem(new IllegalArgumentException("when: names nothing, so it would undo the hold"));
        }
        return section.isSound() ? Optional.of(new HoldException(id, basis, when)) : Optional.empty();
    }

    private static Map<String, String> statement(Value value) {
        Map<String, String> statement = new TreeMap<>();
        Section section = value.section();
        if (section == null) {
            return statement;
        }
        for (String language : section.keys()) {
            Value text = section.need(language);
            if (!LANGUAGE.matcher(language).matches()) {
                text.wrong("is no language tag such as en or zh-Hant");
            }
            statement.put(language, text.text());
        }
        return statement;
    }
}
