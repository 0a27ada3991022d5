package io.holdfast.bench;

import io.holdfast.legal.Decision;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The decision alone, over every case of the tables that lie beside the shipped rules. The cases of the same holds are
 * decided one after the other, as in a gateway: the holds in force change when people change them.
 */
final class Deciding {

    private static final int ROUNDS = 400;

    private final Rulebook rulebook;
    private final Map<HoldsInForce, List<TestTable.Case>> cases = new LinkedHashMap<>();
    private final Options options;
    private final Sheet sheet;

    Deciding(Options options, Sheet sheet) throws PolicyException {
        this.options = options;
        this.sheet = sheet;
        this.rulebook = PolicySet.read(LiveGate.POLICIES).rulebook();
        Map<String, List<TestTable.Case>> byHolds = new TreeMap<>();
        for (TestTable table : rulebook.tests()) {
            for (TestTable.Case one : table.cases()) {
                byHolds.computeIfAbsent(one.holds(), name -> new ArrayList<>()).add(one);
            }
        }
        byHolds.forEach((name, some) ->
                cases.put(new HoldsInForce(cases.size(), rulebook.holds(name).orElseThrow()), some));
    }

    private int size() {
        return cases.values().stream().mapToInt(List::size).sum();
    }

    /** One repetition. */
    private record Round(double p50, double p99, double mean, double bytes) {}

    void run() {
        IntStream.range(0, 20).forEach(warmUp -> round());
        List<Round> rounds =
                IntStream.range(0, options.repetitions()).mapToObj(i -> round()).toList();
        Measure p99 =
                Measure.of("p99", "us", rounds.stream().mapToDouble(Round::p99).toArray());
        sheet.row(
                "decision alone",
                size() + " cases of policies/tests",
                List.of(
                        Measure.of(
                                "p50",
                                "us",
                                rounds.stream().mapToDouble(Round::p50).toArray()),
                        p99,
                        Measure.of(
                                "mean CPU",
                                "us",
                                rounds.stream().mapToDouble(Round::mean).toArray()),
                        Measure.of(
                                "garbage",
                                "bytes",
                                rounds.stream().mapToDouble(Round::bytes).toArray())));
        sheet.goal(Goal.atMost("decision alone, p99, at most 2 us", 2, p99));
    }

    private Round round() {
        Latencies latencies = new Latencies();
        everyDecision((holds, one) -> {
            long start = System.nanoTime();
            Decision decision = rulebook.decide(one.facts(), holds, one.at());
            latencies.add(System.nanoTime() - start);
            keep(decision);
        });
        long bytes = Threads.allocatedBytes();
        long cpu = Threads.cpuNanos();
        everyDecision((holds, one) -> keep(rulebook.decide(one.facts(), holds, one.at())));
        double decisions = latencies.count();
        return new Round(
                latencies.percentile(0.5) / 1e3,
                latencies.percentile(0.99) / 1e3,
                (Threads.cpuNanos() - cpu) / 1e3 / decisions,
                (Threads.allocatedBytes() - bytes) / decisions);
    }

    private void everyDecision(BiConsumer<HoldsInForce, TestTable.Case> decide) {
        cases.forEach((holds, some) -> {
            for (int i = 0; i < ROUNDS; i++) {
                some.forEach(one -> decide.accept(holds, one));
            }
        });
    }

    /** Looks at it, so that no decision can be left out. */
    private static void keep(Decision decision) {
        if (decision.basis().reasons().isEmpty()) {
            throw new IllegalStateException("a decision without a reason");
        }
    }
}
