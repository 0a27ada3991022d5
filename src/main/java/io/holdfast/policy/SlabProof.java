package io.holdfast.policy;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldException;
import io.holdfast.legal.Match;
import io.holdfast.legal.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements, checked on every request of one slab. The many that are permitted nothing cost one decision each; the few
 * that are permitted something are looked at from all sides.
 */
final class SlabProof {

    private static final DataCategory[] CATEGORIES = DataCategory.values();

    private final Slab slab;
    private final Scene scene;
    private final List<Scene> lessOne = new ArrayList<>();
    private final Map<String, Proof.Violation> violations = new LinkedHashMap<>();
    private final Set<String> reached;
    private long points;
    private long permitted;

    private SlabProof(Slab slab, Scene scene, Set<String> reached) {
        this.slab = slab;
        this.reached = reached;
        this.scene = scene;
        for (Hold hold : scene.holds()) {
            List<Hold> others = new ArrayList<>(scene.holds());
            others.remove(hold);
            lessOne.add(Scene.of(scene.name(), scene.rulebook(), others));
        }
    }

    /** @param reached collects grants that permit something, holds that matter, exceptions that open something */
    static SlabProof of(Slab slab, Scene scene, Set<String> reached) {
        SlabProof proof = new SlabProof(slab, scene, reached);
        slab.visit(proof::see);
        return proof;
    }

    long points() {
        return points;
    }

    long permitted() {
        return permitted;
    }

    /** By statement and part. */
    Map<String, Proof.Violation> violations() {
        return violations;
    }

    private void see(Facts facts, Instant at, Slab.Point point) {
        points++;
        int mask = scene.evaluate(facts, at).verdict().permitted();
        if (mask != 0) {
            permitted++;
            examine(facts, at, mask, point.members());
            Spoiled.of(facts).forEach((what, spoiled) -> spoiled(what, spoiled, at));
            pairs(facts, at, mask);
        }
        matters(facts, at);
    }

    private void violation(String statement, String what, Facts facts, Instant at) {
        Proof.Violation one =
                new Proof.Violation(scene.name(), statement, what, 1, Optional.of(new Proof.Witness(facts, at)));
        violations.merge(
                statement + " " + what,
                one,
                (first, more) -> new Proof.Violation(
                        first.scene(), statement, what, first.times() + more.times(), first.witness()));
    }

    private void violation(Guarantee guarantee, Facts facts, Instant at) {
        violation(guarantee.id(), guarantee.sentence(), facts, at);
    }

    /** @param members the requests that this one stands for */
    private void examine(Facts facts, Instant at, int mask, List<Facts> members) {
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            int bit = Integer.lowestOneBit(rest);
            DataCategory category = CATEGORIES[Integer.numberOfTrailingZeros(rest)];
            invariants(Invariant.About.PERMITTED, members, at, category);
            holds(facts, at, category);
            grants(facts, at, category);
            for (Scene less : lessOne) {
                if ((less.evaluate(facts, at).verdict().permitted() & bit) == 0) {
                    violation(Guarantee.HOLDS_ONLY_NARROW, facts, at);
                }
            }
            alone(Spoiled.asking(facts, Set.of(category)), at, category, members);
        }
        for (DataCategory category : facts.categories()) {
            boolean isPermitted = (mask >> category.ordinal() & 1) == 1;
            Facts one = Spoiled.asking(facts, Set.of(category));
            if (isPermitted != (scene.evaluate(one, at).verdict().permitted() != 0)) {
                violation(Guarantee.CATEGORIES_ARE_APART, one, at);
            }
        }
    }

    private void invariants(Invariant.About about, List<Facts> members, Instant at, DataCategory category) {
        for (Invariant invariant : scene.rulebook().invariants()) {
            if (invariant.about() != about) {
                continue;
            }
            for (Facts facts : members) {
                if (!invariant.lets(facts, category)) {
                    violation(invariant.id(), invariant.sentence(), Spoiled.asking(facts, Set.of(category)), at);
                }
            }
        }
    }

    /** As the hold says it, and not as the evaluator reads it. */
    private void holds(Facts facts, Instant at, DataCategory category) {
        for (Hold hold : scene.holds()) {
            if (!stops(hold, facts, at, category)) {
                continue;
            }
            boolean isOpen = false;
            for (HoldException exception : hold.exceptions()) {
                if (hold.modeAt(at) != Mode.NEVER && exception.when().covers(facts, category)) {
                    isOpen = true;
                    reached.add(hold.id() + "/" + exception.id());
                }
            }
            if (!isOpen) {
                violation(Guarantee.HOLD_KEEPS, Spoiled.asking(facts, Set.of(category)), at);
            }
        }
    }

    private static boolean stops(Hold hold, Facts facts, Instant at, DataCategory category) {
        if (at.isBefore(hold.from()) || !hold.applies().touches(facts, category)) {
            return false;
        }
        Optional<Match> spared = Conditions.unless(hold.modeAt(at));
        return spared.isEmpty() || !spared.get().covers(facts, category);
    }

    private void grants(Facts facts, Instant at, DataCategory category) {
        boolean isCovered = false;
        for (Grant grant : scene.rulebook().grants()) {
            if (grant.when().covers(facts, category) && grant.standsAt(facts, at)) {
                isCovered = true;
                reached.add(grant.id());
            }
        }
        if (!isCovered) {
            violation(Guarantee.GRANT_NEEDED, Spoiled.asking(facts, Set.of(category)), at);
        }
    }

    /** One category, from no approval to as many as are asked for. */
    private void alone(Facts facts, Instant at, DataCategory category, List<Facts> members) {
        for (int approvals = 0; approvals <= 3; approvals++) {
            Facts approved = facts.withApprovals(approvals);
            Decision decision = scene.evaluate(approved, at).decision();
            if (!(decision instanceof Decision.Released released)) {
                continue;
            }
            if (approvals == released.obligations().approvals()) {
                invariants(Invariant.About.RELEASED, members, at, category);
            }
            if (released.obligations().approvals() > approvals) {
                violation(Guarantee.APPROVALS_FIRST, approved, at);
            }
            if (released.obligations().unencrypted() && isToBeEncrypted(approved, at, category)) {
                violation(Guarantee.CLEAR_ONLY_WHERE_SAID, approved, at);
            }
            // A hold may ask for more people, and never for fewer.
            if (lessOne.stream()
                    .anyMatch(less -> !(less.evaluate(approved, at).decision() instanceof Decision.Released))) {
                violation(Guarantee.HOLDS_ONLY_NARROW, approved, at);
            }
        }
    }

    private boolean isToBeEncrypted(Facts facts, Instant at, DataCategory category) {
        return scene.rulebook().grants().stream()
                .filter(grant -> grant.when().covers(facts, category) && grant.standsAt(facts, at))
                .anyMatch(grant -> grant.unencrypted().isEmpty());
    }

    private void spoiled(String what, Facts facts, Instant at) {
        if (scene.evaluate(facts, at).verdict().permitted() != 0) {
            Guarantee guarantee = what.startsWith("dated") ? Guarantee.OUT_OF_DATE_NEVER : Guarantee.UNKNOWN_NEVER;
            violation(guarantee.id(), what, facts, at);
        }
    }

    /** The same request about a second place as well. */
    private void pairs(Facts facts, Instant at, int mask) {
        for (Facts two : Spoiled.aboutTwoPlaces(facts, slab)) {
            int both = scene.evaluate(two, at).verdict().permitted();
            if ((both & ~mask) != 0) {
                violation(Guarantee.PLACES_ADD_NOTHING, two, at);
            }
            if (both != 0) {
                examine(two, at, both, List.of(two));
            }
        }
    }

    /** Looks for an answer that would be another one without the hold, until one is found. */
    private void matters(Facts facts, Instant at) {
        for (int i = 0; i < lessOne.size(); i++) {
            String hold = scene.holds().get(i).id();
            if (!reached.contains(hold)
                    && touches(scene.holds().get(i), facts)
                    && !answer(scene, facts, at).equals(answer(lessOne.get(i), facts, at))) {
                reached.add(hold);
            }
        }
    }

    private static boolean touches(Hold hold, Facts facts) {
        for (DataCategory category : facts.categories()) {
            if (hold.applies().touches(facts, category)) {
                return true;
            }
        }
        return false;
    }

    private static List<Object> answer(Scene scene, Facts facts, Instant at) {
        Decision decision = scene.evaluate(facts, at).decision();
        return List.of(decision.outcome(), decision.basis().reasons());
    }
}
