package io.holdfast.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.holdfast.legal.Hold;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another engine, given the same rules in its own language, decides the same; why, in {@code docs/decisions/0016}. Every
 * build asks about a few thousand requests, {@code -Dholdfast.cedar-points=200000} about as many as that.
 */
class CedarOracleTest {

    private static final String POINTS_PROPERTY = "holdfast.cedar-points";
    private static final int POINTS = Integer.getInteger(POINTS_PROPERTY, 1_600);
    private static final int HOLDS_BY_CHANCE = 100;
    private static final int TRIES = 200_000;

    private final long seed = Long.getLong("holdfast.seed", System.nanoTime());
    private final Map<CedarComparison.Kind, Integer> seen = new EnumMap<>(CedarComparison.Kind.class);
    private long questions;

    private static PolicySet files;
    private static Rulebook shipped;

    /** Where the archive has no library for a machine nothing can be compared there, and everybody should see that. */
    @BeforeAll
    static void cedar_is_there() throws PolicyException {
        missing().ifPresent(library -> {
            String said = "CedarOracleTest: NOT RUN, nothing was decided a second time here: Cedar's archive has no "
                    + library + "; run it on Linux with glibc or on macOS (x86-64, ARM), or on Windows (x86-64)";
            System.out.println(said);
            if (System.getProperty(POINTS_PROPERTY) != null) {
                fail(said);
            }
            Assumptions.abort(said);
        });
        files = PolicySet.read(Path.of("policies"));
        shipped = Small.load(files);
    }

    /** The library of this machine as the archive would name it, if it is not in there. One that is there must load. */
    private static Optional<String> missing() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        boolean isMusl = Files.exists(Path.of("/lib/ld-musl-" + machine + ".so.1"));
        String library = system.contains("mac")
                ? "macos/" + machine + "/libcedar_java_ffi.dylib"
                : system.contains("windows")
                        ? "windows/" + machine + "/cedar_java_ffi.dll"
                        : system + (isMusl ? "_musl/" : "/") + machine + "/libcedar_java_ffi.so";
        boolean isThere = CedarOracleTest.class.getResource("/jne/" + library) != null;
        return isThere ? Optional.empty() : Optional.of(library);
    }

    @Test
    void the_shipped_rules_decide_as_cedar_does_under_every_set_of_holds() throws Exception {
        List<String> scenes = new ArrayList<>(List.of(TestTable.NO_HOLDS, TestTable.START));
        scenes.addAll(shipped.postures());
        long start = System.nanoTime();
        for (String name : scenes) {
            List<Hold> holds = shipped.holds(name).orElseThrow();
            RandomOfRules random = new RandomOfRules(shipped, holds, new Random(seed));
            CedarComparison comparison = CedarComparison.of(name, shipped, holds);
            compare(comparison, POINTS / scenes.size() + 1, random::next);
            questions += comparison.oracle().questions();
        }
        report("the shipped rules", start, 40);
    }

    @Test
    void rules_under_holds_by_chance_decide_as_cedar_does() throws Exception {
        Rulebook rulebook = Small.rulebook();
        RandomRequests random = new RandomRequests(seed);
        long start = System.nanoTime();
        for (int i = 0; i < HOLDS_BY_CHANCE; i++) {
            List<Hold> holds = new ArrayList<>(random.holds());
            holds.add(random.hold());
            CedarComparison comparison = CedarComparison.of("holds by chance", rulebook, holds);
            int points = POINTS / 8 / HOLDS_BY_CHANCE + 1;
            compare(comparison, points, () -> new RandomOfRules.Point(random.facts(), random.instant()));
            compare(comparison, points, new RandomOfRules(rulebook, holds, new Random(seed + i))::next);
            questions += comparison.oracle().questions();
        }
        report("holds by chance", start, 300);
    }

    /** By days, and by months of different lengths. */
    @ParameterizedTest
    @ValueSource(strings = {"P14D", "P1M", "P1Y1M"})
    void what_must_be_served_in_time_is_void_when_cedar_says_so(String period) throws Exception {
        String pack =
                Small.text("packs/us.yaml").replace("approvals: 2", "serve-within: " + period + "\n    approvals: 2");
        Rulebook rulebook = Small.load(Small.with("packs/us.yaml", pack));
        RandomOfRules random = new RandomOfRules(rulebook, List.of(), new Random(seed));

        compare(CedarComparison.of(period, rulebook, List.of()), 200, random::next);
    }

    private void compare(CedarComparison comparison, int points, Supplier<RandomOfRules.Point> draw) throws Exception {
        for (int i = 0; i < points; i++) {
            RandomOfRules.Point point = draw.get();
            try {
                seen.merge(comparison.compare(point.facts(), point.at()), 1, Integer::sum);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", point " + i + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * A run that met one kind of answer only would agree about nothing.
     *
     * @param oneIn of so many requests at least one has to be of each kind
     */
    private void report(String what, long start, int oneIn) {
        int points = seen.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(
                "CedarOracleTest: " + what + ", seed " + seed + ": " + points + " requests agree, " + questions
                        + " questions, " + (System.nanoTime() - start) / 1_000_000_000 + " s on Java "
                        + Runtime.version().feature() + "; " + seen);
        for (CedarComparison.Kind kind : CedarComparison.Kind.values()) {
            assertTrue(seen.getOrDefault(kind, 0) >= points / oneIn, () -> "hardly any " + kind + ": " + seen);
        }
    }

    @Test
    void no_policy_can_fail_for_want_of_an_attribute_or_a_type() throws Exception {
        for (String name : shipped.postures()) {
            List<Hold> holds = shipped.holds(name).orElseThrow();
            assertEquals(
                    List.of(), CedarComparison.of(name, shipped, holds).oracle().wrong());
        }
    }

    @Test
    void every_grant_and_every_hold_has_its_policy() {
        List<Hold> holds = shipped.holds("withdraw").orElseThrow();
        CedarTranslation translation = new CedarTranslation(shipped, holds);

        long permits = translation.policies().values().stream()
                .filter(text -> text.startsWith("permit"))
                .count();
        assertEquals(shipped.grants().size(), permits);
        holds.forEach(hold -> assertTrue(
                translation.policies().keySet().stream().anyMatch(id -> id.contains(hold.reference())),
                hold::reference));
    }

    /** Each is one slip in the rules that decide, against a translation of the right ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "packs/us-sca.yaml | category: [SUBSCRIBER, IDENTIFICATION] | category: [SUBSCRIBER, TRAFFIC]",
                "packs/hk-nsl.yaml | valid: {from: 2020-07-07T00:00:00+08:00} | valid: {from: 2020-07-07T00:00:01+08:00}",
                "packs/uk.yaml | serve-within: P3M | serve-within: P90D",
                "treaties.yaml | {status: SUSPENDED, since: 2020-08-20 | {status: ACTIVE, since: 2020-08-20",
                "holds/hk-nsl-2020.yaml | mode: PAUSE | mode: DENY",
                "holds/hk-nsl-2020.yaml | category: [SUBSCRIBER, IDENTIFICATION] | category: [SUBSCRIBER, TRAFFIC]",
                "holds/hk-nsl-2020.yaml | from: 2020-07-01T00:00:00+08:00 | from: 2020-07-01T00:00:01+08:00",
                "postures/withdraw/hk-withdraw-user.yaml | 2020-07-10T00:00:00+08:00 | 2020-07-10T00:00:01+08:00",
            })
    void a_slip_in_the_rules_is_noticed(String path, String text, String other) throws Exception {
        SortedMap<String, byte[]> changed = files.files();
        String before = new String(changed.get(path), StandardCharsets.UTF_8);
        assertTrue(before.contains(text), () -> "nothing to change in " + path);
        changed.put(path, before.replace(text, other).getBytes(StandardCharsets.UTF_8));
        Rulebook slipped = Small.load(PolicySet.of(changed));
        String holds = path.startsWith("holds/") ? TestTable.START : path.contains("/withdraw/") ? "withdraw" : "none";
        List<Hold> right = shipped.holds(holds).orElseThrow();

        Scene slippedScene = Scene.of(holds, slipped, slipped.holds(holds).orElseThrow());
        Scene rightScene = Scene.of(holds, shipped, right);
        CedarTranslation translation = new CedarTranslation(shipped, right);
        RandomOfRules random = new RandomOfRules(shipped, right, new Random(seed));
        for (int tries = 1; tries <= TRIES; tries++) {
            RandomOfRules.Point point = random.next();
            if (!verdict(slippedScene, point).equals(verdict(rightScene, point))) {
                CedarComparison.of(rightScene, translation).compare(point.facts(), point.at());
                CedarComparison comparison = CedarComparison.of(slippedScene, translation);
                AssertionError e =
                        assertThrows(AssertionError.class, () -> comparison.compare(point.facts(), point.at()));
                assertTrue(e.getMessage().contains("Cedar says"), e::getMessage);
                System.out.println("CedarOracleTest: " + path + " differs at request " + tries);
                return;
            }
        }
        fail("seed " + seed + ": " + TRIES + " requests do not tell " + other + " from " + text);
    }

    private static Evaluation.Verdict verdict(Scene scene, RandomOfRules.Point point) {
        return scene.evaluate(point.facts(), point.at()).verdict();
    }
}
