package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.FactsJson;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.Explanation;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Proof;
import io.holdfast.policy.Prover;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prove",
        description = {
            "Checks the invariants of a rulebook, and what every rulebook has to keep, over all requests that there can be:",
            "under the law alone and under holds. Tells one request for each statement that fails, and exits with 1."
        })
final class PolicyProveCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--holds",
            paramLabel = "NAME",
            defaultValue = TestTable.START,
            description =
                    "Under which holds: 'start', a posture, or 'all'; several are allowed; default ${DEFAULT-VALUE}.")
    private List<String> holds;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try {
            Rulebook rulebook = PolicyFolder.draft(folder);
            Proof proof = Prover.prove(rulebook, names(rulebook));
            output.print(lines(rulebook, proof), json(proof).put("digest", rulebook.digest()));
            return proof.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (PolicyException e) {
            output.print(
                    PolicyFolder.lines(e.problems()),
                    Json.object().put("holds", false).set("problems", PolicyFolder.json(e.problems())));
            return ExitCode.CHECK_FAILED;
        }
    }

    private List<String> names(Rulebook rulebook) {
        List<String> names = new ArrayList<>();
        for (String name : holds) {
            if (name.equals(ALL)) {
                names.add(TestTable.START);
                names.addAll(rulebook.postures());
            } else {
                PolicyFolder.holds(rulebook, name, "--holds");
                names.add(name);
            }
        }
        return names;
    }

    private static List<String> lines(Rulebook rulebook, Proof proof) {
        List<String> lines = new ArrayList<>();
        for (Proof.Violation violation : proof.violations()) {
            lines.add(Terminal.safe(violation.statement() + " fails under " + violation.scene() + ", for "
                    + Counted.of(violation.times(), "class", "classes") + ": " + violation.what()));
            violation.witness().ifPresent(witness -> {
                lines.add("  for example, at " + witness.at() + ":");
                Table facts = new Table();
                Flat.rows("", FactsJson.write(witness.facts()), facts::row);
                facts.lines().forEach(line -> lines.add("    " + line));
                if (violation.scene().equals("law alone")) {
                    Explanation.of(rulebook, witness.facts(), new HoldsInForce(0, List.of()), witness.at())
                            .forEach(sentence -> lines.add("  " + Terminal.safe(sentence)));
                }
            });
        }
        Table scenes = new Table("under", "classes of requests", "permitted something");
        proof.scenes().forEach(one -> scenes.row(one.scene(), one.points(), one.permitted()));
        lines.addAll(scenes.lines());
        lines.add("");
        lines.add(Counted.of(proof.statements(), "statement")
                + (proof.holds()
                        ? ", all of them hold; "
                        : ", " + proof.violations().size() + " failures; ")
                + proof.points() + " classes of requests, each for 7 categories, in "
                + String.format(Locale.ROOT, "%.1f", proof.took().toMillis() / 1000.0) + " s");
        return lines;
    }

    private static ObjectNode json(Proof proof) {
        ObjectNode json = Json.object()
                .put("holds", proof.holds())
                .put("statements", proof.statements())
                .put("points", proof.points())
                .put("millis", proof.took().toMillis());
        json.set(
                "scenes",
                Json.list(
                        proof.scenes(),
                        one -> Json.object()
                                .put("under", one.scene())
                                .put("points", one.points())
                                .put("permitted", one.permitted())));
        return json.set("violations", Json.list(proof.violations(), PolicyProveCommand::json));
    }

    private static JsonNode json(Proof.Violation violation) {
        ObjectNode json = Json.object()
                .put("under", violation.scene())
                .put("statement", violation.statement())
                .put("what", violation.what())
                .put("times", violation.times());
        violation
                .witness()
                .ifPresent(witness -> json.set(
                        "witness",
                        Json.object()
                                .put("at", witness.at().toString())
                                .set("facts", FactsJson.write(witness.facts()))));
        return json;
    }
}
