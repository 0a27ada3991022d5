package io.holdfast.letter;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Event;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Reason;
import io.holdfast.legal.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what the sender of a request is told of where it stands. Pure, and safe for many threads. */
public final class Letter {

    /** One template each. */
    public enum Kind {
        ACKNOWLEDGEMENT("reasons"),
        HELD("reasons", "statements"),
        REFUSED("reasons", "statements"),
        RETURNED("reasons", "missing"),
        /** It can be collected, unless the person concerned has to be told first. */
        RELEASED("given", "withheld"),
        /** It lies on top of the package. */
        PACKED("given", "withheld"),
        WAITS_FOR_NOTICE("given", "withheld"),
        DELIVERED("handed", "delivered", "digest"),
        /** Of an order to keep data: it is granted, it is carried out, and it is over. */
        KEEPING("given", "withheld"),
        KEPT("given", "withheld"),
        KEPT_NO_MORE;

        private final Set<String> own;

        Kind(String... own) {
            this.own = Set.of(own);
        }

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** What its template has places for. */
        Set<String> places() {
            return Stream.concat(Stream.of("request", "decided"), own.stream()).collect(Collectors.toSet());
        }
    }

    /** What its {@code record.txt} has places for. */
    static final Set<String> OF_THE_RECORD = Set.of("request", "origin", "index", "leaf");

    /**
     * What a letter is about.
     *
     * @param state of the case
     * @param decided the entry of its latest decision
     * @param delivered the entry that says what was handed over, if it was
     * @param isNoticeDue whether the person concerned has to be told first
     * @param holds those in force
     */
    public record Matter(
            CaseState state, Stored decided, Optional<Stored> delivered, boolean isNoticeDue, List<Hold> holds) {
        public Matter {
            holds = List.copyOf(holds);
        }

        private Decision decision() {
            return ((Event.RequestDecided) decided.entry().event()).decision();
        }

        private Kind granted() {
            Event.RequestDecided event = (Event.RequestDecided) decided.entry().event();
            if (event.facts().action() != Action.DISCLOSE) {
                return Kind.KEEPING;
            }
            return isNoticeDue ? Kind.WAITS_FOR_NOTICE : Kind.RELEASED;
        }

        /** Nothing for a case that is shredded. */
        Optional<Kind> kind() {
            return switch (state) {
                case UNDECIDED, REVIEWED, SHREDDED -> Optional.empty();
                case HELD -> Optional.of(Kind.HELD);
                case REFUSED -> Optional.of(Kind.REFUSED);
                case RETURNED -> Optional.of(Kind.RETURNED);
                case REFERRED -> Optional.of(Kind.ACKNOWLEDGEMENT);
                case RELEASED, ACCESSED, OPENED, PACKAGED -> Optional.of(granted());
                case PRESERVED -> Optional.of(Kind.KEPT);
                case OVER, DROPPED -> Optional.of(Kind.KEPT_NO_MORE);
                case DELIVERED -> Optional.of(Kind.DELIVERED);
            };
        }
    }

    private final Language language;
    private final Map<String, String> words;
    private final Map<Kind, Template> templates = new EnumMap<>(Kind.class);
    private final Template record;

    private Letter(Language language) {
        this.language = language;
        this.words = Template.words(language);
        this.record = Template.read(language, "record");
        for (Kind kind : Kind.values()) {
            templates.put(kind, Template.read(language, kind.file()));
        }
    }

    /** @throws IllegalStateException if a template is missing */
    public static Letter in(Language language) {
        return new Letter(language);
    }

    /**
     * @return plain text, lines of any length; nothing if there is nothing to write of, since the case is shredded
     * @throws IllegalStateException if a template has not exactly the places that its kind has
     */
    public Optional<String> write(Matter matter) {
        return matter.kind().map(kind -> write(kind, matter));
    }

    /**
     * What lies on top of the package of a released case.
     *
     * @throws IllegalStateException if a template has not exactly the places that its kind has
     */
    public String cover(Matter matter) {
        return write(Kind.PACKED, matter);
    }

    private String write(Kind kind, Matter matter) {
        Stored decided = matter.decided();
        Map<String, List<String>> of = new TreeMap<>();
        of.put("request", List.of(decided.entry().envelope().subject()));
        of.put("decided", List.of(decided.entry().envelope().at().toString()));
        own(kind, matter, of);
        return templates.get(kind).fill(of) + "\n"
                + reference(matter.delivered().orElse(decided));
    }

    private String reference(Stored stored) {
        return record.fill(Map.of(
                "request", List.of(stored.entry().envelope().subject()),
                "origin", List.of(stored.entry().envelope().issuer()),
                "index", List.of(Long.toString(stored.index())),
                "leaf", List.of(stored.entry().leaf().hash().hex())));
    }

    private void own(Kind kind, Matter matter, Map<String, List<String>> of) {
        Decision decision = matter.decision();
        switch (kind) {
            case ACKNOWLEDGEMENT -> of.put("reasons", reasons(decision));
            case HELD, REFUSED -> {
                of.put("reasons", reasons(decision));
                of.put("statements", statements(decision, matter.holds()));
            }
            case RETURNED -> {
                of.put("reasons", reasons(decision));
                of.put("missing", missing(((Decision.Returned) decision).missing()));
            }
            case RELEASED, PACKED, WAITS_FOR_NOTICE, KEEPING, KEPT -> {
                Scope scope = ((Decision.Released) decision).scope();
                of.put("given", categories(scope.granted()));
                of.put("withheld", withheld(scope));
            }
            case KEPT_NO_MORE -> {} // nothing but that it is so
            case DELIVERED -> {
                Stored stored = matter.delivered().orElseThrow();
                Event.Delivered delivered = (Event.Delivered) stored.entry().event();
                of.put("handed", categories(delivered.categories()));
                of.put("delivered", List.of(stored.entry().envelope().at().toString()));
                of.put("digest", List.of(delivered.digest().hex()));
            }
        }
    }

    private List<String> reasons(Decision decision) {
        return decision.basis().reasons().stream()
                .map(reason -> "- " + language.sentence(reason) + " (" + reason.code() + ")")
                .toList();
    }

    /** Only what is missing, and nothing of what is not. */
    private List<String> missing(List<String> codes) {
        return codes.stream().map(code -> "- " + word(code) + " (" + code + ")").toList();
    }

    private List<String> categories(Set<DataCategory> categories) {
        return categories.stream()
                .sorted()
                .map(category -> "- " + word(category.code()) + " (" + category.code() + ")")
                .toList();
    }

    private List<String> withheld(Scope scope) {
        return new TreeMap<>(scope.withheld())
                .entrySet().stream()
                        .map(one -> "- "
                                + word("withheld")
                                        .replace(
                                                "{category}",
                                                word(one.getKey().code()) + " ("
                                                        + one.getKey().code() + ")")
                                        .replace("{reason}", sentence(one.getValue())))
                        .toList();
    }

    private String sentence(Reason reason) {
        return language.sentence(reason) + " (" + reason.code() + ")";
    }

    /** What the holds that cover it say, in this language as far as they do; what they say is public. */
    private List<String> statements(Decision decision, List<Hold> holds) {
        return holds.stream()
                .filter(hold -> decision.basis().holds().contains(hold.reference()))
                .map(hold -> hold.statement().get(language.tag()))
                .filter(text -> text != null)
                .flatMap(text -> Stream.of("", text.strip()))
                .toList();
    }

    private String word(String code) {
        String text = words.get(code);
        if (text == null) {
            throw new IllegalStateException("letters/" + language.tag() + "/words.txt has no " + code);
        }
        return text;
    }
}
