package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.DecisionJson;
import io.holdfast.audit.ReasonJson;
import io.holdfast.legal.Decision;
import io.holdfast.legal.Facts;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.legal.Reason;
import io.holdfast.policy.Explanation;
import io.holdfast.policy.FactsFile;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Rulebook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Says in words what a rulebook would decide about a request, and why. The lock need not fit.")
final class PolicyExplainCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 256 * 1024;

    @Parameters(
            index = "0",
            paramLabel = "FACTS",
            description = "The facts of a request in YAML, kind Facts; '-' reads standard input.")
    private String facts;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--holds",
            paramLabel = "NAME",
            defaultValue = ServeOptions.START_HOLDS,
            description =
                    "The holds in force: '${DEFAULT-VALUE}' for those that a new log starts with, 'none', or a posture.")
    private String holds;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Decide at this time, such as 2026-11-23T12:00:00Z; default now.")
    private Instant at;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            Facts read = FactsFile.read(facts, LocalFile.read(facts, MOST_BYTES));
            explain(PolicyFolder.draft(folder), read);
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    private void explain(Rulebook rulebook, Facts about) {
        HoldsInForce inForce = new HoldsInForce(0, PolicyFolder.holds(rulebook, holds, "--holds"));
        Instant when = at == null ? Clock.systemUTC().instant() : at;
        List<String> sentences = Explanation.of(rulebook, about, inForce, when);
        ObjectNode json = Json.object().put("at", when.toString()).put("rulebook", rulebook.digest());
        Decision decision = rulebook.decide(about, inForce, when);
        json.set("decision", DecisionJson.write(decision));
        json.set("sentences", Json.texts(sentences));
        json.set("reasons", Json.list(decision.basis().reasons(), ReasonJson::write));
        List<String> lines = new ArrayList<>(sentences);
        decision.basis().reasons().forEach(reason -> lines.add(told(reason)));
        output.print(lines.stream().map(Terminal::safe).toList(), json);
    }

    /** By its code, as it is told in Chinese, and as the form of Regulation (EU) 2023/1543 has it. */
    private static String told(Reason reason) {
        return reason.code() + ": " + reason.chinese()
                + reason.ground()
                        .map(ground -> " [Annex III: " + ground.code() + "]")
                        .orElse("");
    }
}
