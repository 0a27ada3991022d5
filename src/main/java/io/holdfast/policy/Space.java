package io.holdfast.policy;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * All requests that there can be, cut into classes that no rule of some scenes can tell apart, so that a statement about all
 * of them is checked on one of each. First by issuer and instrument, which leaves few rules to look at; then each piece, a
 * {@link Slab}, along the other dimensions and along time.
 *
 * <p>What stands for what: a word for all words that every rule accepts or refuses alike; an instant for the time until the
 * next turn of a rule; a set of offences for all sets that every rule accepts or refuses alike. Users and subjects are one
 * place each: a request about several is permitted at most what a request about each of them is, since what stops is
 * touched by one of them and what permits has to cover all. {@link Prover} checks pairs of them where something is
 * permitted. All categories are asked together, since each is decided by itself.
 */
final class Space {

    private final List<Slab> slabs = new ArrayList<>();

    /** @param also conditions beyond those of the rules; see {@link Slab.Point#members} */
    Space(Collection<Scene> scenes, Collection<Match> also) {
        this(scenes, also, Optional.empty());
    }

    /** @param since the first instant that is looked at; without it, all of time */
    Space(Collection<Scene> scenes, Collection<Match> also, Optional<Instant> since) {
        this(scenes, also, since, List.of(), (issuer, instrument) -> true);
    }

    private Space(
            Collection<Scene> scenes,
            Collection<Match> also,
            Optional<Instant> since,
            List<Match> only,
            BiPredicate<Jurisdiction, Instrument> isWanted) {
        Parts parts = new Parts(scenes, also);
        Vocabulary vocabulary = scenes.iterator().next().rulebook().vocabulary();
        List<Match> asked = new ArrayList<>(parts.conditions());
        asked.addAll(also);
        Axis<Term> issuers = Axis.of(
                Dimension.ISSUER_JURISDICTION, vocabulary.terms(Dimension.ISSUER_JURISDICTION), asked, (term, bits) -> {
                    for (int i = 0; i < parts.treaties.size(); i++) {
                        bits.set(
                                asked.size() + i,
                                parts.treaties.get(i).parties().contains(term));
                    }
                });
        Axis<Term> instruments =
                Axis.of(Dimension.INSTRUMENT, vocabulary.terms(Dimension.INSTRUMENT), asked, (term, bits) -> {});
        for (Axis.Segment<Term> by : issuers.segments()) {
            for (Axis.Segment<Term> with : instruments.segments()) {
                Jurisdiction issuer = (Jurisdiction) by.first();
                Instrument instrument = (Instrument) with.first();
                if (isWanted.test(issuer, instrument)) {
                    slabs.add(new Slab(
                            vocabulary, parts.of(issuer, instrument), by.members(), with.members(), since, only));
                }
            }
        }
    }

    /** Only where the two scenes have different rules. */
    static Space changed(Scene one, Scene other, Collection<Match> also) {
        Parts first = new Parts(List.of(one), List.of());
        Parts second = new Parts(List.of(other), List.of());
        return new Space(
                List.of(one, other),
                also,
                Optional.empty(),
                List.of(),
                (issuer, instrument) -> !first.of(issuer, instrument)
                        .rules()
                        .equals(second.of(issuer, instrument).rules()));
    }

    /** Only what one of these holds can apply to, from this instant on. */
    static Space touched(Collection<Scene> scenes, List<Hold> holds, Instant since) {
        List<Match> only = holds.stream().map(Hold::applies).toList();
        return new Space(
                scenes,
                List.of(),
                Optional.of(since),
                only,
                (issuer, instrument) -> only.stream().anyMatch(match -> Parts.accepts(match, issuer, instrument)));
    }

    List<Slab> slabs() {
        return slabs;
    }

    /** How many classes there are, each asked for every category. */
    long points() {
        return slabs.stream().mapToLong(Slab::points).sum();
    }

    /** Everything that looks at a request, as far as it can matter. */
    static final class Parts {

        final List<Grant> grants = new ArrayList<>();
        final List<Hold> holds = new ArrayList<>();
        final List<Treaty> treaties = new ArrayList<>();
        private final List<Match> also = new ArrayList<>();

        private Parts() {}

        private Parts(Collection<Scene> scenes, Collection<Match> also) {
            this.also.addAll(also);
            Set<Grant> distinctGrants = new LinkedHashSet<>();
            Set<Hold> distinctHolds = new LinkedHashSet<>();
            Set<Treaty> distinctTreaties = new LinkedHashSet<>();
            for (Scene scene : scenes) {
                distinctGrants.addAll(scene.rulebook().grants());
                distinctHolds.addAll(scene.holds());
                distinctTreaties.addAll(scene.rulebook().treaties());
            }
            grants.addAll(distinctGrants);
            holds.addAll(distinctHolds);
            treaties.addAll(distinctTreaties);
        }

        /** Those that can matter to a request of this issuer with this instrument. */
        private Parts of(Jurisdiction issuer, Instrument instrument) {
            Parts parts = new Parts();
            grants.stream()
                    .filter(grant -> accepts(grant.when(), issuer, instrument))
                    .forEach(parts.grants::add);
            holds.stream()
                    .filter(hold -> accepts(hold.applies(), issuer, instrument))
                    .forEach(parts.holds::add);
            treaties.stream()
                    .filter(treaty -> treaty.parties().contains(issuer))
                    .forEach(parts.treaties::add);
            also.stream().filter(match -> accepts(match, issuer, instrument)).forEach(parts.also::add);
            return parts;
        }

        private static boolean accepts(Match match, Term issuer, Term instrument) {
            return accepts(match.accepted().get(Dimension.ISSUER_JURISDICTION), issuer)
                    && accepts(match.accepted().get(Dimension.INSTRUMENT), instrument);
        }

        private static boolean accepts(Set<Term> accepted, Term word) {
            return accepted == null || accepted.contains(word);
        }

        List<Match> conditions() {
            List<Match> conditions = new ArrayList<>();
            grants.forEach(grant -> conditions.add(grant.when()));
            for (Hold hold : holds) {
                conditions.add(hold.applies());
                hold.exceptions().stream().map(HoldException::when).forEach(conditions::add);
                modes(hold).flatMap(mode -> Conditions.unless(mode).stream()).forEach(conditions::add);
            }
            return conditions;
        }

        private static Stream<Mode> modes(Hold hold) {
            return Stream.concat(Stream.of(hold.mode()), hold.phases().stream().map(Hold.Phase::mode));
        }

        /** Conditions of statements about requests, by which what is permitted is cut further. */
        List<Match> also() {
            return also;
        }

        private List<Object> rules() {
            return List.of(grants, holds, treaties);
        }

        /** Every instant from which on a rule can answer differently. */
        NavigableSet<Instant> turns() {
            NavigableSet<Instant> turns = new TreeSet<>();
            for (Grant grant : grants) {
                turns.add(grant.valid().from());
                grant.valid().until().ifPresent(turns::add);
            }
            for (Hold hold : holds) {
                turns.add(hold.from());
                hold.phases().forEach(phase -> turns.add(phase.from()));
            }
            treaties.forEach(treaty -> treaty.history().forEach(turn -> turns.add(turn.since())));
            return turns;
        }

        /** The times within which an instrument may have to be served. */
        List<Period> serviceTimes() {
            return grants.stream()
                    .flatMap(grant -> grant.serveWithin().stream())
                    .distinct()
                    .toList();
        }
    }
}
