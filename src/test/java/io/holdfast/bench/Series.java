package io.holdfast.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** One load, measured several times. */
final class Series {

    /** Enough for a load whose code is warm already to fill its queues. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** By then the compiler has seen everything that is in the way of a request often enough. */
    private static final int ANSWERS_TO_WARM_UP = 100_000;

    private final Options options;
    private final DoubleSupplier servedCpu;
    private final boolean isRemote;

    /** @param isRemote whether the CPU of the served side is that of another process than this one */
    private Series(Options options, DoubleSupplier servedCpu, boolean isRemote) {
        this.options = options;
        this.servedCpu = servedCpu;
        this.isRemote = isRemote;
    }

    static Series inThisProcess(Options options) {
        return new Series(options, Machine::ownSeconds, false);
    }

    static Series against(Options options, Child child) {
        return against(options, child::cpuSeconds);
    }

    /** @param servedCpu of all processes that answer */
    static Series against(Options options, DoubleSupplier servedCpu) {
        return new Series(options, servedCpu, true);
    }

    /** @param others share of the machine's CPU that neither side of the load used, in percent */
    record Repetition(Load.Run run, double servedCpu, double others) {

        double perSecond() {
            return run.latencies().count() / run.seconds();
        }

        double each(double seconds) {
            return seconds * 1e6 / run.latencies().count();
        }
    }

    /** Before the first figure. */
    static void warmUp(Options options, Load load) {
        long start = System.nanoTime();
        int answers = 0;
        for (double seconds = 0;
                seconds < options.warmUp() || answers < ANSWERS_TO_WARM_UP && seconds < 5 * options.warmUp(); ) {
            answers += load.run(SETTLING).latencies().count();
            seconds = (System.nanoTime() - start) / 1e9;
        }
    }

    List<Measure> measure(Load load) {
        load.run(SETTLING);
        List<Repetition> repetitions = new ArrayList<>();
        for (int i = 0; i < options.repetitions(); i++) {
            repetitions.add(repetition(load, Duration.ofSeconds(options.seconds())));
        }
        return measures(repetitions);
    }

    /** What one load gave, whatever was measured in between. */
    List<Measure> measures(List<Repetition> repetitions) {
        List<Measure> measures = new ArrayList<>(List.of(
                of("answers", "/s", repetitions, Repetition::perSecond),
                of("p50", "ms", repetitions, it -> it.run().latencies().percentile(0.50) / 1e6),
                of("p99", "ms", repetitions, it -> it.run().latencies().percentile(0.99) / 1e6),
                of("max", "ms", repetitions, it -> it.run().latencies().max() / 1e6),
                of("CPU each", "us", repetitions, it -> it.each(it.servedCpu()))));
        if (isRemote) {
            measures.add(of(
                    "generator CPU each",
                    "us",
                    repetitions,
                    it -> it.each(it.run().generatorSeconds())));
        }
        measures.add(of("others' CPU", "%", repetitions, Repetition::others));
        return measures;
    }

    Repetition repetition(Load load, Duration duration) {
        double busy = Machine.busySeconds();
        double own = Machine.ownSeconds();
        double served = servedCpu.getAsDouble();
        long start = System.nanoTime();
        Load.Run run = load.run(duration);
        double capacity =
                (System.nanoTime() - start) / 1e9 * Runtime.getRuntime().availableProcessors();
        served = servedCpu.getAsDouble() - served;
        own = Machine.ownSeconds() - own;
        busy = Machine.busySeconds() - busy;
        double ours = isRemote ? own + served : own;
        return new Repetition(run, served, Math.max(0, busy - ours) / capacity * 100);
    }

    private static Measure of(
            String what, String unit, List<Repetition> repetitions, ToDoubleFunction<Repetition> figure) {
        return Measure.of(what, unit, repetitions.stream().mapToDouble(figure).toArray());
    }
}
