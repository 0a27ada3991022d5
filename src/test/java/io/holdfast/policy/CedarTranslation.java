package io.holdfast.policy;

import static io.holdfast.policy.CedarText.all;
import static io.holdfast.policy.CedarText.attribute;
import static io.holdfast.policy.CedarText.before;
import static io.holdfast.policy.CedarText.covering;
import static io.holdfast.policy.CedarText.dated;
import static io.holdfast.policy.CedarText.every;
import static io.holdfast.policy.CedarText.fact;
import static io.holdfast.policy.CedarText.from;
import static io.holdfast.policy.CedarText.oneOf;
import static io.holdfast.policy.CedarText.quoted;
import static io.holdfast.policy.CedarText.served;
import static io.holdfast.policy.CedarText.touching;
import static io.holdfast.policy.CedarText.word;
import static io.holdfast.policy.CedarText.words;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
    private static final String HOLD = "hold/";
    private static final String WAY = "way/";

    private final Map<String, String> policies = new LinkedHashMap<>();
    private final Map<String, String> ways = new LinkedHashMap<>();
    private final Map<String, Reason> stops = new LinkedHashMap<>();

    CedarTranslation(Rulebook rulebook, List<Hold> holds) {
        forbid(FACTS, Reason.FACT_MISSING, "true", Optional.of(complete(rulebook.vocabulary())));
        forbid(CHANNEL, Reason.CHANNEL_SUSPENDED, needsTreaty(), open(rulebook.treaties()));
        forbid(
                NOT_YET,
                Reason.INSTRUMENT_NOT_YET_VALID,
                dated("issued-at", attribute("issued-at") + " > context.at"),
                Optional.empty());
        forbid(
                EXPIRED,
                Reason.INSTRUMENT_EXPIRED,
                dated("expires-at", attribute("expires-at") + " <= context.at"),
                Optional.empty());
        for (int i = 0; i < holds.size(); i++) {
            hold(i, holds.get(i));
        }
        rulebook.packs().forEach(pack -> pack.grants().forEach(this::grant));
    }

    /** Id to text, in the order written. */
    Map<String, String> policies() {
        return policies;
    }

    /**
     * A set of its own: a {@code permit} for each exception, where it opens its hold. Among the others they would permit.
     */
    Map<String, String> ways() {
        return ways;
    }

    /** {@code hold/exception} from the id of a way. */
    static String exception(String id) {
        return id.substring(id.indexOf('/', WAY.length()) + 1);
    }

    /** What the {@code forbid} of this id tells. */
    Reason reason(String id) {
        return stops.get(id);
    }

    static boolean isHold(String id) {
        return id.startsWith(HOLD);
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
    private void hold(int number, Hold hold) {
        List<Hold.Phase> phases = hold.phases();
        if (phases.isEmpty()) {
            hold(number + "", hold, hold.mode(), List.of());
            return;
        }
        hold(number + "#0", hold, Mode.PAUSE, List.of(before(phases.get(0).from())));
        for (int i = 0; i < phases.size(); i++) {
            List<String> during = new ArrayList<>(List.of(from(phases.get(i).from())));
            if (i + 1 < phases.size()) {
                during.add(before(phases.get(i + 1).from()));
            }
            hold(number + "#" + (i + 1), hold, phases.get(i).mode(), during);
        }
    }

    private void hold(String number, Hold hold, Mode mode, List<String> during) {
        List<String> when = new ArrayList<>(touching(hold.applies()));
        when.add(from(hold.from()));
        when.addAll(during);
        stopping(mode).ifPresent(when::add);
        List<String> opened = new ArrayList<>();
        for (HoldException exception : mode == Mode.NEVER ? List.<HoldException>of() : hold.exceptions()) {
            String opens = all(covering(exception.when()));
            opened.add("(" + opens + ")");
            String id = WAY + number + "/" + hold.id() + "/" + exception.id();
            ways.put(id, "permit (principal, action, resource) when { " + all(when) + " && " + opens + " };");
        }
        Optional<String> unless = opened.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", opened));
        forbid(HOLD + number + "/" + hold.reference(), reason(mode), all(when), unless);
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

    /** Of all categories asked for, which stand in the context: the resource is only one of them. */
    private static String complete(Vocabulary vocabulary) {
        List<String> parts = new ArrayList<>(
                List.of("context has \"issued-at\"", "context has \"expires-at\"", "context.accounts > 0"));
        for (Dimension dimension : Dimension.values()) {
            if (dimension.vocabulary() == Dimension.Vocabulary.JURISDICTION) {
                // The words are asked once for all places, below: a list of 249 is dear.
                parts.add(dimension.isPlural() ? "!" + fact(dimension) + ".isEmpty()" : "true");
            } else if (dimension.isPlural()) {
                parts.add(every(attribute(dimension.code()), known(vocabulary, dimension, CedarText::quoted)));
            } else {
                parts.add(oneOf(fact(dimension), known(vocabulary, dimension, code -> word(dimension, code))));
            }
        }
        parts.add(every("context.places", known(vocabulary, Dimension.USER_JURISDICTION, CedarText::quoted)));
        return all(parts);
    }

    private static List<String> known(Vocabulary vocabulary, Dimension dimension, UnaryOperator<String> spelling) {
        return vocabulary.words(dimension).keySet().stream().map(spelling).toList();
    }

    // Channels: open while an active treaty joins two different places.

    private static String needsTreaty() {
        return "context.channel == \"TREATY\" || context.channel == \"EXECUTIVE-AGREEMENT\"";
    }

    private static Optional<String> open(List<Treaty> treaties) {
        List<String> open = treaties.stream()
                .map(treaty -> "(context.channel == " + quoted(treaty.channel().code())
                        + " && (" + joins(treaty.parties()) + ")"
                        + " && (" + active(treaty.history()) + "))")
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", open));
    }

    private static String joins(Set<Jurisdiction> parties) {
        return parties.stream()
                .sorted(Comparator.comparing(Jurisdiction::code))
                .map(one -> {
                    Set<Jurisdiction> others = new HashSet<>(parties);
                    others.remove(one);
                    return "principal == " + word(Dimension.ISSUER_JURISDICTION, one.code()) + " && "
                            + oneOf(
                                    fact(Dimension.PROVIDER_JURISDICTION),
                                    words(Dimension.PROVIDER_JURISDICTION, others));
                })
                .collect(Collectors.joining(" || "));
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
}
