package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.holdfast.fixture.Shrinker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random people do random things at every desk of a gate, on a real log, and never find what {@link WalkViolation.Property} names. A walk that
 * fails is made shorter until nothing can be left out of it, and told in words. {@code -Dholdfast.walk=10000} is the long one,
 * {@code -Dholdfast.seed=...} walks again.
 */
class GateWalkTest {

    private static final int STEPS = Integer.getInteger("holdfast.walk", 150);

    /** A log is begun anew after so many, each from a seed of its own: the next number. */
    private static final int STEPS_OF_A_LOG = 250;

    private static final int MOST_TRIALS = 300;

    @TempDir
    static Path temporary;

    private static final AtomicInteger LOGS = new AtomicInteger();

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    @BeforeAll
    static void begin() {
        WalkDesks.begin(temporary.resolve("begun"));
    }

    /** A log that has just begun. */
    private static Path copy() {
        Path begun = temporary.resolve("begun");
        Path to = temporary.resolve("log-" + LOGS.incrementAndGet());
        try (Stream<Path> files = Files.walk(begun)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(begun.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Walk.Found> walk(
            List<WalkAct> acts, WalkDesks.Road road, int people, BiConsumer<String, String> count, boolean asAuditor) {
        Path folder = copy();
        try {
            return new Walk(folder, road, people, count).run(acts, asAuditor);
        } finally {
            remove(folder);
        }
    }

    private static int people(long seed) {
        return 2 + (int) Math.floorMod(seed, 2L);
    }

    /** In words, and as short as it can be. */
    private static Found shortest(long seed, List<WalkAct> acts, WalkDesks.Road road, Walk.Found first) {
        boolean asAuditor = first.step() == acts.size() - 1; // it may have been found at the end only
        Shrinker.Shortest<WalkAct> shortest = Shrinker.shrink(
                acts,
                failure(first),
                fewer -> walk(fewer, road, people(seed), (name, came) -> {}, asAuditor)
                        .map(GateWalkTest::failure),
                MOST_TRIALS);
        return new Found(seed, first, shortest);
    }

    private static Shrinker.Failure failure(Walk.Found found) {
        return new Shrinker.Failure(found.step(), found.violation().reason());
    }

    private record Found(long seed, Walk.Found first, Shrinker.Shortest<WalkAct> shortest) {

        WalkViolation violation() {
            return first.violation();
        }

        String told() {
            StringBuilder told = new StringBuilder();
            told.append(violation().getMessage())
                    .append("\nwalk it again: -Dholdfast.seed=" + seed + " -Dholdfast.walk=" + (first.step() + 1))
                    .append("\na change of holds takes " + people(seed) + " people\nthe shortest way there, found in "
                            + shortest.trials() + " trials:");
            for (int i = 0; i < shortest.steps().size(); i++) {
                told.append("\n  " + (i + 1) + ". " + shortest.steps().get(i).words());
            }
            return told.toString();
        }
    }

    private void count(String name, String came) {
        counts.computeIfAbsent(name, it -> new TreeMap<>()).merge(came, 1, Integer::sum);
    }

    @Test
    void whatever_people_do_nothing_is_loosened_or_released_by_one_or_under_a_hold_and_all_of_it_is_in_the_log() {
        long firstSeed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("GateWalkTest: -Dholdfast.seed=" + firstSeed + " -Dholdfast.walk=" + STEPS);
        long begun = System.nanoTime();
        for (int done = 0; done < STEPS; done += STEPS_OF_A_LOG) {
            long seed = firstSeed + done / STEPS_OF_A_LOG;
            List<WalkAct> acts = WalkPlan.of(seed, Math.min(STEPS_OF_A_LOG, STEPS - done));
            WalkDesks.Road road = new WalkDesks.Road();
            walk(acts, road, people(seed), this::count, true)
                    .map(first -> shortest(seed, acts, road, first))
                    .ifPresent(found -> fail(found.told(), found.violation()));
        }
        System.out.println("GateWalkTest: " + STEPS + " steps in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, nothing found; " + counts);
    }

    /** The first of some short walks that comes upon it. */
    private static Found found(WalkMistake mistake) {
        return LongStream.range(mistake.seed, mistake.seed + 100)
                .mapToObj(seed -> {
                    List<WalkAct> acts = WalkPlan.of(seed, 60);
                    return walk(acts, mistake.road, people(seed), (name, came) -> {}, false)
                            .filter(first -> first.violation().property() == mistake.property)
                            .map(first -> shortest(seed, acts, mistake.road, first));
                })
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(WalkMistake.class)
    void a_mistake_of_the_gate_is_found_and_told_in_a_few_steps(WalkMistake mistake) {
        Found found = found(mistake);

        System.out.println("GateWalkTest, " + mistake + ": " + found.told());
        assertEquals(found.violation().reason(), found.shortest().failure().reason());
        assertTrue(found.shortest().steps().size() <= mistake.steps, found::told);
    }
}
