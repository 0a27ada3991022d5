package io.holdfast.policy;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules, and the one function that applies them. Immutable; safe for many threads.
 *
 * <p>It holds no holds in force: those are a fold of the log, and an argument. The holds it carries are texts to
 * start with or to choose from.
 */
public final class Rulebook {

    /** Stands where a decision names its rulebook and there was none. */
    public static final String NO_DIGEST = "0".repeat(64);

    private static final Rulebook NONE = new Rulebook(
            NO_DIGEST,
            Vocabulary.EMPTY,
            List.of(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            List.of(),
            List.of());

    private final String digest;
    private final Vocabulary vocabulary;
    private final List<Pack> packs;
    private final List<Treaty> treaties;
    private final List<Hold> startHolds;
    private final SortedMap<String, Posture> postures;
    private final List<Invariant> invariants;
    private final List<TestTable> tests;
    private final GrantTable grantTable;
    private final TreatyTable treatyTable;
    private volatile HoldMasks lastHolds = new HoldMasks(new HoldsInForce(0, List.of()));

    /** In order of ids, so that it does not matter how files are named or cut. */
    Rulebook(
            String digest,
            Vocabulary vocabulary,
            List<Pack> packs,
            List<Treaty> treaties,
            List<Hold> startHolds,
            SortedMap<String, Posture> postures,
            List<Invariant> invariants,
            List<TestTable> tests) {
        this.digest = digest;
        this.vocabulary = vocabulary;
        this.packs = packs.stream().sorted(Comparator.comparing(Pack::id)).toList();
        this.treaties =
                treaties.stream().sorted(Comparator.comparing(Treaty::id)).toList();
        this.startHolds = startHolds.stream()
                .sorted(Comparator.comparing(Hold::reference))
                .toList();
        this.postures = Collections.unmodifiableSortedMap(new TreeMap<>(postures));
        this.invariants = List.copyOf(invariants);
        this.tests = List.copyOf(tests);
        this.grantTable = new GrantTable(vocabulary, grants());
        this.treatyTable = new TreatyTable(this.treaties);
    }

    /** What a gateway without a valid rulebook decides with: it refuses everything. */
    public static Rulebook none() {
        return NONE;
    }

    /**
     * Decides one request. Total: any facts give a decision, and only a complete, known, permitted and approved request
     * gives a release. Pure: the same arguments give an equal answer, on every machine and for ever.
     *
     * @param at the instant to decide for; nothing in here looks at a clock
     */
    public Decision decide(Facts facts, HoldsInForce holds, Instant at) {
        return new Evaluation(this, facts, masks(holds), at).decision();
    }

    /** False only for {@link #none}. */
    public boolean isLoaded() {
        return this != NONE;
    }

    /** SHA-256 of the lock of the set it was read from, in hex. */
    public String digest() {
        return digest;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public List<Pack> packs() {
        return packs;
    }

    /** Of all packs, sorted by id. */
    public List<Grant> grants() {
        return packs.stream()
                .flatMap(pack -> pack.grants().stream())
                .sorted(Comparator.comparing(Grant::id))
                .toList();
    }

    public List<Treaty> treaties() {
        return treaties;
    }

    /** The holds that a deployment starts with, as the genesis of its log. */
    public List<Hold> startHolds() {
        return startHolds;
    }

    /** Those that a log starts with, and those of every posture. */
    public List<Hold> everyHold() {
        List<Hold> all = new ArrayList<>(startHolds());
        postures().forEach(name -> all.addAll(posture(name).orElseThrow()));
        return all;
    }

    /** The holds of this name: {@link TestTable#START}, {@link TestTable#NO_HOLDS}, or a posture. */
    public Optional<List<Hold>> holds(String name) {
        return switch (name) {
            case TestTable.START -> Optional.of(startHolds);
            case TestTable.NO_HOLDS -> Optional.of(List.of());
            default -> posture(name);
        };
    }

    public SortedSet<String> postures() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(postures.keySet()));
    }

    public Optional<List<Hold>> posture(String name) {
        return Optional.ofNullable(postures.get(name)).map(Posture::holds);
    }

    public String postureTitle(String name) {
        return postures.containsKey(name) ? postures.get(name).title() : name;
    }

    /** Statements about all requests that this set has to keep, beside every {@link Guarantee}. */
    public List<Invariant> invariants() {
        return invariants;
    }

    public List<TestTable> tests() {
        return tests;
    }

    /** The holds, made ready. They change seldom and are asked often, so the last are kept. */
    HoldMasks masks(HoldsInForce holds) {
        HoldMasks ready = lastHolds;
        if (!ready.areOf(holds)) {
            ready = new HoldMasks(holds);
            lastHolds = ready;
        }
        return ready;
    }

    GrantTable grantTable() {
        return grantTable;
    }

    TreatyTable treatyTable() {
        return treatyTable;
    }
}
