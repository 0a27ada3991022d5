package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether anybody would notice a mistake in the rules: makes each of thousands of small ones, and asks the cases first, then
 * the statements about all requests. What neither notices, and what decides some request otherwise, has survived.
 */
public final class Mutation {

    /**
     * A mistake that nothing noticed.
     *
     * @param where the rule
     * @param change what is wrong with it
     * @param witness a request that it decides otherwise
     */
    public record Survivor(String where, String change, Proof.Witness witness) {}

    /**
     * @param mutants how many mistakes were made
     * @param byCases how many a case noticed
     * @param byStatements how many of the others a statement about all requests noticed
     * @param alike how many are none: every request is decided as before
     */
    public record Result(
            int mutants, int byCases, int byStatements, int alike, List<Survivor> survivors, Duration took) {
        public Result {
            survivors = List.copyOf(survivors);
        }
    }

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, int all);
    }

    private sealed interface Fate {
        record ByCase() implements Fate {}

        record ByStatement() implements Fate {}

        record Alike() implements Fate {}

        record Survived(Survivor survivor) implements Fate {}
    }

    private final Rulebook rulebook;
    private final List<Match> conditions;

    private Mutation(Rulebook rulebook) {
        this.rulebook = rulebook;
        this.conditions = Invariant.conditions(rulebook.invariants());
    }

    public static Result run(Rulebook rulebook, Progress progress) {
        long begun = System.nanoTime();
        Mutation mutation = new Mutation(rulebook);
        List<Mutants.Mutant> mutants = Mutants.of(rulebook);
        AtomicInteger done = new AtomicInteger();
        List<Fate> fates = mutants.parallelStream()
                .map(mutant -> {
                    Fate fate = mutation.fate(mutant);
                    synchronized (progress) {
                        progress.at(done.incrementAndGet(), mutants.size());
                    }
                    return fate;
                })
                .toList();
        List<Survivor> survivors = new ArrayList<>();
        fates.forEach(fate -> {
            if (fate instanceof Fate.Survived survived) {
                survivors.add(survived.survivor());
            }
        });
        return new Result(
                mutants.size(),
                count(fates, Fate.ByCase.class),
                count(fates, Fate.ByStatement.class),
                count(fates, Fate.Alike.class),
                survivors,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private static int count(List<Fate> fates, Class<? extends Fate> kind) {
        return (int) fates.stream().filter(kind::isInstance).count();
    }

    private Fate fate(Mutants.Mutant mutant) {
        if (PolicyTests.anyFails(mutant.rulebook())) {
            return new Fate.ByCase();
        }
        Scene right = Scene.of(
                mutant.holds(), rulebook, rulebook.holds(mutant.holds()).orElseThrow());
        Scene wrong = Scene.of(
                mutant.holds(),
                mutant.rulebook(),
                mutant.rulebook().holds(mutant.holds()).orElseThrow());
        List<Slab> slabs = Space.changed(right, wrong, conditions).slabs();
        Set<String> reached = new HashSet<>();
        if (slabs.stream()
                .anyMatch(
                        slab -> !SlabProof.of(slab, wrong, reached).violations().isEmpty())) {
            return new Fate.ByStatement();
        }
        for (Slab slab : slabs) {
            Comparison comparison = new Comparison(right, wrong);
            slab.visit(comparison);
            if (comparison.witness != null) {
                return new Fate.Survived(new Survivor(mutant.where(), mutant.change(), comparison.witness));
            }
        }
        return new Fate.Alike();
    }

    /** Looks for one request that the two decide differently. */
    private static final class Comparison implements Slab.Visitor {

        private final Scene right;
        private final Scene wrong;
        private Proof.Witness witness;

        Comparison(Scene right, Scene wrong) {
            this.right = right;
            this.wrong = wrong;
        }

        @Override
        public void see(Facts facts, Instant at, Slab.Point point) {
            if (witness != null) {
                return;
            }
            Evaluation.Verdict was = right.evaluate(facts, at).verdict();
            Evaluation.Verdict is = wrong.evaluate(facts, at).verdict();
            boolean differs = !was.equals(is);
            for (DataCategory category :
                    was.permitted() == 0 || differs ? Set.<DataCategory>of() : facts.categories()) {
                differs |= (was.permitted() >> category.ordinal() & 1) == 1
                        && !answer(right, facts, at, category).equals(answer(wrong, facts, at, category));
            }
            if (differs) {
                witness = new Proof.Witness(facts, at);
            }
        }

        /** With as many approvals as anybody could ask for. */
        private static List<Object> answer(Scene scene, Facts facts, Instant at, DataCategory category) {
            Facts one = Spoiled.asking(facts, Set.of(category)).withApprovals(Difference.ENOUGH);
            return scene.evaluate(one, at).decision().match(new Decision.Cases<List<Object>>() {
                @Override
                public List<Object> held(Decision.Held decision) {
                    return List.of(decision.outcome());
                }

                @Override
                public List<Object> refused(Decision.Refused decision) {
                    return List.of(decision.outcome());
                }

                @Override
                public List<Object> returned(Decision.Returned decision) {
                    return List.of(decision.outcome());
                }

                @Override
                public List<Object> referred(Decision.Referred decision) {
                    return List.of(decision.outcome(), decision.scope(), decision.obligations());
                }

                @Override
                public List<Object> released(Decision.Released decision) {
                    return List.of(decision.outcome(), decision.scope(), decision.obligations());
                }
            });
        }
    }
}
