package io.holdfast.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What stands after a key. Each reading either gives the value, or notes a problem and gives {@code null} (lists: an
 * empty list), which nobody looks at because the section is not sound then.
 */
final class Value {

    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern NO_ZONE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d)?)?");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern COUNT = Pattern.compile("0|[1-9]\\d{0,8}");

    private final String file;
    private final String name;
    private final Node node;
    private final Mark mark;
    private final Problems problems;

    Value(String file, String name, Node node, Mark key, Problems problems) {
        this.file = file;
        this.name = name;
        this.node = node;
        this.mark = node == null ? key : node.getStartMark();
        this.problems = problems;
    }

    /** Stands for a value whose absence has been noted: every reading gives nothing, silently. */
    static Value absent(String file, String name, Mark mark, Problems problems) {
        return new Value(file, name, null, mark, problems);
    }

    String text() {
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            return wrong("must be one value, not a list or a mapping");
        }
        return scalar.getValue().isBlank() ? wrong("is empty; write a value or leave the key out") : scalar.getValue();
    }

    /** {@code file:line}, for pointing at it from elsewhere. */
    String place() {
        return file + ":" + line();
    }

    int line() {
        return mark.getLine() + 1;
    }

    String id() {
        String text = text();
        boolean right = text == null || (text.length() <= 60 && ID.matcher(text).matches());
        return right ? text : wrong("must be small letters, digits and single hyphens, at most 60 long");
    }

    Instant instant() {
        String text = text();
        if (text == null) {
            return null;
        }
        if (NO_ZONE.matcher(text).matches()) {
            return wrong("needs a time and a zone, for example 2026-11-23T00:00:00+08:00; found '" + text + "'");
        }
        try {
            return MOMENT.matcher(text).matches()
                    ? OffsetDateTime.parse(text).toInstant()
                    : wrong("must look like 2026-11-23T00:00:00+08:00; found '" + text + "'");
        } catch (DateTimeException e) {
            return wrong("is no date and time that exists: '" + text + "'");
        }
    }

    LocalDate date() {
        String text = text();
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return wrong("must be a date such as 2026-11-23; found '" + text + "'");
        }
    }

    Duration duration() {
        String text = text();
        try {
            Duration duration = text == null ? null : Duration.parse(text);
            boolean right = duration == null || duration.compareTo(Duration.ZERO) > 0;
            return right ? duration : wrong("must be longer than nothing; found '" + text + "'");
        } catch (DateTimeException e) {
            return wrong("must be a duration such as P10D or PT8H; found '" + text + "'");
        }
    }

    /** Of the calendar: months are as long as they are. */
    Period period() {
        String text = text();
        try {
            Period period = text == null ? null : Period.parse(text);
            boolean right =
                    period == null || (period.toString().equals(text) && !period.isNegative() && !period.isZero());
            return right ? period : wrong("must be a period such as P3M or P14D; found '" + text + "'");
        } catch (DateTimeException e) {
            return wrong("must be a period such as P3M or P14D; found '" + text + "'");
        }
    }

    /** A whole number from 0 to {@code most}; -1 when a problem was noted. */
    int count(int most) {
        String text = text();
        if (text != null && COUNT.matcher(text).matches() && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        if (text != null) {
            wrong("must be a whole number from 0 to " + most + "; found '" + text + "'");
        }
        return -1;
    }

    boolean yes() {
        String text = text();
        if (text != null && !text.equals("true") && !text.equals("false")) {
            wrong("must be true or false; found '" + text + "'");
        }
        return "true".equals(text);
    }

    <T> T oneOf(Map<String, T> known) {
        String text = text();
        return text == null || known.containsKey(text) ? known.get(text) : unknown(text, known.keySet());
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isWord(String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    void expect(String word) {
        String text = text();
        if (text != null && !text.equals(word)) {
            wrong("must be '" + word + "'; found '" + text + "'");
        }
    }

    Section section() {
        if (node == null) {
            return null;
        }
        return node instanceof MappingNode mapping
                ? Section.of(file, mapping, problems)
                : wrong("must be a mapping of keys and values");
    }

    /** The parts of a list with at least one part. */
    List<Value> list() {
        List<Value> parts = listOrNone();
        if (parts.isEmpty() && node instanceof SequenceNode) {
            wrong("is an empty list; leave the key out or fill the list");
        }
        return parts;
    }

    List<Value> listOrNone() {
        List<Value> parts = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(part -> parts.add(new Value(file, name, part, mark, problems)));
        } else if (node != null) {
            wrong("must be a list, for example [A, B]");
        }
        return parts;
    }

    /** A list, or one single value in the place of a list of one. */
    List<Value> listOrOne() {
        return node instanceof ScalarNode ? List.of(this) : list();
    }

    /** The words of a list in their order; a word that is there twice is a slip, so it is noted. */
    static <T> Set<T> distinct(List<Value> parts, Function<Value, T> read) {
        Set<T> all = new LinkedHashSet<>();
        for (Value part : parts) {
            T one = read.apply(part);
            if (one != null && !all.add(one)) {
                part.wrong("has '" + part.text() + "' twice");
            }
        }
        return all;
    }

    <T> T unknown(String found, Collection<String> known) {
        // Look-alike letters of other alphabets are the one slip that nobody can see.
        boolean isPlain = found.chars().allMatch(c -> c < 128);
        String hint = isPlain ? NearestWord.hint(found, known) : "; it has letters that only look like A to Z";
        problems.add(file, mark, "unknown word '" + found + "' in " + name + hint);
        return null;
    }

    /** Notes a problem with this value; gives {@code null} so that a reading can end with it. */
    <T> T wrong(String sentence) {
        problems.add(file, mark, name + " " + sentence);
        return null;
    }
}
