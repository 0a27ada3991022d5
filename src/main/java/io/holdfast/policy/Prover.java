package io.holdfast.policy;

import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks statements about all requests, by deciding one of each class ({@link Space}) with the code that decides requests. What
 * it compares with reads the rules a second time, as {@link Match} does and not as masks do.
 */
public final class Prover {

    private final Rulebook rulebook;
    private final List<Proof.Looked> looked = new ArrayList<>();
    private final List<Proof.Violation> violations = new ArrayList<>();

    private Prover(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    /**
     * The law alone, and under each of these sets of holds.
     *
     * @param names as {@link Rulebook#holds} knows them
     */
    public static Proof prove(Rulebook rulebook, List<String> names) {
        long begun = System.nanoTime();
        Prover prover = new Prover(rulebook);
        prover.look(Scene.of(Scene.LAW_ALONE, rulebook, List.of()));
        for (String name : new LinkedHashSet<>(names)) {
            List<Hold> holds = rulebook.holds(name).orElseThrow();
            if (!holds.isEmpty()) {
                prover.look(Scene.of(name, rulebook, holds));
            }
        }
        return new Proof(
                prover.looked,
                Guarantee.values().length + rulebook.invariants().size(),
                prover.violations,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private void look(Scene scene) {
        Space space = new Space(List.of(scene), Invariant.conditions(rulebook.invariants()));
        Set<String> reached = ConcurrentHashMap.newKeySet();
        List<SlabProof> proofs = space.slabs().parallelStream()
                .map(slab -> SlabProof.of(slab, scene, reached))
                .toList();
        looked.add(new Proof.Looked(
                scene.name(),
                proofs.stream().mapToLong(SlabProof::points).sum(),
                proofs.stream().mapToLong(SlabProof::permitted).sum()));
        Map<String, Proof.Violation> found = new LinkedHashMap<>();
        proofs.forEach(proof -> proof.violations().forEach((name, one) -> found.merge(name, one, Prover::both)));
        violations.addAll(found.values());
        reach(scene, reached);
    }

    /** The first witness stands for both. */
    private static Proof.Violation both(Proof.Violation one, Proof.Violation other) {
        return new Proof.Violation(
                one.scene(), one.statement(), one.what(), one.times() + other.times(), one.witness());
    }

    /** What has to happen somewhere. */
    private void reach(Scene scene, Set<String> reached) {
        if (scene.holds().isEmpty()) {
            rulebook.grants().forEach(grant -> missed(scene, Guarantee.GRANT_FIRES, grant.id(), reached));
        }
        for (Hold hold : scene.holds()) {
            missed(scene, Guarantee.HOLD_MATTERS, hold.id(), reached);
            for (HoldException exception : hold.exceptions()) {
                missed(scene, Guarantee.EXCEPTION_OPENS, hold.id() + "/" + exception.id(), reached);
            }
        }
    }

    private void missed(Scene scene, Guarantee guarantee, String what, Set<String> reached) {
        if (!reached.contains(what)) {
            violations.add(new Proof.Violation(scene.name(), guarantee.id(), what, 1, Optional.empty()));
        }
    }
}
