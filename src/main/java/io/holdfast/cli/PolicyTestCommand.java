package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.FactsJson;
import io.holdfast.policy.Mutation;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicyTests;
import io.holdfast.policy.Rulebook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description = {
            "Runs the cases in tests/ of a rulebook, and says which rules no case has exercised. Then makes thousands of small"
                    + " mistakes in the rules, one at a time, and tells those that neither a case nor a statement about all"
                    + " requests notices. The lock need not fit.",
            "Exits with 1 if a case fails, if there is none, or if a mistake would go unnoticed."
        })
final class PolicyTestCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--no-mutants",
            negatable = true,
            description =
                    "With --no-mutants only the cases are run, which takes a moment; the mistakes take some seconds.")
    private boolean casesOnly;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            Rulebook rulebook = PolicyFolder.draft(folder);
            PolicyTests.Report report = PolicyTests.run(rulebook);
            boolean passed = report.failures().isEmpty() && !report.results().isEmpty();
            List<String> lines = lines(report);
            ObjectNode json = json(report);
            if (!casesOnly && passed) {
                Mutation.Result result = mutate(rulebook);
                lines.addAll(lines(result));
                json.set("mutants", json(result));
                passed = result.survivors().isEmpty();
            }
            output.print(lines, json.put("passed", passed));
            return passed ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (PolicyException e) {
            output.print(
                    PolicyFolder.lines(e.problems()),
                    Json.object().put("passed", false).set("problems", PolicyFolder.json(e.problems())));
            return ExitCode.CHECK_FAILED;
        }
    }

    private Mutation.Result mutate(Rulebook rulebook) {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), Terminal.isThere())) {
            return Mutation.run(rulebook, progress::at);
        }
    }

    private static List<String> lines(Mutation.Result result) {
        List<String> lines = new ArrayList<>();
        result.survivors()
                .forEach(one -> lines.add("nobody would notice that "
                        + Terminal.safe(one.where() + " " + one.change()) + "; for example at "
                        + one.witness().at() + ", with instrument "
                        + one.witness().facts().instrument().code() + " of "
                        + one.witness().facts().issuer().code()));
        lines.add(Counted.of(result.mutants(), "mistake") + " made, " + result.byCases() + " noticed by a case, "
                + result.byStatements() + " by a statement about all requests, " + result.alike()
                + " change no decision, " + result.survivors().size() + " survived; "
                + result.took().toSeconds() + " s");
        return lines;
    }

    private static ObjectNode json(Mutation.Result result) {
        return Json.object()
                .put("made", result.mutants())
                .put("by-cases", result.byCases())
                .put("by-statements", result.byStatements())
                .put("alike", result.alike())
                .set(
                        "survivors",
                        Json.list(
                                result.survivors(),
                                one -> Json.object()
                                        .put("where", one.where())
                                        .put("change", one.change())
                                        .put("at", one.witness().at().toString())
                                        .set(
                                                "facts",
                                                FactsJson.write(one.witness().facts()))));
    }

    private static List<String> lines(PolicyTests.Report report) {
        List<String> lines = new ArrayList<>();
        for (PolicyTests.Result failure : report.failures()) {
            lines.add(Terminal.safe(failure.where() + ": " + failure.name()));
            failure.differences().forEach(difference -> lines.add("  " + Terminal.safe(difference)));
        }
        silent("grant", report.grants(), lines);
        silent("hold", report.holds(), lines);
        silent("exception", report.exceptions(), lines);
        int cases = report.results().size();
        lines.add(
                cases == 0
                        ? "there is no case, so nothing was tested"
                        : Counted.of(cases, "case") + ", " + report.failures().size() + " failed; exercised "
                                + share(report.grants())
                                + " grants, " + share(report.holds()) + " holds, " + share(report.exceptions())
                                + " exceptions");
        return lines;
    }

    private static void silent(String what, PolicyTests.Coverage coverage, List<String> lines) {
        coverage.silent().forEach(rule -> lines.add("no case exercises the " + what + " " + Terminal.safe(rule)));
    }

    private static String share(PolicyTests.Coverage coverage) {
        int fired = coverage.fired().size();
        return fired + " of " + (fired + coverage.silent().size());
    }

    private static ObjectNode json(PolicyTests.Report report) {
        ObjectNode json = Json.object().put("cases", report.results().size());
        json.set(
                "failures",
                Json.list(
                        report.failures(),
                        failure -> Json.object()
                                .put("where", failure.where())
                                .put("name", failure.name())
                                .set("differences", Json.texts(failure.differences()))));
        json.set("grants", json(report.grants()));
        json.set("holds", json(report.holds()));
        json.set("exceptions", json(report.exceptions()));
        return json;
    }

    private static ObjectNode json(PolicyTests.Coverage coverage) {
        ObjectNode json = Json.object();
        json.set("fired", Json.texts(coverage.fired()));
        json.set("silent", Json.texts(coverage.silent()));
        return json;
    }
}
