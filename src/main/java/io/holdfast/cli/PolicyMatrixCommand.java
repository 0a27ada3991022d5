package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.legal.HoldsInForce;
import io.holdfast.policy.GrantWords;
import io.holdfast.policy.Matrix;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "matrix",
        description = {
            "Shows what each instrument reaches, by pack and category of data, and says in words who may use it and what it asks for.",
            "Every cell is decided, not read: by requests that satisfy the grant, with all approvals given. The lock need not fit."
        })
final class PolicyMatrixCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            defaultValue = "policies",
            description = "The rulebook; default ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(names = "--pack", paramLabel = "ID", description = "This pack only.")
    private String pack;

    @Option(
            names = {"--posture", "--holds"},
            paramLabel = "NAME",
            defaultValue = TestTable.NO_HOLDS,
            description = "The holds in force: '${DEFAULT-VALUE}' for what the law alone gives, '"
                    + ServeOptions.START_HOLDS + "' for those that a new log starts with, or a posture.")
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
            show(PolicyFolder.draft(folder));
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.join("\n", PolicyFolder.lines(e.problems())));
        }
    }

    private void show(Rulebook rulebook) {
        GrantWords words = new GrantWords(rulebook.vocabulary());
        Instant when = at == null ? Clock.systemUTC().instant() : at;
        HoldsInForce inForce = new HoldsInForce(0, PolicyFolder.holds(rulebook, holds, "--posture"));
        List<Matrix> matrices = chosen(Matrix.of(rulebook, inForce, when));
        List<String> lines = new ArrayList<>();
        lines.add("rulebook " + rulebook.digest());
        lines.add("holds " + Terminal.safe(holds) + ", at " + when);
        inForce.holds().forEach(hold -> lines.add("  " + Terminal.safe(hold.reference() + ": " + hold.title())));
        matrices.forEach(matrix -> lines.addAll(MatrixView.lines(matrix, words)));
        ObjectNode json = Json.object()
                .put("rulebook", rulebook.digest())
                .put("at", when.toString())
                .put("holds", holds);
        json.set("packs", Json.list(matrices, matrix -> MatrixJson.write(matrix, words)));
        output.print(lines, json);
    }

    private List<Matrix> chosen(List<Matrix> all) {
        List<Matrix> chosen = all.stream()
                .filter(matrix -> pack == null || matrix.pack().id().equals(pack))
                .toList();
        if (chosen.isEmpty()) {
            Set<String> ids = new TreeSet<>();
            all.forEach(matrix -> ids.add(matrix.pack().id()));
            throw new CommandFailure(ExitCode.USAGE, "--pack must be one of " + String.join(", ", ids));
        }
        return chosen;
    }
}
