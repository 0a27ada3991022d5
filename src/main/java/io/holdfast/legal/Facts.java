package io.holdfast.legal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All that the rulebook may look at, and exactly what the log records of a request in clear: closed words, dates
 * and counts. No name, no account, no free text.
 *
 * <p>A fact that nobody knows is the unknown value of its kind, an empty set or an empty date. Such facts can be
 * written down, and {@link #missing} names them; nothing is ever released on them.
 *
 * @param issuer where the enrolled authority belongs that sends the request; never taken from the body
 * @param users where the users live, as far as the sender and the platform know
 * @param subjects where the matter is placed: the crime, the victim, the investigation
 * @param provider where the addressed company of the platform is established
 * @param authority who stands behind the instrument
 * @param issuedAt when the instrument was issued
 * @param expiresAt the first instant at which the instrument is no longer valid
 * @param accounts how many accounts are named, at least 1
 * @param approvals how many different people have approved exactly this version, at least 0
 */
public record Facts(
        Jurisdiction issuer,
        Set<Jurisdiction> users,
        Set<Jurisdiction> subjects,
        Jurisdiction provider,
        AuthorityLevel authority,
        Instrument instrument,
        Channel channel,
        Action action,
        Set<DataCategory> categories,
        Set<Offence> offences,
        Emergency emergency,
        NationalSecurity nationalSecurity,
        Assurance sender,
        Assurance document,
        NonDisclosure nonDisclosure,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        int accounts,
        int approvals) {

    public Facts {
        users = Set.copyOf(users);
        subjects = Set.copyOf(subjects);
        categories = Set.copyOf(categories);
        offences = Set.copyOf(offences);
        if (accounts < 0 || approvals < 0) {
            throw new IllegalArgumentException(
                    "counts are not negative: accounts " + accounts + ", approvals " + approvals);
        }
    }

    /** The names of the facts that are absent or unknown, in the order of {@link Dimension}, then dates and counts. */
    public List<String> missing() {
        return missing(term -> true);
    }

    /**
     * The same, with the facts that have a word which nobody defined.
     *
     * @param isDefined asked for known words only
     */
    public List<String> missing(Predicate<Term> isDefined) {
        List<String> missing = new ArrayList<>(0);
        for (Dimension dimension : DIMENSIONS) {
            if (!areKnown(dimension.of(this), isDefined)) {
                missing.add(dimension.code());
            }
        }
        if (issuedAt.isEmpty()) {
            missing.add("issued-at");
        }
        if (expiresAt.isEmpty()) {
            missing.add("expires-at");
        }
        if (accounts == 0) {
            missing.add("accounts");
        }
        return missing;
    }

    /**
     * Facts with these words.
     *
     * @param words what there is in each dimension: exactly one word where it takes one
     */
    public static Facts of(
            Function<Dimension, Set<? extends Term>> words,
            Optional<Instant> issuedAt,
            Optional<Instant> expiresAt,
            int accounts,
            int approvals) {
        return new Facts(
                one(Jurisdiction.class, words.apply(Dimension.ISSUER_JURISDICTION)),
                all(Jurisdiction.class, words.apply(Dimension.USER_JURISDICTION)),
                all(Jurisdiction.class, words.apply(Dimension.SUBJECT_JURISDICTION)),
                one(Jurisdiction.class, words.apply(Dimension.PROVIDER_JURISDICTION)),
                one(AuthorityLevel.class, words.apply(Dimension.AUTHORITY)),
                one(Instrument.class, words.apply(Dimension.INSTRUMENT)),
                one(Channel.class, words.apply(Dimension.CHANNEL)),
                one(Action.class, words.apply(Dimension.ACTION)),
                all(DataCategory.class, words.apply(Dimension.CATEGORY)),
                all(Offence.class, words.apply(Dimension.OFFENCE)),
                one(Emergency.class, words.apply(Dimension.EMERGENCY)),
                one(NationalSecurity.class, words.apply(Dimension.NATIONAL_SECURITY)),
                one(Assurance.class, words.apply(Dimension.SENDER)),
                one(Assurance.class, words.apply(Dimension.DOCUMENT)),
                one(NonDisclosure.class, words.apply(Dimension.NON_DISCLOSURE)),
                issuedAt,
                expiresAt,
                accounts,
                approvals);
    }

    private static <T extends Term> T one(Class<T> kind, Set<? extends Term> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("one " + kind.getSimpleName() + " is needed, found " + words.size());
        }
        return kind.cast(words.iterator().next());
    }

    private static <T extends Term> Set<T> all(Class<T> kind, Set<? extends Term> words) {
        Set<T> all = new HashSet<>();
        for (Term word : words) {
            all.add(kind.cast(word));
        }
        return all;
    }

    /** The same request with other words in this dimension. */
    public Facts with(Dimension changed, Set<? extends Term> words) {
        return of(
                dimension -> dimension == changed ? words : dimension.of(this),
                issuedAt,
                expiresAt,
                accounts,
                approvals);
    }

    /** The same request on a paper of other dates. */
    public Facts withDates(Optional<Instant> issued, Optional<Instant> expires) {
        return of(dimension -> dimension.of(this), issued, expires, accounts, approvals);
    }

    /** The same request about another count of accounts. */
    public Facts withAccounts(int count) {
        return of(dimension -> dimension.of(this), issuedAt, expiresAt, count, approvals);
    }

    /** The same request after another count of approvals. */
    public Facts withApprovals(int count) {
        return of(dimension -> dimension.of(this), issuedAt, expiresAt, accounts, count);
    }

    private static boolean areKnown(Set<? extends Term> terms, Predicate<Term> isDefined) {
        for (Term term : terms) {
            if (!term.isKnown() || !isDefined.test(term)) {
                return false;
            }
        }
        return !terms.isEmpty();
    }

    private static final List<Dimension> DIMENSIONS = List.of(Dimension.values());
}
