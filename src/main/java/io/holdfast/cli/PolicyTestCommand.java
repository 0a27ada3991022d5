package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicyTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        description = {
            "Runs the cases in tests/ of a rulebook, and says which rules no case has exercised. The lock need not fit.",
            "Exits with 1 if a case fails, or if there is none."
        })
final class PolicyTestCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            PolicyTests.Report report = PolicyTests.run(PolicyFolder.draft(folder));
            boolean passed = report.failures().isEmpty() && !report.results().isEmpty();
            output.print(lines(report), json(report).put("passed", passed));
            return passed ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (PolicyException e) {
            output.print(
                    PolicyFolder.lines(e.problems()),
                    Json.object().put("passed", false).set("problems", PolicyFolder.json(e.problems())));
            return ExitCode.CHECK_FAILED;
        }
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
