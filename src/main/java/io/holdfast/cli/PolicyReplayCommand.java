package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.DecisionJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Stored;
import io.holdfast.legal.Decision;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Tells what the requests in a log would have met under another rulebook or another stance, each at its own time.",
            "Nothing is checked: `holdfast log verify` does that, and `holdfast audit replay` whether the decisions were right."
        })
final class PolicyReplayCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PLACE",
            description = "An export, a folder or an archive, or the address of a gateway.")
    private String place;

    @Option(
            names = "--rulebook",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook to decide by; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--holds",
            paramLabel = "NAME",
            defaultValue = TestTable.START,
            description = "Under which holds: 'start', 'none', or a posture; default ${DEFAULT-VALUE}.")
    private String name;

    @Mixin
    private TokenOptions token;

    @Mixin
    private Output output;

    /** A decision that would have come out otherwise. */
    private record Otherwise(long index, Decision was, Decision is) {}

    @Override
    public Integer call() {
        try {
            Rulebook rulebook = PolicyFolder.draft(folder);
            HoldsInForce holds = new HoldsInForce(0, PolicyFolder.holds(rulebook, name, "--holds"));
            List<Otherwise> otherwise = new ArrayList<>();
            Map<String, Integer> counts = new TreeMap<>();
            LogReader.of(SteadyLog.of(LogPlace.open(place, token)))
                    .entries()
                    .forEachOrdered(stored -> decide(stored, rulebook, holds, otherwise, counts));
            output.print(lines(otherwise, counts), json(otherwise, counts).put("digest", rulebook.digest()));
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    private static void decide(
            Stored stored,
            Rulebook rulebook,
            HoldsInForce holds,
            List<Otherwise> otherwise,
            Map<String, Integer> counts) {
        if (!(stored.entry().event() instanceof Event.RequestDecided decided)) {
            return;
        }
        Decision was = decided.decision();
        Decision is = rulebook.decide(
                decided.facts(), holds, stored.entry().envelope().at());
        counts.merge(was.outcome() + " to " + is.outcome(), 1, Integer::sum);
        if (was.outcome() != is.outcome()
                || !was.basis().reasons().equals(is.basis().reasons())) {
            otherwise.add(new Otherwise(stored.index(), was, is));
        }
    }

    private static List<String> lines(List<Otherwise> otherwise, Map<String, Integer> counts) {
        List<String> lines = new ArrayList<>();
        if (!otherwise.isEmpty()) {
            Table table = new Table("entry", "was", "would be", "because");
            for (Otherwise one : otherwise) {
                table.row(
                        one.index(),
                        one.was().outcome(),
                        one.is().outcome(),
                        one.is().basis().reasons());
            }
            lines.addAll(table.lines());
            lines.add("");
        }
        counts.forEach((what, count) -> lines.add(what + ": " + count));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        lines.add(Counted.of(all, "decision") + ", " + otherwise.size() + " would have come out otherwise");
        return lines;
    }

    private static ObjectNode json(List<Otherwise> otherwise, Map<String, Integer> counts) {
        ObjectNode json = Json.object();
        ObjectNode numbers = json.putObject("counts");
        counts.forEach(numbers::put);
        return json.set("otherwise", Json.list(otherwise, PolicyReplayCommand::json));
    }

    private static JsonNode json(Otherwise one) {
        ObjectNode json = Json.object().put("entry", one.index());
        json.set("was", DecisionJson.write(one.was()));
        return json.set("would-be", DecisionJson.write(one.is()));
    }
}
