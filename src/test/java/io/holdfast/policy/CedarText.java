package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Match;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Conditions as Cedar writes them, over the facts as {@link CedarOracle} gives them. */
final class CedarText {

    private static final int FEW = 6;

    private CedarText() {}

    /** As what stops is read: one value of each dimension is enough. */
    static List<String> touching(Match match) {
        return parts(match, CedarText::any);
    }

    /** As what permits is read: each place is covered. Offences describe one matter, so one of them is enough. */
    static List<String> covering(Match match) {
        return parts(
                match, (fact, words) -> fact.equals(fact(Dimension.OFFENCE)) ? any(fact, words) : every(fact, words));
    }

    /** What is told in the fewest words first: most rules are ruled out by that. */
    private static List<String> parts(Match match, BiFunction<String, List<String>, String> ofSeveral) {
        List<String> parts = new ArrayList<>();
        match.accepted().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().size()))
                .forEach(entry -> {
                    Dimension dimension = entry.getKey();
                    List<String> words = words(dimension, entry.getValue());
                    // A category is asked about alone, as the resource.
                    boolean isSeveral = dimension.isPlural() && dimension != Dimension.CATEGORY;
                    String fact = fact(dimension);
                    parts.add(isSeveral ? ofSeveral.apply(fact, words) : oneOf(fact, words));
                });
        return parts;
    }

    /** Written out for a few, which is quicker; Cedar refuses an expression that goes deep. */
    static String oneOf(String fact, List<String> words) {
        return words.size() > FEW
                ? list(words) + ".contains(" + fact + ")"
                : words.stream().map(word -> fact + " == " + word).collect(Collectors.joining(" || ", "(", ")"));
    }

    private static String any(String fact, List<String> words) {
        return fact + ".containsAny(" + list(words) + ")";
    }

    static String every(String fact, List<String> words) {
        return "!" + fact + ".isEmpty() && " + list(words) + ".containsAll(" + fact + ")";
    }

    static String all(Collection<String> parts) {
        return parts.isEmpty() ? "true" : String.join(" && ", parts);
    }

    private static String list(List<String> words) {
        return "[" + String.join(", ", words) + "]";
    }

    static String fact(Dimension dimension) {
        return switch (dimension) {
            case ISSUER_JURISDICTION -> "principal";
            case ACTION -> "action";
            case CATEGORY -> "resource";
            default -> attribute(dimension.code());
        };
    }

    static String attribute(String name) {
        return "context[" + quoted(name) + "]";
    }

    static List<String> words(Dimension dimension, Set<? extends Term> terms) {
        return terms.stream()
                .map(Term::code)
                .sorted()
                .map(word -> word(dimension, word))
                .toList();
    }

    static String word(Dimension dimension, String code) {
        return CedarOracle.type(dimension)
                .map(type -> type + "::" + quoted(code))
                .orElse(quoted(code));
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    static String from(Instant instant) {
        return "context.at >= " + CedarOracle.seconds(instant);
    }

    static String before(Instant instant) {
        return "context.at < " + CedarOracle.seconds(instant);
    }

    /** A condition on a date that is there: Cedar leaves out a policy that looks at one that is not. */
    static String dated(String date, String condition) {
        return "context has " + quoted(date) + " && (" + condition + ")";
    }

    /**
     * Whether a period has not yet run since the issue. Months are counted by the calendar: the day is that of the issue,
     * or the last of a month that has no such day.
     */
    static String served(Period period) {
        long months = period.toTotalMonths();
        if (months > 0 && period.getDays() > 0) {
            throw new IllegalArgumentException("months and days in one period cannot be translated: " + period);
        }
        if (months == 0) {
            return dated("issued-at", "context.at < " + attribute("issued-at") + " + " + period.getDays() * 86_400L);
        }
        String end = "context.issued.month + " + months;
        String day = "(if context.issued.day < context.now.days then context.issued.day else context.now.days)";
        return dated(
                "issued",
                "context.now.month < " + end + " || context.now.month == " + end
                        + " && (context.now.day < " + day
                        + " || context.now.day == " + day + " && context.now.second < context.issued.second)");
    }
}
