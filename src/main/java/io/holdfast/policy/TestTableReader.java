package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Outcome;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code tests/*.test.yaml}. */
final class TestTableReader {

    private static final Map<String, Outcome> OUTCOMES = Spelling.of(Outcome.values(), Outcome::name);
    private static final Map<String, Reason> REASONS = Spelling.of(Reason.values(), Reason::code);
    private static final Map<String, DataCategory> CATEGORIES = Stream.of(DataCategory.values())
            .filter(Term::isKnown)
            .collect(Collectors.toMap(DataCategory::code, category -> category));
    private static final Map<String, String> FACTS = Stream.concat(
                    Stream.of(Dimension.values()).map(Dimension::code),
                    Stream.of("issued-at", "expires-at", "accounts"))
            .collect(Collectors.toMap(name -> name, name -> name));

    private final Set<String> holdSets;

    /**
     * @param postures the names that {@code holds} may give besides {@code start} and {@code none}
     */
    TestTableReader(Set<String> postures) {
        holdSets = new HashSet<>(postures);
        holdSets.add(TestTable.START);
        holdSets.add(TestTable.NO_HOLDS);
    }

    Optional<TestTable> read(Section root) {
        root.allow("title", "holds", "at", "facts", "cases");
        String title = root.need("title").text();
        Section facts = root.need("facts").section();
        List<Value> rows = root.need("cases").list();
        if (facts == null) {
            return Optional.empty();
        }
        List<TestTable.Case> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Value row : rows) {
            Section section = row.section();
            if (section == null) {
                continue;
            }
            section.allow("name", "facts", "holds", "at", "expect");
            if (section.find("name")
                    .map(Value::text)
                    .filter(name -> !names.add(name))
                    .isPresent()) {
                section.need("name").wrong("is that of another case of this table");
            }
            testCase(root, facts, section, row.line()).ifPresent(cases::add);
        }
        return root.isSound() ? Optional.of(new TestTable(root.file(), title, cases)) : Optional.empty();
    }

    private Optional<TestTable.Case> testCase(Section root, Section base, Section section, int line) {
        String name = section.need("name").text();
        Section own = section.find("facts").map(Value::section).orElse(base);
        Optional<Facts> facts = FactsReader.read(base, own);
        String holds = holds(section.find("holds").orElseGet(() -> root.need("holds")));
        Instant at = section.find("at").orElseGet(() -> root.need("at")).instant();
        Section expect = section.need("expect").section();
        Expectation expectation = expect == null ? null : expectation(expect);
        return section.isSound() && facts.isPresent()
                ? Optional.of(new TestTable.Case(name, line, facts.get(), holds, at, expectation))
                : Optional.empty();
    }

    private String holds(Value value) {
        String name = value.text();
        if (name == null || holdSets.contains(name)) {
            return name;
        }
        String hint = NearestWord.hint(name, holdSets);
        return value.wrong("names '" + name + "', which is neither start, none nor a posture"
                + (hint.isEmpty() ? "; a posture without holds has a posture.yaml of kind Posture" : hint));
    }

    private static Expectation expectation(Section expect) {
        expect.allow(
                "outcome",
                "reasons",
                "granted",
                "withheld",
                "holds",
                "grants",
                "exceptions",
                "missing",
                "approvals",
                "notice",
                "clock",
                "preserve",
                "unencrypted",
                "duties");
        Outcome outcome = expect.need("outcome").oneOf(OUTCOMES);
        return new Expectation(
                outcome,
                expect.find("reasons").map(value -> list(value, reason -> reason.oneOf(REASONS))),
                expect.find("granted").map(value -> Value.distinct(value.listOrNone(), c -> c.oneOf(CATEGORIES))),
                expect.find("withheld").map(Value::section).map(TestTableReader::withheld),
                expect.find("holds").map(value -> Value.distinct(value.listOrNone(), Value::text)),
                expect.find("grants").map(value -> Value.distinct(value.listOrNone(), Value::text)),
                expect.find("exceptions").map(value -> Value.distinct(value.listOrNone(), Value::text)),
                expect.find("missing").map(value -> list(value, fact -> fact.oneOf(FACTS))),
                ObligationsReader.expected(expect));
    }

    private static <T> List<T> list(Value value, Function<Value, T> read) {
        return List.copyOf(Value.distinct(value.listOrNone(), read));
    }

    private static Map<DataCategory, Reason> withheld(Section section) {
        section.allow(CATEGORIES.keySet().toArray(String[]::new));
        Map<DataCategory, Reason> withheld = new EnumMap<>(DataCategory.class);
        for (String category : section.keys()) {
            Reason reason = section.need(category).oneOf(REASONS);
            if (CATEGORIES.containsKey(category)) {
                withheld.put(CATEGORIES.get(category), reason);
            }
        }
        return withheld;
    }
}
