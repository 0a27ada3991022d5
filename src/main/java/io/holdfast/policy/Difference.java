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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
     */
    public record Fate(Kind kind, int approvals) {

        boolean isPermitted() {
            return kind == Kind.REFERRED || kind == Kind.RELEASED;
        }

        /** Whether more is possible, or by fewer people, than with the other. */
        boolean isLooserThan(Fate other) {
            if (!isPermitted()) {
                return false;
            }
            return kind.compareTo(other.kind) > 0 || kind == other.kind && approvals < other.approvals;
        }

        @Override
        public String toString() {
            return switch (kind) {
                case RETURNED -> "returned";
                case REFUSED -> "refused";
                case HELD -> "held";
                case REFERRED -> "left to people";
                case RELEASED -> "released on " + approvals + (approvals == 1 ? " approval" : " approvals");
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

        /** Whether something becomes possible that was not, or becomes possible with fewer people. */
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
     */
    public static Difference between(Rulebook from, List<Hold> before, Rulebook to, List<Hold> after) {
        Scene old = Scene.of("before", from, before);
        Scene next = Scene.of("after", to, after);
        Space space = new Space(List.of(next, old), List.of());
        List<Change> changes = space.slabs().parallelStream()
                .flatMap(slab -> new OfSlab(slab, old, next).changes().stream())
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

    /** How many cells go from which fate to which. */
    public Map<String, Long> counts() {
        return changes.stream()
                .collect(Collectors.groupingBy(
                        change -> change.from() + " to " + change.to(),
                        TreeMap::new,
                        Collectors.summingLong(Change::cells)));
    }

    /** How many cells open: people have to agree to each, and two of them. */
    public long opening() {
        return changes.stream()
                .filter(Change::opens)
                .mapToLong(Change::cells)
                .sum();
    }

    /** One sentence for each change, in the words of the vocabulary. */
    public List<String> sentences(Vocabulary vocabulary) {
        List<String> sentences = new ArrayList<>();
        for (Change change : changes) {
            Facts facts = change.witness().facts();
            sentences.add(places(change.issuers(), vocabulary) + ", "
                    + vocabulary.label(Dimension.INSTRUMENT, change.instrument()) + ": "
                    + vocabulary.label(Dimension.CATEGORY, change.category()) + " was " + change.from()
                    + " and becomes " + change.to() + " (" + change.cells()
                    + (change.cells() == 1 ? " class" : " classes") + "), for example to "
                    + vocabulary.label(Dimension.ACTION, facts.action()) + " for "
                    + vocabulary.label(Dimension.AUTHORITY, facts.authority()) + " on "
                    + change.witness().at() + ".");
        }
        return sentences;
    }

    private static String places(List<Term> issuers, Vocabulary vocabulary) {
        String first = vocabulary.label(Dimension.ISSUER_JURISDICTION, issuers.get(0));
        return issuers.size() == 1 ? first : first + " and " + (issuers.size() - 1) + " others";
    }

    /** The changes of one slab. */
    private static final class OfSlab {

        /** More than any grant asks for. */
        private static final int ENOUGH = 1000;

        private final Slab slab;
        private final Scene old;
        private final Scene next;
        private final Map<String, Change> changes = new TreeMap<>();

        OfSlab(Slab slab, Scene old, Scene next) {
            this.slab = slab;
            this.old = old;
            this.next = next;
        }

        List<Change> changes() {
            slab.visit(this::see);
            return List.copyOf(changes.values());
        }

        private void see(Facts facts, Instant at) {
            Evaluation.Verdict was = old.evaluate(facts, at).verdict();
            Evaluation.Verdict is = next.evaluate(facts, at).verdict();
            if (was.equals(is) && is.permitted() == 0) {
                return;
            }
            for (DataCategory category : facts.categories()) {
                Fate from = fate(old, was, facts, at, category);
                Fate to = fate(next, is, facts, at, category);
                if (!from.equals(to)) {
                    for (Term instrument : slab.instruments()) {
                        note(facts, at, category, instrument, from, to);
                    }
                }
            }
        }

        private void note(Facts facts, Instant at, DataCategory category, Term instrument, Fate from, Fate to) {
            changes.merge(
                    instrument.code() + " " + category + " " + from + " " + to,
                    new Change(
                            slab.issuers(),
                            instrument,
                            category,
                            from,
                            to,
                            1,
                            new Proof.Witness(Spoiled.asking(facts, Set.of(category)), at)),
                    (first, more) -> new Change(
                            first.issuers(), instrument, category, from, to, first.cells() + 1, first.witness()));
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
            Decision decision = scene.evaluate(approved, at).decision();
            return decision instanceof Decision.Released released
                    ? new Fate(Kind.RELEASED, released.obligations().approvals())
                    : new Fate(Kind.REFERRED, 0);
        }
    }
}
