package io.holdfast.legal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule can look at. The order matters: where no grant matches, the first dimension that rules out the last
 * candidate gives the reason, so the dimensions go from "wrong place" to "wrong paper".
 */
public enum Dimension {
    ISSUER_JURISDICTION(facts -> Set.of(facts.issuer()), Vocabulary.JURISDICTION, Reason.JURISDICTION_NOT_LISTED),
    PROVIDER_JURISDICTION(facts -> Set.of(facts.provider()), Vocabulary.JURISDICTION, Reason.PROVIDER_NOT_ADDRESSED),
    INSTRUMENT(facts -> Set.of(facts.instrument()), Vocabulary.INSTRUMENT, Reason.INSTRUMENT_NOT_ACCEPTED),
    ACTION(facts -> Set.of(facts.action()), Vocabulary.ACTION, Reason.ACTION_NOT_COVERED),
    CHANNEL(facts -> Set.of(facts.channel()), Vocabulary.CHANNEL, Reason.CHANNEL_NOT_ACCEPTED),
    AUTHORITY(facts -> Set.of(facts.authority()), Vocabulary.AUTHORITY, Reason.NOT_COMPETENT_AUTHORITY),
    CATEGORY(Facts::categories, Vocabulary.CATEGORY, Reason.CATEGORY_NOT_REACHED),
    OFFENCE(Facts::offences, Vocabulary.OFFENCE, Reason.OFFENCE_NOT_COVERED),
    EMERGENCY(facts -> Set.of(facts.emergency()), Vocabulary.EMERGENCY, Reason.EMERGENCY_NOT_COVERED),
    NATIONAL_SECURITY(
            facts -> Set.of(facts.nationalSecurity()),
            Vocabulary.NATIONAL_SECURITY,
            Reason.NATIONAL_SECURITY_NOT_COVERED),
    USER_JURISDICTION(Facts::users, Vocabulary.JURISDICTION, Reason.USER_NOT_COVERED),
    SUBJECT_JURISDICTION(Facts::subjects, Vocabulary.JURISDICTION, Reason.SUBJECT_NOT_COVERED),
    NON_DISCLOSURE(
            facts -> Set.of(facts.nonDisclosure()), Vocabulary.NON_DISCLOSURE, Reason.NON_DISCLOSURE_NOT_COVERED),
    SENDER(facts -> Set.of(facts.sender()), Vocabulary.ASSURANCE, Reason.SENDER_NOT_VERIFIED),
    DOCUMENT(facts -> Set.of(facts.document()), Vocabulary.ASSURANCE, Reason.DOCUMENT_NOT_VERIFIED);

    /** Where a dimension's values come from. Several dimensions may share one vocabulary. */
    public enum Vocabulary {
        JURISDICTION(Jurisdiction::of, List.of()),
        INSTRUMENT(Instrument::new, List.of()),
        ACTION(Action.values()),
        CHANNEL(Channel.values()),
        AUTHORITY(AuthorityLevel.values()),
        CATEGORY(DataCategory.values()),
        OFFENCE(Offence.values()),
        EMERGENCY(Emergency.values()),
        NATIONAL_SECURITY(NationalSecurity.values()),
        NON_DISCLOSURE(NonDisclosure.values()),
        ASSURANCE(Assurance.values());

        private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
        private final Function<String, ? extends Term> parser;
        private final List<Term> closed;

        Vocabulary(Function<String, ? extends Term> parser, List<Term> closed) {
            this.parser = parser;
            this.closed = closed;
        }

        Vocabulary(Term... values) {
            Map<String, Term> byCode = Stream.of(values).collect(Collectors.toUnmodifiableMap(Term::code, t -> t));
            this.parser = text -> {
                Term term = byCode.get(text);
                if (term == null) {
                    throw new IllegalArgumentException("not one of the known words");
                }
                return term;
            };
            this.closed = List.of(values);
        }

        /** Its key in {@code vocabulary.yaml}. */
        public String code() {
            return code;
        }

        /** The values that Java itself names, the unknown one included; empty where only the vocabulary file knows. */
        public List<Term> closed() {
            return closed;
        }

        /**
         * The value with this code.
         *
         * @throws IllegalArgumentException if the text cannot be one; whether an open value exists is not checked
         */
        public Term term(String text) {
            return parser.apply(text);
        }
    }

    private static final Map<String, Dimension> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Dimension::code, d -> d));

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Function<Facts, Set<? extends Term>> reading;
    private final Vocabulary vocabulary;
    private final Reason reasonWhenUncovered;

    Dimension(Function<Facts, Set<? extends Term>> reading, Vocabulary vocabulary, Reason reasonWhenUncovered) {
        this.reading = reading;
        this.vocabulary = vocabulary;
        this.reasonWhenUncovered = reasonWhenUncovered;
    }

    /** Its key in policies and entries, for example {@code issuer-jurisdiction}. */
    public String code() {
        return code;
    }

    public static Optional<Dimension> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** What the facts say here; never empty unless the fact is missing. */
    public Set<? extends Term> of(Facts facts) {
        return reading.apply(facts);
    }

    public Reason reasonWhenUncovered() {
        return reasonWhenUncovered;
    }

    /** Whether facts may hold more than one value here. */
    public boolean isPlural() {
        return this == CATEGORY || this == OFFENCE || this == USER_JURISDICTION || this == SUBJECT_JURISDICTION;
    }

    /**
     * Whether several values mean several things (three users in three places), each of which a permission must
     * cover. Otherwise they describe one thing (an offence that is both trafficking and punishable by five years).
     */
    public boolean severalThings() {
        return this != OFFENCE;
    }
}
