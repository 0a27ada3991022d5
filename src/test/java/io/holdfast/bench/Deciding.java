package io.holdfast.bench;

import io.holdfast.legal.Decision;
import io.holdfast.legal.Hold;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The decision alone, over every case of the tables that lie beside the shipped rules. */
final class Deciding {

    private static final int ROUNDS = 400;

    private record Question(TestTable.Case row, HoldsInForce holds) {}

    private final Rulebook rulebook;
    private final List<Question> questions = new ArrayList<>();
    private final Options options;
    private final Sheet sheet;

    Deciding(Options options, Sheet sheet) throws PolicyException {
        this.options = options;
        this.sheet = sheet;
        this.rulebook = PolicySet.read(LiveGate.POLICIES).rulebook();
        for (TestTable table : rulebook.tests()) {
            table.cases().forEach(row -> questions.add(new Question(row, new HoldsInForce(1, holds(row.holds())))));
        }
    }

    private List<Hold> holds(String name) {
        return switch (name) {
            case TestTable.START -> rulebook.startHolds();
            case TestTable.NO_HOLDS -> List.of();
            default -> rulebook.posture(name).orElseThrow();
        };
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
                questions.size() + " cases of policies/tests",
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
        for (int i = 0; i < ROUNDS; i++) {
            for (Question question : questions) {
                long start = System.nanoTime();
                Decision decision = decide(question);
                latencies.add(System.nanoTime() - start);
                keep(decision);
            }
        }
        long bytes = Threads.allocatedBytes();
        long cpu = Threads.cpuNanos();
        for (int i = 0; i < ROUNDS; i++) {
            questions.forEach(question -> keep(decide(question)));
        }
        double decisions = (double) ROUNDS * questions.size();
        return new Round(
                latencies.percentile(0.5) / 1e3,
                latencies.percentile(0.99) / 1e3,
                (Threads.cpuNanos() - cpu) / 1e3 / decisions,
                (Threads.allocatedBytes() - bytes) / decisions);
    }

    private Decision decide(Question question) {
        return rulebook.decide(
                question.row().facts(), question.holds(), question.row().at());
    }

    /** Looks at it, so that no decision can be left out. */
    private static void keep(Decision decision) {
        if (decision.basis().reasons().isEmpty()) {
            throw new IllegalStateException("a decision without a reason");
        }
    }
}
