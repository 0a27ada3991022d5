package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.FactsJson;
import io.holdfast.legal.Hold;
import io.holdfast.legal.Term;
import io.holdfast.policy.Difference;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Rulebook;
import java.nio.file.Files;
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
        name = "diff",
        description = {
            "Tells what two rulebooks, or two stances, decide differently over all requests: how many classes go from what to",
            "what, a sentence for each kind, and an example. Exits with 1 if something opens that was shut, or opens to fewer",
            "people; with 0 if both decide alike or the second is only stricter."
        })
final class PolicyDiffCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description =
                    "A rulebook, with the holds it starts with; or a posture of the rulebook, such as postures/withdraw.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The other one.")
    private String to;

    @Option(
            names = "--rulebook",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "Where postures are taken from; default ${DEFAULT-VALUE}.")
    private Path rulebook;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Compare from this time on, such as 2026-11-23T12:00:00Z; default now.")
    private Instant since;

    @Mixin
    private Output output;

    /** Rules with the holds that stand over them. */
    private record Side(Rulebook rulebook, List<Hold> holds) {}

    @Override
    public Integer call() {
        try {
            Side before = side(from);
            Side after = side(to);
            Difference difference = Difference.between(
                    before.rulebook(),
                    before.holds(),
                    after.rulebook(),
                    after.holds(),
                    since == null ? Clock.systemUTC().instant() : since);
            output.print(lines(difference, after.rulebook()), json(difference, after.rulebook()));
            return difference.opening() == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    private Side side(String name) throws PolicyException {
        Path folder = LocalFile.path(name);
        if (Files.exists(folder.resolve("vocabulary.yaml"))) {
            Rulebook whole = PolicyFolder.draft(folder);
            return new Side(whole, whole.startHolds());
        }
        Rulebook whole = PolicyFolder.draft(rulebook);
        String posture = name.replaceFirst("/+$", "").replaceFirst("^.*/", "");
        return new Side(whole, PolicyFolder.holds(whole, posture, "what is no rulebook"));
    }

    private static List<String> lines(Difference difference, Rulebook rulebook) {
        List<String> lines = new ArrayList<>();
        difference
                .told(rulebook.vocabulary())
                .forEach(told -> lines.add((told.opens() ? "OPENS  " : "") + Terminal.safe(told.sentence())));
        if (difference.changes().isEmpty()) {
            lines.add("both decide alike");
        } else {
            Table counts = new Table("from what to what", "classes");
            difference.moves().forEach(move -> counts.row(move, move.classes()));
            lines.add("");
            lines.addAll(counts.lines());
        }
        lines.add("");
        lines.add(difference.points() + " classes of requests, each for 7 categories; "
                + (difference.opening() == 0 ? "nothing opens" : difference.opening() + " open"));
        return lines;
    }

    private static ObjectNode json(Difference difference, Rulebook rulebook) {
        ObjectNode json = Json.object().put("points", difference.points()).put("opening", difference.opening());
        ObjectNode counts = json.putObject("counts");
        difference.moves().forEach(move -> counts.put(move.toString(), move.classes()));
        json.set(
                "told",
                Json.list(
                        difference.told(rulebook.vocabulary()),
                        told -> Json.object()
                                .put("sentence", told.sentence())
                                .put("opens", told.opens())
                                .put("classes", told.classes())
                                .put("at", told.witness().at().toString())
                                .set("facts", FactsJson.write(told.witness().facts()))));
        return json.set(
                "changes",
                Json.list(
                        difference.changes(),
                        change -> Json.object()
                                .<ObjectNode>set("issuers", Json.list(change.issuers(), PolicyDiffCommand::text))
                                .put("instrument", change.instrument().code())
                                .put("category", change.category().code())
                                .put("from", change.from().toString())
                                .put("to", change.to().toString())
                                .put("opens", change.opens())
                                .put("classes", change.cells())));
    }

    private static JsonNode text(Term term) {
        return Json.object().textNode(term.code());
    }
}
