package io.holdfast.policy;

import io.holdfast.legal.Hold;
import io.holdfast.legal.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A rulebook with one mistake in it, many times over: each hold, grant and exception left out; each condition widened, and
 * narrowed or shifted by a word; each date moved by a second; each thing that a grant asks for changed. What no case notices
 * could be written wrongly without anybody noticing.
 */
final class Mutants {

    static final List<Duration> SHIFTS = List.of(Duration.ofSeconds(-1), Duration.ofSeconds(1));

    /**
     * One mistake.
     *
     * @param where the rule, such as {@code us-sw} or {@code holds/hk-nsl-2020}
     * @param change what is wrong with it
     * @param holds the name of those under which it shows
     */
    record Mutant(String where, String change, String holds, Rulebook rulebook) {}

    private final Rulebook rulebook;
    private final GrantMutants inGrants;
    private final HoldMutants inHolds;
    private final List<Mutant> mutants = new ArrayList<>();

    private Mutants(Rulebook rulebook) {
        this.rulebook = rulebook;
        ConditionMutants inConditions = new ConditionMutants(rulebook.vocabulary());
        this.inGrants = new GrantMutants(inConditions);
        this.inHolds = new HoldMutants(inConditions);
    }

    static List<Mutant> of(Rulebook rulebook) {
        Mutants mutants = new Mutants(rulebook);
        rulebook.packs().forEach(mutants::pack);
        rulebook.treaties().forEach(mutants::treaty);
        mutants.groups();
        mutants.holds(TestTable.START, "holds/", rulebook.startHolds(), mutants::withStartHolds);
        for (String posture : rulebook.postures()) {
            mutants.holds(
                    posture,
                    "postures/" + posture + "/",
                    rulebook.posture(posture).orElseThrow(),
                    holds -> mutants.withPosture(posture, holds));
        }
        return mutants.mutants;
    }

    private Rulebook with(
            List<Pack> packs, List<Treaty> treaties, List<Hold> start, SortedMap<String, Posture> postures) {
        return new Rulebook(
                rulebook.digest(),
                rulebook.vocabulary(),
                packs,
                treaties,
                start,
                postures,
                rulebook.invariants(),
                rulebook.tests());
    }

    private SortedMap<String, Posture> postures() {
        SortedMap<String, Posture> postures = new TreeMap<>();
        rulebook.postures()
                .forEach(name -> postures.put(
                        name,
                        new Posture(
                                name,
                                rulebook.postureTitle(name),
                                rulebook.posture(name).orElseThrow())));
        return postures;
    }

    private Rulebook withPack(Pack old, Pack changed) {
        return with(replaced(rulebook.packs(), old, changed), rulebook.treaties(), rulebook.startHolds(), postures());
    }

    private Rulebook withTreaty(Treaty old, Optional<Treaty> changed) {
        return with(rulebook.packs(), replaced(rulebook.treaties(), old, changed), rulebook.startHolds(), postures());
    }

    private Rulebook withStartHolds(List<Hold> holds) {
        return with(rulebook.packs(), rulebook.treaties(), holds, postures());
    }

    private Rulebook withPosture(String name, List<Hold> holds) {
        SortedMap<String, Posture> postures = postures();
        postures.put(name, new Posture(name, rulebook.postureTitle(name), holds));
        return with(rulebook.packs(), rulebook.treaties(), rulebook.startHolds(), postures);
    }

    static <T> List<T> replaced(List<T> all, T old, T changed) {
        return replaced(all, old, Optional.of(changed));
    }

    static <T> List<T> replaced(List<T> all, T old, Optional<T> changed) {
        List<T> next = new ArrayList<>();
        for (T one : all) {
            if (one != old) {
                next.add(one);
            } else {
                changed.ifPresent(next::add);
            }
        }
        return next;
    }

    private void add(String where, String change, Rulebook mutant) {
        mutants.add(new Mutant(where, change, TestTable.NO_HOLDS, mutant));
    }

    private void add(String holds, String where, String change, Rulebook mutant) {
        mutants.add(new Mutant(where, change, holds, mutant));
    }

    private void pack(Pack pack) {
        validities(pack.valid()).forEach((change, validity) -> {
            List<Grant> grants = pack.grants().stream()
                    .map(grant -> grant.valid().equals(pack.valid()) ? GrantMutants.validFor(grant, validity) : grant)
                    .toList();
            add(pack.id(), change, withPack(pack, withGrants(pack, grants)));
        });
        for (Grant grant : pack.grants()) {
            add(
                    grant.id(),
                    "is not there",
                    withPack(pack, withGrants(pack, replaced(pack.grants(), grant, Optional.empty()))));
            inGrants.of(grant)
                    .forEach((change, changed) -> add(
                            grant.id(),
                            change,
                            withPack(pack, withGrants(pack, replaced(pack.grants(), grant, changed)))));
        }
    }

    private static Pack withGrants(Pack pack, List<Grant> grants) {
        return new Pack(pack.id(), pack.title(), pack.valid(), pack.source(), grants, pack.notServed());
    }

    private static Map<String, Validity> validities(Validity valid) {
        Map<String, Validity> changed = new LinkedHashMap<>();
        for (Duration shift : SHIFTS) {
            changed.put("begins " + told(shift), new Validity(valid.from().plus(shift), valid.until()));
            valid.until()
                    .ifPresent(until -> changed.put(
                            "ends " + told(shift), new Validity(valid.from(), Optional.of(until.plus(shift)))));
        }
        return changed;
    }

    static String told(Duration shift) {
        return shift.isNegative() ? "a second sooner" : "a second later";
    }

    /** Each group without each of its members, wherever a grant names the group. */
    private void groups() {
        rulebook.vocabulary().groups().forEach((name, group) -> {
            for (Term member : ConditionMutants.sorted(Set.copyOf(group))) {
                List<Pack> packs = rulebook.packs().stream()
                        .map(pack -> withGrants(
                                pack,
                                pack.grants().stream()
                                        .map(grant -> GrantMutants.with(
                                                grant,
                                                ConditionMutants.without(grant.when(), Set.copyOf(group), member)))
                                        .toList()))
                        .toList();
                add(
                        "vocabulary, " + name,
                        "is without " + member.code(),
                        with(packs, rulebook.treaties(), rulebook.startHolds(), postures()));
            }
        });
    }

    private void treaty(Treaty treaty) {
        add(treaty.id(), "is not there", withTreaty(treaty, Optional.empty()));
        TreatyMutants.of(treaty)
                .forEach((change, changed) -> add(treaty.id(), change, withTreaty(treaty, Optional.of(changed))));
    }

    private void holds(String name, String place, List<Hold> holds, Function<List<Hold>, Rulebook> with) {
        for (Hold hold : holds) {
            String where = place + hold.id();
            add(name, where, "is not there", with.apply(replaced(holds, hold, Optional.empty())));
            inHolds.of(hold)
                    .forEach((change, changed) -> add(name, where, change, with.apply(replaced(holds, hold, changed))));
        }
    }
}
