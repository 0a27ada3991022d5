package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Match;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import io.holdfast.policy.Reach.Band;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The requests that satisfy one grant, as far as they can be told apart: words of a dimension that neither a hold nor a
 * treaty distinguishes are one {@link Reach.Band}, and stand for each other. Each request names one place, one offence and so on,
 * and is asked for one category at a time.
 */
final class GrantSpace {

    /** Everything but the category, which is what a cell is about. */
    private static final List<Dimension> VARIED =
            Stream.of(Dimension.values()).filter(d -> d != Dimension.CATEGORY).toList();
    /** What an ordinary request says where it has the choice. */
    private static final Set<Term> ORDINARY =
            Set.of(Emergency.NONE, NationalSecurity.NOT_INVOLVED, NonDisclosure.NONE, Offence.OTHER);

    private static final int MOST_NAMED = 8;

    private final Instant at;
    private final int approvals;
    private final List<Match> looks = new ArrayList<>();
    private final List<Treaty> treaties;
    private final Map<Dimension, List<Band>> bands = new EnumMap<>(Dimension.class);
    private final List<Map<Dimension, Band>> points = new ArrayList<>();

    GrantSpace(Rulebook rulebook, Grant grant, Term instrument, HoldsInForce holds, Instant at) {
        this.at = at;
        this.approvals = rulebook.grants().stream()
                .mapToInt(one -> one.obligations().approvals())
                .reduce(Evaluation.APPROVALS_OF_AN_EXCEPTION, Math::max);
        holds.holds().forEach(this::look);
        Set<Term> channels = domain(rulebook.vocabulary(), grant, Dimension.CHANNEL);
        treaties = rulebook.treaties().stream()
                .filter(treaty -> channels.contains(treaty.channel()))
                .toList();
        Term home = domain(rulebook.vocabulary(), grant, Dimension.ISSUER_JURISDICTION)
                .iterator()
                .next();
        for (Dimension dimension : VARIED) {
            Set<Term> domain = dimension == Dimension.INSTRUMENT
                    ? Set.of(instrument)
                    : domain(rulebook.vocabulary(), grant, dimension);
            bands.put(dimension, bands(dimension, domain, home));
        }
        multiply(new EnumMap<>(Dimension.class), 0);
    }

    /** What the grant accepts: the words that it names, or all of them, in the order of their codes. */
    static Set<Term> domain(Vocabulary vocabulary, Grant grant, Dimension dimension) {
        Set<Term> all = vocabulary.terms(dimension);
        Set<Term> named = grant.when().accepted().get(dimension);
        if (named != null) {
            all.retainAll(named);
        }
        return all;
    }

    private void look(Hold hold) {
        looks.add(hold.applies());
        hold.exceptions().stream().map(HoldException::when).forEach(looks::add);
        Conditions.unless(hold.modeAt(at)).ifPresent(looks::add);
    }

    /** The ordinary one first. */
    private List<Band> bands(Dimension dimension, Set<Term> domain, Term home) {
        List<Term> terms = new ArrayList<>(domain);
        terms.sort(Comparator.comparing(term -> !ORDINARY.contains(term) && term != home));
        Map<Set<Object>, List<Term>> byMark = new LinkedHashMap<>();
        terms.forEach(term -> byMark.computeIfAbsent(marks(dimension, term), m -> new ArrayList<>())
                .add(term));
        int most = byMark.values().stream().mapToInt(List::size).max().orElseThrow();
        return byMark.values().stream()
                .map(same -> new Band(dimension, same, same.size() == most && most > MOST_NAMED))
                .toList();
    }

    /** Everything that tells this term from others. */
    private Set<Object> marks(Dimension dimension, Term term) {
        Set<Object> marks = new HashSet<>();
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).accepted().getOrDefault(dimension, Set.of()).contains(term)) {
                marks.add(i);
            }
        }
        if (dimension == Dimension.ISSUER_JURISDICTION || dimension == Dimension.PROVIDER_JURISDICTION) {
            treaties.stream()
                    .filter(treaty -> treaty.parties().contains(term))
                    .map(Treaty::id)
                    .forEach(marks::add);
        }
        return marks;
    }

    private void multiply(Map<Dimension, Band> begun, int next) {
        if (next == VARIED.size()) {
            if (canBe(begun)) {
                points.add(new EnumMap<>(begun));
            }
            return;
        }
        Dimension dimension = VARIED.get(next);
        for (Band band : bands.get(dimension)) {
            begun.put(dimension, band);
            multiply(begun, next + 1);
        }
    }

    /** Such an offence sets the other fact, see {@link Offence#NATIONAL_SECURITY}. */
    private static boolean canBe(Map<Dimension, Band> point) {
        return point.get(Dimension.OFFENCE).first() != Offence.NATIONAL_SECURITY
                || point.get(Dimension.NATIONAL_SECURITY).first() == NationalSecurity.INVOLVED;
    }

    /** Of one dimension, the ordinary one first. */
    List<Band> bands(Dimension dimension) {
        return bands.get(dimension);
    }

    List<Map<Dimension, Band>> points() {
        return points;
    }

    /** In how many points a request is not the ordinary one. */
    int oddity(Map<Dimension, Band> point) {
        return (int) VARIED.stream()
                .filter(dimension ->
                        point.get(dimension) != bands.get(dimension).get(0))
                .count();
    }

    /** Issued now, for one account, and approved by everybody who could have to. */
    Facts facts(Map<Dimension, Band> point, DataCategory category) {
        return Facts.of(
                dimension -> Set.of(dimension == Dimension.CATEGORY ? category : term(point, dimension)),
                Optional.of(at),
                Optional.of(at.plus(Duration.ofDays(1))),
                1,
                approvals);
    }

    private static Term term(Map<Dimension, Band> point, Dimension dimension) {
        return point.get(dimension).first();
    }
}
