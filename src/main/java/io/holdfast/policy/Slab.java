package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.Assurance;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.NationalSecurity;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** The requests of one class of issuers with one class of instruments. */
final class Slab {

    /** Every category that there is. */
    static final Set<DataCategory> CATEGORIES = known();

    /** Where no rule ever turns, any instant will do. */
    private static final Instant ANY_TIME = Instant.parse("2020-01-01T00:00:00Z");

    /** Before and after everything that a rule knows; {@link Space.Parts} has no turn beyond them. */
    private static final Instant LONG_AGO = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant FAR_AHEAD = Instant.parse("9000-01-01T00:00:00Z");

    /** In the order in which a point is counted through, the last one fastest. */
    private static final List<Dimension> CUT = List.of(
            Dimension.PROVIDER_JURISDICTION,
            Dimension.ACTION,
            Dimension.CHANNEL,
            Dimension.AUTHORITY,
            Dimension.EMERGENCY,
            Dimension.NATIONAL_SECURITY,
            Dimension.NON_DISCLOSURE,
            Dimension.SENDER,
            Dimension.DOCUMENT,
            Dimension.USER_JURISDICTION,
            Dimension.SUBJECT_JURISDICTION);

    /** The dates of a paper, and when it is asked about. */
    private record Paper(Instant issuedAt, Instant expiresAt, List<Instant> askedAt) {}

    /** Is shown one request of each class. */
    @FunctionalInterface
    interface Visitor {
        /** @param point valid until the next call */
        void see(Facts facts, Instant at, Point point);
    }

    /** Where a visit stands. */
    final class Point {

        private final int[] place = new int[CUT.size()];
        private Axis.Segment<Set<Offence>> offence;
        private Paper paper;

        /**
         * The requests that this one stands for, as far as conditions beyond the rules can tell them apart: the rules decide
         * all of them alike.
         */
        List<Facts> members() {
            List<List<Term>> words = new ArrayList<>();
            for (int i = 0; i < place.length; i++) {
                Dimension dimension = CUT.get(i);
                List<Term> alike = axes.get(dimension).segments().get(place[i]).members();
                words.add(Axis.of(dimension, alike, also, (term, bits) -> {}).firsts());
            }
            List<Set<Offence>> sets = Axis.ofOffences(offence.members(), also).firsts();
            List<Facts> members = new ArrayList<>();
            int[] at = new int[place.length];
            do {
                for (Set<Offence> set : sets) {
                    members.add(facts(i -> words.get(i).get(at[i]), set, paper));
                }
            } while (next(at, i -> words.get(i).size()));
            return members;
        }
    }

    private final List<Term> issuers;
    private final List<Term> instruments;
    private final Map<Dimension, Axis<Term>> axes = new EnumMap<>(Dimension.class);
    private final Axis<Set<Offence>> offences;
    private final List<Paper> papers;
    private final List<Match> also;

    Slab(
            Vocabulary vocabulary,
            Space.Parts parts,
            List<Term> issuers,
            List<Term> instruments,
            Optional<Instant> since,
            List<Match> only) {
        this.issuers = issuers;
        this.instruments = instruments;
        List<Match> asked = parts.conditions();
        Jurisdiction issuer = (Jurisdiction) issuers.get(0);
        for (Dimension dimension : CUT) {
            Axis<Term> axis = Axis.of(
                    dimension,
                    vocabulary.terms(dimension),
                    asked,
                    treaties(dimension, issuer, parts.treaties, asked.size()));
            axes.put(dimension, touched(axis, dimension, only));
        }
        this.offences = Axis.ofOffences(asked);
        this.papers = papers(parts, since);
        this.also = parts.also();
    }

    /** The part of it that one of these can apply to; all of it if there are none. A rule accepts all words of a segment, or none. */
    private static Axis<Term> touched(Axis<Term> axis, Dimension dimension, List<Match> only) {
        if (only.isEmpty()) {
            return axis;
        }
        return new Axis<>(axis.segments().stream()
                .filter(segment -> only.stream()
                        .map(match -> match.accepted().get(dimension))
                        .anyMatch(accepted -> accepted == null || accepted.contains(segment.first())))
                .toList());
    }

    /** A treaty looks at the channel and at the two ends. */
    private static BiConsumer<Term, BitSet> treaties(
            Dimension dimension, Jurisdiction issuer, List<Treaty> treaties, int from) {
        return (term, bits) -> {
            if (dimension == Dimension.CHANNEL) {
                bits.set(from, term == Channel.TREATY);
                bits.set(from + 1, term == Channel.EXECUTIVE_AGREEMENT);
            } else if (dimension == Dimension.PROVIDER_JURISDICTION) {
                for (int i = 0; i < treaties.size(); i++) {
                    bits.set(from + i, treaties.get(i).joins(issuer, (Jurisdiction) term));
                }
            }
        };
    }

    private static List<Paper> papers(Space.Parts parts, Optional<Instant> since) {
        NavigableSet<Instant> turns = since.map(first ->
                        (NavigableSet<Instant>) new TreeSet<>(parts.turns().tailSet(first, false)))
                .orElseGet(parts::turns);
        List<Instant> probes = new ArrayList<>();
        probes.add(
                since.orElseGet(() -> turns.isEmpty() ? ANY_TIME : turns.first().minusSeconds(1)));
        probes.addAll(turns);
        List<Paper> papers = new ArrayList<>();
        // Once each: that such a paper opens nothing is checked at every time on what a good one opens.
        List<Instant> last = probes.subList(probes.size() - 1, probes.size());
        papers.add(new Paper(FAR_AHEAD, FAR_AHEAD.plusSeconds(1), last)); // not yet valid
        papers.add(new Paper(LONG_AGO, LONG_AGO.plusSeconds(1), last)); // no longer
        papers.add(new Paper(LONG_AGO, FAR_AHEAD, probes)); // where there is a time for serving it, too late for each
        if (!parts.serviceTimes().isEmpty()) {
            for (Instant at : probes) {
                papers.add(new Paper(at, FAR_AHEAD, List.of(at)));
                parts.serviceTimes()
                        .forEach(period -> papers.add(new Paper(tooLate(at, period), FAR_AHEAD, List.of(at))));
            }
        }
        return papers;
    }

    /** Months differ, so some days more than the time that it was good for. */
    private static Instant tooLate(Instant at, Period period) {
        return at.atZone(ZoneOffset.UTC).minus(period).minusDays(3).toInstant();
    }

    private static Set<DataCategory> known() {
        Set<DataCategory> known = EnumSet.allOf(DataCategory.class);
        known.removeIf(category -> !category.isKnown());
        return Set.copyOf(known);
    }

    List<Term> issuers() {
        return issuers;
    }

    List<Term> instruments() {
        return instruments;
    }

    Axis<Term> axis(Dimension dimension) {
        return axes.get(dimension);
    }

    long points() {
        long points = offences.size();
        points *= papers.stream().mapToLong(paper -> paper.askedAt.size()).sum();
        for (Axis<Term> axis : axes.values()) {
            points *= axis.size();
        }
        return points;
    }

    void visit(Visitor visitor) {
        if (points() == 0) {
            return; // a rule that names no word that there is
        }
        Point point = new Point();
        do {
            for (Axis.Segment<Set<Offence>> offence : offences.segments()) {
                point.offence = offence;
                for (Paper paper : papers) {
                    point.paper = paper;
                    Facts facts = facts(i -> axes.get(CUT.get(i)).first(point.place[i]), offence.first(), paper);
                    for (Instant instant : paper.askedAt) {
                        visitor.see(facts, instant, point);
                    }
                }
            }
        } while (next(point.place, i -> axes.get(CUT.get(i)).size()));
    }

    /** Counts on; false once it has been through. */
    private static boolean next(int[] place, IntUnaryOperator size) {
        for (int i = place.length - 1; i >= 0; i--) {
            if (++place[i] < size.applyAsInt(i)) {
                return true;
            }
            place[i] = 0;
        }
        return false;
    }

    /** @param word by its place in the order of the cut */
    private Facts facts(IntFunction<Term> word, Set<Offence> offence, Paper paper) {
        return new Facts(
                (Jurisdiction) issuers.get(0),
                Set.of((Jurisdiction) word.apply(9)),
                Set.of((Jurisdiction) word.apply(10)),
                (Jurisdiction) word.apply(0),
                (AuthorityLevel) word.apply(3),
                (Instrument) instruments.get(0),
                (Channel) word.apply(2),
                (Action) word.apply(1),
                CATEGORIES,
                offence,
                (Emergency) word.apply(4),
                (NationalSecurity) word.apply(5),
                (Assurance) word.apply(7),
                (Assurance) word.apply(8),
                (NonDisclosure) word.apply(6),
                Optional.of(paper.issuedAt),
                Optional.of(paper.expiresAt),
                1,
                0);
    }
}
