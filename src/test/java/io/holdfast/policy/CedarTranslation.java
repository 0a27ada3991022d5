package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rulebook and its holds, written as policies of the Cedar language: a grant is a {@code permit}, and whatever stops is a
 * {@code forbid}. Made of what was loaded, and of nothing that decides or prepares to: what {@link Mask}, {@link Conditions}
 * or {@link Evaluation} get wrong must not be wrong here too.
 *
 * <p>A policy asks about one category of data, which is the resource. {@link CedarOracle} says how a request looks.
 */
final class CedarTranslation {

    /** The ids of what stops a request whatever it asks for. */
    static final String FACTS = "facts";

    static final String CHANNEL = "channel";
    static final String NOT_YET = "not-yet";
    static final String EXPIRED = "expired";

    private static final String GRANT = "grant/";
    private static final int FEW = 6;

    private final Map<String, String> policies = new LinkedHashMap<>();
    private final Map<String, Reason> stops = new LinkedHashMap<>();

    CedarTranslation(Rulebook rulebook, List<Hold> holds) {
        forbid(FACTS, Reason.FACT_MISSING, "true", Optional.of(complete(rulebook.vocabulary())));
        forbid(CHANNEL, Reason.CHANNEL_SUSPENDED, needsTreaty(), open(rulebook.treaties()));
        forbid(NOT_YET, Reason.INSTRUMENT_NOT_YET_VALID, known("issued-at", "%s > context.at"), Optional.empty());
        forbid(EXPIRED, Reason.INSTRUMENT_EXPIRED, known("expires-at", "%s <= context.at"), Optional.empty());
        for (int i = 0; i < holds.size(); i++) {
            hold("hold/" + i + "/" + holds.get(i).reference(), holds.get(i));
        }
        rulebook.packs().forEach(pack -> pack.grants().forEach(this::grant));
    }

    /** Id to text, in the order written. */
    Map<String, String> policies() {
        return policies;
    }

    /** What the {@code forbid} of this id tells. */
    Reason reason(String id) {
        return stops.get(id);
    }

    static boolean isHold(String id) {
        return id.startsWith("hold/");
    }

    /** The id of a grant from that of its policy. */
    static String grant(String id) {
        return id.substring(GRANT.length());
    }

    private void forbid(String id, Reason reason, String when, Optional<String> unless) {
        String tail = unless.map(text -> " unless { " + text + " }").orElse("");
        policies.put(id, "forbid (principal, action, resource) when { " + when + " }" + tail + ";");
        stops.put(id, reason);
    }

    private void grant(Grant grant) {
        List<String> when = new ArrayList<>(covering(grant.when()));
        when.add(from(grant.valid().from()));
        grant.valid().until().ifPresent(until -> when.add(before(until)));
        grant.serveWithin().ifPresent(period -> when.add(served(period)));
        policies.put(GRANT + grant.id(), "permit (principal, action, resource) when { " + all(when) + " };");
    }

    /** One policy for each phase of a wind-down, which pauses until its first; else one for all time. */
    private void hold(String id, Hold hold) {
        if (hold.mode() != Mode.WIND_DOWN) {
            hold(id, hold, hold.mode(), List.of());
            return;
        }
        List<Hold.Phase> phases = hold.phases();
        hold(id + "#0", hold, Mode.PAUSE, List.of(before(phases.get(0).from())));
        for (int i = 0; i < phases.size(); i++) {
            List<String> during = new ArrayList<>(List.of(from(phases.get(i).from())));
            if (i + 1 < phases.size()) {
                during.add(before(phases.get(i + 1).from()));
            }
            hold(id + "#" + (i + 1), hold, phases.get(i).mode(), during);
        }
    }

    private void hold(String id, Hold hold, Mode mode, List<String> during) {
        List<String> when = new ArrayList<>(touching(hold.applies()));
        when.add(from(hold.from()));
        when.addAll(during);
        stopping(mode).ifPresent(when::add);
        List<String> ways = new ArrayList<>();
        if (mode != Mode.NEVER) {
            for (HoldException exception : hold.exceptions()) {
                ways.add("(" + all(covering(exception.when())) + ")");
            }
        }
        Optional<String> unless = ways.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", ways));
        forbid(id, reason(mode), all(when), unless);
    }

    /** What a mode stops of all that its hold touches; nothing where that is everything. */
    private static Optional<String> stopping(Mode mode) {
        return switch (mode) {
            case PAUSE, DENY, NEVER, NO_DATA, WIND_DOWN -> Optional.empty();
            case TREATY_ONLY -> Optional.of("context.channel != \"TREATY\"");
            case EMERGENCY_ONLY ->
                Optional.of("(context.emergency == \"NONE\" || context.emergency == \"UNKNOWN\""
                        + " || context.sender != \"VERIFIED\" || context.document != \"VERIFIED\")");
            case NON_CONTENT_ONLY ->
                Optional.of("(resource == Category::\"CONTENT\" || resource == Category::\"LIVE-CONTENT\")");
        };
    }

    private static Reason reason(Mode mode) {
        return switch (mode) {
            case NEVER -> Reason.NEVER_DISCLOSED;
            case DENY -> Reason.REFUSED_UNTIL_REVIEW;
            case PAUSE, WIND_DOWN -> Reason.HELD_PENDING_REVIEW;
            case NO_DATA -> Reason.NO_RECORDS;
            case TREATY_ONLY -> Reason.TREATY_CHANNEL_ONLY;
            case EMERGENCY_ONLY -> Reason.EMERGENCY_ONLY;
            case NON_CONTENT_ONLY -> Reason.CONTENT_WITHHELD;
        };
    }

    // Facts: every one there, and every word one of the vocabulary's.

    private static String complete(Vocabulary vocabulary) {
        List<String> parts = new ArrayList<>(
                List.of("context has \"issued-at\"", "context has \"expires-at\"", "context.accounts > 0"));
        for (Dimension dimension : Dimension.values()) {
            List<String> words = vocabulary.words(dimension).keySet().stream()
                    .map(word -> literal(dimension, word))
                    .toList();
            String asked = dimension == Dimension.CATEGORY ? "context.category" : fact(dimension);
            parts.add(dimension.isPlural() ? every(asked, words) : oneOf(asked, words));
        }
        return all(parts);
    }

    // Channels: open while an active treaty joins two different places.

    private static String needsTreaty() {
        return "context.channel == \"TREATY\" || context.channel == \"EXECUTIVE-AGREEMENT\"";
    }

    private static Optional<String> open(List<Treaty> treaties) {
        String provider = fact(Dimension.PROVIDER_JURISDICTION);
        List<String> open = new ArrayList<>();
        for (Treaty treaty : treaties) {
            List<String> parties = words(Dimension.ISSUER_JURISDICTION, treaty.parties());
            open.add("(context.channel == " + quoted(treaty.channel().code())
                    + " && principal != " + provider
                    + " && " + oneOf("principal", parties)
                    + " && " + oneOf(provider, parties)
                    + " && (" + active(treaty.history()) + "))");
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", open));
    }

    private static String active(List<Treaty.Turn> history) {
        List<String> active = new ArrayList<>(List.of("false"));
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).status() == Treaty.Status.ACTIVE) {
                String since = from(history.get(i).since());
                boolean isLast = i + 1 == history.size();
                active.add(
                        isLast
                                ? since
                                : since + " && " + before(history.get(i + 1).since()));
            }
        }
        return String.join(" || ", active);
    }

    // Conditions.

    private static List<String> touching(Match match) {
        return parts(match, (fact, words) -> fact + ".containsAny([" + String.join(", ", words) + "])");
    }

    /** Offences describe one matter, so one of them is enough; places are several things, and each has to be covered. */
    private static List<String> covering(Match match) {
        return parts(
                match,
                (fact, words) -> fact.equals(fact(Dimension.OFFENCE))
                        ? fact + ".containsAny([" + String.join(", ", words) + "])"
                        : every(fact, words));
    }

    private interface OfSeveral {
        String part(String fact, List<String> words);
    }

    private static List<String> parts(Match match, OfSeveral ofSeveral) {
        List<String> parts = new ArrayList<>();
        match.accepted().forEach((dimension, terms) -> {
            boolean isSeveral = dimension.isPlural() && dimension != Dimension.CATEGORY;
            List<String> words = words(dimension, terms);
            parts.add(isSeveral ? ofSeveral.part(fact(dimension), words) : oneOf(fact(dimension), words));
        });
        return parts;
    }

    /** Written out for a few, which is quicker; Cedar reads no expression that goes deep. */
    private static String oneOf(String fact, List<String> words) {
        if (words.size() > FEW) {
            return "[" + String.join(", ", words) + "].contains(" + fact + ")";
        }
        return words.stream().map(word -> fact + " == " + word).collect(Collectors.joining(" || ", "(", ")"));
    }

    private static String every(String fact, List<String> words) {
        return "!" + fact + ".isEmpty() && [" + String.join(", ", words) + "].containsAll(" + fact + ")";
    }

    private static String all(Collection<String> parts) {
        return parts.isEmpty() ? "true" : String.join(" && ", parts);
    }

    // Words.

    private static String fact(Dimension dimension) {
        return switch (dimension) {
            case ISSUER_JURISDICTION -> "principal";
            case ACTION -> "action";
            case CATEGORY -> "resource";
            default -> "context[" + quoted(dimension.code()) + "]";
        };
    }

    private static List<String> words(Dimension dimension, Set<? extends Term> terms) {
        return terms.stream()
                .map(Term::code)
                .sorted()
                .map(word -> literal(dimension, word))
                .toList();
    }

    private static String literal(Dimension dimension, String word) {
        return CedarOracle.type(dimension).map(type -> type + "::").orElse("") + quoted(word);
    }

    private static String quoted(String word) {
        return "\"" + word + "\"";
    }

    // Time, in seconds since 1970.

    private static String from(Instant instant) {
        return "context.at >= " + CedarOracle.seconds(instant);
    }

    private static String before(Instant instant) {
        return "context.at < " + CedarOracle.seconds(instant);
    }

    private static String known(String date, String condition) {
        String fact = "context[" + quoted(date) + "]";
        return "context has " + quoted(date) + " && " + condition.formatted(fact);
    }

    /**
     * Whether a period has not yet run since the issue. A month is as long as it is, so months are counted by the calendar:
     * the day is that of the issue, or the last of a month that has no such day.
     */
    private static String served(Period period) {
        boolean isByMonths = period.toTotalMonths() > 0;
        if (isByMonths && period.getDays() > 0) {
            throw new IllegalArgumentException("months and days in one period: " + period + "; translate that first");
        }
        if (!isByMonths) {
            return known("issued-at", "context.at < %s + " + period.getDays() * 86_400L);
        }
        String end = "context.issued.month + " + period.toTotalMonths();
        String day = "(if context.issued.day < context.now.days then context.issued.day else context.now.days)";
        return known(
                "issued-at",
                "(context.now.month < " + end + " || context.now.month == " + end
                        + " && (context.now.day < " + day
                        + " || context.now.day == " + day + " && context.now.second < context.issued.second))");
    }
}
