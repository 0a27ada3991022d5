package io.holdfast.policy;

import io.holdfast.legal.Deadline;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Preservation;
import io.holdfast.legal.Silence;
import io.holdfast.legal.Stop;
import io.holdfast.legal.Term;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A grant, a power that is not served and a source in words, for lawyers. */
public final class GrantWords {

    /** Always told: their absence means something too. */
    private static final List<Dimension> ALWAYS = List.of(
            Dimension.AUTHORITY,
            Dimension.ISSUER_JURISDICTION,
            Dimension.CHANNEL,
            Dimension.PROVIDER_JURISDICTION,
            Dimension.ACTION,
            Dimension.CATEGORY,
            Dimension.OFFENCE,
            Dimension.EMERGENCY);

    private static final List<Dimension> IF_NAMED = List.of(
            Dimension.NATIONAL_SECURITY,
            Dimension.USER_JURISDICTION,
            Dimension.SUBJECT_JURISDICTION,
            Dimension.NON_DISCLOSURE,
            Dimension.SENDER,
            Dimension.DOCUMENT);

    private static final int MOST_PLACES = 12;
    /** Laws speak of 48, 72 and 96 hours, and of days from five on. */
    private static final Duration IN_HOURS = Duration.ofHours(96);

    private final Vocabulary vocabulary;

    public GrantWords(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * What is told of a thing, under a name.
     *
     * @param name such as {@code authority}
     * @param says at least one
     */
    public record Line(String name, List<String> says) {
        public Line {
            says = List.copyOf(says);
        }
    }

    public List<Line> of(Grant grant) {
        List<Line> lines = new ArrayList<>();
        lines.add(line("basis", grant.basis()));
        lines.add(line("source", source(grant.source())));
        lines.add(line("in force", valid(grant.valid())));
        ALWAYS.forEach(dimension -> lines.add(line(dimension.code(), accepted(grant.when(), dimension))));
        IF_NAMED.stream()
                .filter(grant.when().accepted()::containsKey)
                .forEach(dimension -> lines.add(line(dimension.code(), accepted(grant.when(), dimension))));
        grant.serveWithin()
                .ifPresent(period ->
                        lines.add(line("served", "Within " + words(period) + " of its issue; it is void after that.")));
        lines.addAll(obligations(grant));
        return lines;
    }

    private static List<Line> obligations(Grant grant) {
        Obligations asks = grant.obligations();
        List<Line> lines = new ArrayList<>();
        lines.add(line("approvals", approvals(grant)));
        lines.add(line("notice", asks.notice().sentence()));
        if (!asks.clocks().isEmpty()) {
            lines.add(new Line(
                    "clocks", asks.clocks().stream().map(GrantWords::clock).toList()));
        }
        asks.preservation().ifPresent(kept -> lines.add(line("preservation", preservation(kept))));
        if (!asks.duties().isEmpty()) {
            lines.add(new Line(
                    "duties",
                    new TreeSet<>(asks.duties()).stream().map(Duty::sentence).toList()));
        }
        grant.unencrypted()
                .ifPresent(source -> lines.add(line(
                        "unencrypted",
                        "May be handed over in clear to an authority without a certificate. " + source(source))));
        return lines;
    }

    public List<Line> of(NotServed power) {
        List<Line> lines = new ArrayList<>();
        lines.add(line("why", power.why()));
        lines.add(line("basis", power.basis()));
        lines.add(line("source", source(power.source())));
        new TreeMap<>(power.reaches().accepted())
                .keySet()
                .forEach(dimension -> lines.add(line(dimension.code(), accepted(power.reaches(), dimension))));
        return lines;
    }

    /** The citation, and whether anybody has read it. */
    public static String source(Source source) {
        return source.cite() + ": " + status(source);
    }

    public static String status(Source source) {
        return source.status().name()
                + source.verifiedOn().map(day -> " on " + day).orElse("");
    }

    public static String valid(Validity valid) {
        return "From " + valid.from()
                + valid.until().map(until -> " until just before " + until).orElse("") + ".";
    }

    private static Line line(String name, String says) {
        return new Line(name, List.of(says));
    }

    /** The labels of what is accepted, in the order of the codes. */
    private String accepted(Match match, Dimension dimension) {
        Set<Term> terms = match.accepted().get(dimension);
        if (terms == null) {
            return "Any.";
        }
        return group(dimension, terms) + ".";
    }

    private String group(Dimension dimension, Set<Term> terms) {
        for (Map.Entry<String, Set<Jurisdiction>> group : vocabulary.groups().entrySet()) {
            if (group.getValue().equals(terms)) {
                return group.getKey() + ", " + terms.size() + " places";
            }
        }
        if (terms.size() > MOST_PLACES) {
            return codes(terms);
        }
        return codes(terms, dimension);
    }

    private static String codes(Collection<Term> terms) {
        return terms.stream().map(Term::code).sorted().collect(Collectors.joining(", "));
    }

    private String codes(Set<Term> terms, Dimension dimension) {
        return terms.stream()
                .sorted(Comparator.comparing(Term::code))
                .map(term -> term.code() + " (" + vocabulary.label(dimension, term) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String approvals(Grant grant) {
        int people = grant.obligations().approvals();
        String first = switch (people) {
            case 0 -> "Nobody has to approve.";
            case 1 -> "One person approves the exact version.";
            default -> people + " different people approve the exact version.";
        };
        return grant.peopleOnly() ? first + " People answer it: the gateway itself never releases it." : first;
    }

    private static String clock(Deadline clock) {
        StringBuilder says = new StringBuilder(capital(clock.step().sentence()))
                .append(" within ")
                .append(words(clock.within()))
                .append(" of ")
                .append(clock.step().from());
        if (!clock.stops().isEmpty()) {
            says.append("; the clock stops ")
                    .append(new TreeSet<>(clock.stops())
                            .stream().map(Stop::sentence).collect(Collectors.joining(", and ")));
        }
        clock.silence()
                .map(Silence::sentence)
                .ifPresent(silence -> says.append("; ").append(silence));
        return says.append('.').toString();
    }

    private static String preservation(Preservation kept) {
        return "Kept for " + words(kept.period())
                + kept.extension()
                        .map(more -> ", and once for " + words(more) + " more on the issuer's request")
                        .orElse("")
                + (kept.untilProduced() ? "; without an end once production was asked for." : "; then deleted.");
    }

    private static String words(Duration time) {
        boolean isDays = time.compareTo(IN_HOURS) > 0 && time.equals(Duration.ofDays(time.toDays()));
        return isDays ? counted(time.toDays(), "day") : hours(time);
    }

    private static String hours(Duration time) {
        return time.equals(Duration.ofHours(time.toHours()))
                ? counted(time.toHours(), "hour")
                : counted(time.toMinutes(), "minute");
    }

    private static String words(Period period) {
        List<String> parts = new ArrayList<>();
        if (period.getYears() > 0) {
            parts.add(counted(period.getYears(), "year"));
        }
        if (period.getMonths() > 0) {
            parts.add(counted(period.getMonths(), "month"));
        }
        if (period.getDays() > 0) {
            parts.add(counted(period.getDays(), "day"));
        }
        return String.join(" and ", parts);
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
