package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What two sets of rules and holds decide differently, over all requests. This is what people agree to when they change a
 * rulebook, and not the text: two texts can differ and decide alike.
 *
 * @param points how many classes of requests were decided by both, each for every category
 * @param changes those that differ, by what they are about; nothing means that both decide alike
 */
public record Difference(long points, List<Change> changes) {

    /** What can become of a category, from the strictest on. */
    public enum Kind {
        RETURNED,
        REFUSED,
        HELD,
        /** Referred to people, however many approve. */
        REFERRED,
        /** Released once enough people have approved. */
        RELEASED
    }

    /**
     * @param approvals how many people have to approve; 0 where nothing is permitted
     * @param unencrypted whether it may be handed over in clear
     */
    public record Fate(Kind kind, int approvals, boolean unencrypted) implements Comparable<Fate> {

        private static final Comparator<Fate> ORDER =
                Comparator.comparing(Fate::kind).thenComparing(Fate::approvals).thenComparing(Fate::unencrypted);

        /** Encrypted, or nothing that could be. */
        public Fate(Kind kind, int approvals) {
            this(kind, approvals, false);
        }

        /** @param decision of a request that as many as it takes have approved */
        static Fate of(Decision decision) {
            return decision instanceof Decision.Released released
                    ? new Fate(
                            Kind.RELEASED,
                            released.obligations().approvals(),
                            released.obligations().unencrypted())
                    : new Fate(Kind.valueOf(decision.outcome().name()), 0);
        }

        @Override
        public int compareTo(Fate other) {
            return ORDER.compare(this, other);
        }

        boolean isPermitted() {
            return kind == Kind.REFERRED || kind == Kind.RELEASED;
        }

        /** Whether more is possible, or by fewer people, or less protected, than with the other. */
        public boolean isLooserThan(Fate other) {
            if (!isPermitted()) {
                return false;
            }
            return kind.compareTo(other.kind) > 0
                    || kind == other.kind && (approvals < other.approvals || unencrypted && !other.unencrypted);
        }

        @Override
        public String toString() {
            return switch (kind) {
                case RETURNED -> "returned";
                case REFUSED -> "refused";
                case HELD -> "held";
                case REFERRED -> "left to people";
                case RELEASED ->
                    "released on " + approvals + (approvals == 1 ? " approval" : " approvals")
                            + (unencrypted ? ", also unencrypted" : "");
            };
        }
    }

    /**
     * Requests of one kind that go from one fate to another.
     *
     * @param issuers the jurisdictions whose requests change alike
     * @param cells how many classes of requests, each for one category
     * @param witness one of them
     */
    public record Change(
            List<Term> issuers,
            Term instrument,
            DataCategory category,
            Fate from,
            Fate to,
            long cells,
            Proof.Witness witness) {

        /** Whether something becomes possible that was not, or becomes possible with fewer people, or in clear. */
        public boolean opens() {
            return to.isLooserThan(from);
        }
    }

    public Difference {
        changes = List.copyOf(changes);
    }

    /**
     * Both must know the same words: those of the second are taken.
     *
     * @param before the holds before, under {@code from}; likewise {@code after}, under {@code to}
     * @param since from when on they are compared: what would have been is not what will be
     */
    public static Difference between(Rulebook from, List<Hold> before, Rulebook to, List<Hold> after, Instant since) {
        Scene old = Scene.of("before", from, before);
        Scene next = Scene.of("after", to, after);
        Space space = new Space(List.of(next, old), List.of(), Optional.of(since));
        List<Change> changes = space.slabs().parallelStream()
                .flatMap(slab -> new OfSlab(slab, old, next, Optional.empty()).changes().stream())
                .sorted(ORDER)
                .toList();
        return new Difference(space.points(), changes);
    }

    /**
     * The same for a change of holds alone. Looks only at what a hold that is not the same before and after applies to: all
     * else is decided alike.
     */
    public static Difference ofHolds(Rulebook rulebook, List<Hold> before, List<Hold> after, Instant since) {
        Scene old = Scene.of("before", rulebook, before);
        Scene next = Scene.of("after", rulebook, after);
        List<Hold> changed = Stream.concat(
                        before.stream().filter(hold -> !after.contains(hold)),
                        after.stream().filter(hold -> !before.contains(hold)))
                .toList();
        Space space = Space.touched(List.of(next, old), changed, since);
        List<Mask> touching =
                changed.stream().map(hold -> Mask.touching(hold.applies())).toList();
        List<Change> changes = space.slabs().parallelStream()
                .flatMap(slab -> new OfSlab(slab, old, next, Optional.of(touching)).changes().stream())
                .sorted(ORDER)
                .toList();
        return new Difference(space.points(), changes);
    }

    /** What opens comes first. */
    private static final Comparator<Change> ORDER = Comparator.comparing((Change change) -> !change.opens())
            .thenComparing(change -> change.issuers().get(0).code())
            .thenComparing(change -> change.instrument().code())
            .thenComparing(Change::category)
            .thenComparing(change -> change.from() + " " + change.to());

    /** More approvals than any grant asks for. */
    static final int ENOUGH = 1000;

    /** So many instruments are told by name. */
    private static final int FEW = 4;

    /** @param classes how many classes of requests, each for one category, go from one fate to the other */
    public record Move(Fate from, Fate to, long classes) {

        /** Whether something becomes possible that was not, or becomes possible with fewer people, or in clear. */
        public boolean opens() {
            return to.isLooserThan(from);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** How many cells go from which fate to which, the strictest first. */
    public List<Move> moves() {
        SortedMap<Fate, SortedMap<Fate, Long>> counts = new TreeMap<>();
        changes.forEach(change -> counts.computeIfAbsent(change.from(), from -> new TreeMap<>())
                .merge(change.to(), change.cells(), Long::sum));
        List<Move> moves = new ArrayList<>();
        counts.forEach((from, all) -> all.forEach((to, classes) -> moves.add(new Move(from, to, classes))));
        return moves;
    }

    /** Those whose requests get something that they did not, or get it with fewer people. */
    public Set<Term> opensFor() {
        return changes.stream()
                .filter(Change::opens)
                .flatMap(change -> change.issuers().stream())
                .collect(Collectors.toSet());
    }

    /** How many cells open: people have to agree to each, and two of them. */
    public long opening() {
        return changes.stream().filter(Change::opens).mapToLong(Change::cells).sum();
    }

    /**
     * Changes that are told together: the same places, the same fates, the same categories.
     *
     * @param opens whether something opens
     * @param classes how many classes of requests, each for one category
     */
    public record Told(String sentence, boolean opens, long classes, Proof.Witness witness) {}

    /** What changes, in the words of the vocabulary; what opens comes first. */
    public List<Told> told(Vocabulary vocabulary) {
        Map<String, Map<Term, List<Change>>> byPlaceAndFate = new LinkedHashMap<>();
        for (Change change : changes) {
            byPlaceAndFate
                    .computeIfAbsent(
                            change.issuers() + " " + change.from() + " " + change.to(), k -> new LinkedHashMap<>())
                    .computeIfAbsent(change.instrument(), k -> new ArrayList<>())
                    .add(change);
        }
        List<Told> told = new ArrayList<>();
        for (Map<Term, List<Change>> byInstrument : byPlaceAndFate.values()) {
            Map<Set<DataCategory>, List<List<Change>>> alike = new LinkedHashMap<>();
            byInstrument
                    .values()
                    .forEach(group -> alike.computeIfAbsent(
                                    group.stream().map(Change::category).collect(Collectors.toCollection(TreeSet::new)),
                                    k -> new ArrayList<>())
                            .add(group));
            alike.forEach((categories, groups) -> told.add(told(vocabulary, categories, groups)));
        }
        return told;
    }

    private static Told told(Vocabulary vocabulary, Set<DataCategory> categories, List<List<Change>> groups) {
        Change first = groups.get(0).get(0);
        long classes =
                groups.stream().flatMap(List::stream).mapToLong(Change::cells).sum();
        Facts facts = first.witness().facts();
        String sentence = places(first.issuers(), vocabulary) + ": what was " + first.from() + " becomes " + first.to()
                + ", for "
                + instruments(
                        groups.stream().map(group -> group.get(0).instrument()).toList(), vocabulary)
                + ", and " + categories(categories, vocabulary) + " (" + classes
                + (classes == 1 ? " class" : " classes") + "). For example "
                + vocabulary.label(Dimension.INSTRUMENT, facts.instrument()) + "; "
                + vocabulary.label(Dimension.ACTION, facts.action()) + "; "
                + vocabulary.label(Dimension.AUTHORITY, facts.authority()) + "; at "
                + first.witness().at() + ".";
        return new Told(sentence, first.opens(), classes, first.witness());
    }

    private static String places(List<Term> issuers, Vocabulary vocabulary) {
        String first = vocabulary.label(Dimension.ISSUER_JURISDICTION, issuers.get(0));
        return issuers.size() == 1 ? first : first + " and " + (issuers.size() - 1) + " others";
    }

    private static String instruments(List<Term> instruments, Vocabulary vocabulary) {
        if (instruments.size() == vocabulary.words(Dimension.INSTRUMENT).size()) {
            return "whatever instrument";
        }
        if (instruments.size() > FEW) {
            return instruments.size() + " of "
                    + vocabulary.words(Dimension.INSTRUMENT).size() + " instruments";
        }
        return instruments.stream()
                .map(instrument -> "\"" + vocabulary.label(Dimension.INSTRUMENT, instrument) + "\"")
                .collect(Collectors.joining(", "));
    }

    private static String categories(Set<DataCategory> categories, Vocabulary vocabulary) {
        return categories.equals(Slab.CATEGORIES)
                ? "every category of data"
                : categories.stream()
                        .map(category -> "\"" + vocabulary.label(Dimension.CATEGORY, category) + "\"")
                        .collect(Collectors.joining(", "));
    }

    /** The changes of one slab. */
    private static final class OfSlab {

        private final Slab slab;
        private final Scene old;
        private final Scene next;
        private final Optional<List<Mask>> only;
        private final Map<Way, Found> found = new HashMap<>();

        /** @param only what does not meet one of these is decided alike; nothing if that cannot be said */
        OfSlab(Slab slab, Scene old, Scene next, Optional<List<Mask>> only) {
            this.slab = slab;
            this.old = old;
            this.next = next;
            this.only = only;
        }

        /** What changes alike. Every instrument of a slab does, so they are told apart afterwards. */
        private record Way(DataCategory category, Fate from, Fate to) {}

        private static final class Found {
            final Proof.Witness first;
            long cells;

            Found(Proof.Witness first) {
                this.first = first;
            }
        }

        List<Change> changes() {
            slab.visit(this::see);
            List<Change> changes = new ArrayList<>();
            found.forEach((way, seen) -> slab.instruments()
                    .forEach(instrument -> changes.add(new Change(
                            slab.issuers(),
                            instrument,
                            way.category(),
                            way.from(),
                            way.to(),
                            seen.cells,
                            seen.first))));
            return changes;
        }

        private boolean canDiffer(Facts facts) {
            if (only.isEmpty()) {
                return true;
            }
            FactBits bits = new FactBits(facts);
            return only.get().stream().anyMatch(mask -> mask.categories(bits, facts) != 0);
        }

        private void see(Facts facts, Instant at, Slab.Point point) {
            if (!canDiffer(facts)) {
                return;
            }
            Evaluation.Verdict was = old.evaluate(facts, at).verdict();
            Evaluation.Verdict is = next.evaluate(facts, at).verdict();
            if (was.equals(is) && is.permitted() == 0) {
                return;
            }
            for (DataCategory category : facts.categories()) {
                Fate from = fate(old, was, facts, at, category);
                Fate to = fate(next, is, facts, at, category);
                if (!from.equals(to)) {
                    found.computeIfAbsent(
                                    new Way(category, from, to),
                                    way -> new Found(
                                            new Proof.Witness(Spoiled.asking(facts, Set.of(way.category())), at)))
                            .cells++;
                }
            }
        }

        private static Fate fate(
                Scene scene, Evaluation.Verdict verdict, Facts facts, Instant at, DataCategory category) {
            int bit = 1 << category.ordinal();
            if (verdict.returned()) {
                return new Fate(Kind.RETURNED, 0);
            }
            if ((verdict.permitted() & bit) == 0) {
                return new Fate((verdict.waiting() & bit) != 0 ? Kind.HELD : Kind.REFUSED, 0);
            }
            Facts approved = Spoiled.asking(facts, Set.of(category)).withApprovals(ENOUGH);
            return Fate.of(scene.evaluate(approved, at).decision());
        }
    }
}
