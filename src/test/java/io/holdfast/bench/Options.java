package io.holdfast.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What can be asked of the benchmark, as {@code -Dbench.name=value}.
 *
 * @param only the parts to run
 * @param engines the database engines to run them on
 * @param callers how many callers at once, one series for each
 * @param seconds how long each repetition measures
 * @param repetitions how often each series is measured
 * @param warmUp seconds of load before the first figure of an engine; up to five times as long, until there were enough
 *     answers for the compiler to be done
 * @param entries how many entries the log that is verified has
 * @param recovered how many entries the log that is opened has
 * @param java arguments for the gateway's own Java, such as those of a profiler, between spaces
 * @param folder where logs and exports are made; deleted afterwards
 */
record Options(
        Set<Part> only,
        List<String> engines,
        List<Integer> callers,
        int seconds,
        int repetitions,
        int warmUp,
        int entries,
        int recovered,
        List<String> java,
        Path folder) {

    enum Part {
        FLOOR,
        DECIDE,
        INPROCESS,
        HTTP,
        FRONT,
        LOG,
        RECOVERY;

        static Part of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    static Options read() {
        return new Options(
                new TreeSet<>(list("only", "floor,decide,inprocess,http,front,log,recovery", Part::of)),
                list("engines", String.join(",", Engine.NAMES), Function.identity()),
                list("callers", "1,8,64,256", Integer::valueOf),
                Integer.getInteger("bench.seconds", 4),
                Integer.getInteger("bench.repetitions", 3),
                Integer.getInteger("bench.warm-up", 12),
                Integer.getInteger("bench.entries", 200_000),
                Integer.getInteger("bench.recovered", 1_000_000),
                Arrays.stream(System.getProperty("bench.java", "").split(" "))
                        .filter(argument -> !argument.isEmpty())
                        .toList(),
                Path.of(System.getProperty("bench.folder", "target/bench")));
    }

    boolean runs(Part part) {
        return only.contains(part);
    }

    private static <T> List<T> list(String name, String standard, Function<String, T> reader) {
        return Arrays.stream(System.getProperty("bench." + name, standard).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(reader)
                .toList();
    }
}
