package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.legal.Hold;
import io.holdfast.policy.PolicyException;
import io.holdfast.policy.PolicySet;
import io.holdfast.policy.Problem;
import io.holdfast.policy.Rulebook;
import io.holdfast.policy.TestTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rulebook in a folder, as it is being worked on. */
final class PolicyFolder {

    private PolicyFolder() {}

    static PolicySet read(Path folder) throws PolicyException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, folder + " is not a folder; give the one that holds vocabulary.yaml");
        }
        return PolicySet.read(folder);
    }

    /** As if its lock had been written: what a draft would do is asked before it is reviewed. */
    static Rulebook draft(Path folder) throws PolicyException {
        return read(folder).relocked().rulebook();
    }

    /**
     * The holds of this name: those that a new log starts with, none, or those of a posture.
     *
     * @param option what named them, for the message
     */
    static List<Hold> holds(Rulebook rulebook, String name, String option) {
        return rulebook.holds(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        option + " must be " + TestTable.START + ", " + TestTable.NO_HOLDS + " or one of the postures "
                                + String.join(", ", rulebook.postures())));
    }

    static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Terminal.safe(problem.toString()))
                .toList();
    }

    static ArrayNode json(List<Problem> problems) {
        return Json.list(
                problems,
                problem -> Json.object()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("sentence", problem.sentence()));
    }
}
