package io.holdfast.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/reference/case-states.md from the table itself. */
final class CaseStatesReference {

    private CaseStatesReference() {}

    static String write() {
        StringBuilder out = new StringBuilder();
        out.append("# Where a case can stand\n\n")
                .append("Generated from the code; `CaseStatesReferenceTest` says how to write it again.\n\n")
                .append(
                        "A case is one request with every entry on it. The gateway takes no step that is not in the table below,\n")
                .append(
                        "and `audit replay` reports each entry that is none. What the rules, the holds and the time say is asked\n")
                .append(
                        "besides, with each decision: see [the entries](audit-events.md). Entries that are not about one request\n")
                .append(
                        "move no case: a hold or a rulebook takes effect on a case with its next decision, and every step towards\n")
                .append("the data asks for one.\n\n")
                .append("| state | means | people or an agent may be waiting |\n|---|---|---|\n");
        for (CaseState state : CaseState.values()) {
            out.append("| `")
                    .append(state)
                    .append("` | ")
                    .append(state.sentence())
                    .append(" | ")
                    .append(state.isInFlight() ? "yes" : "no")
                    .append(" |\n");
        }
        out.append("\n## Steps that lead elsewhere\n\n| from | entry | to | only if |\n|---|---|---|---|\n");
        rows(false).forEach(out::append);
        out.append("\n## Steps that leave it where it is\n\n| in | entry | only if |\n|---|---|---|\n");
        rows(true).forEach(out::append);
        out.append(
                        "\n`approval-blocked`, `erasure-blocked` and the like are attempts that did not count. Everything that is not\n")
                .append(
                        "in the tables is refused: above all, nothing is decided again on what was refused, returned or shredded,\n")
                .append(
                        "and on what was handed over only that it is still released, while its package can be handed over again.\n");
        return out.toString();
    }

    /** One row for all states that have the rest in common. */
    private static List<String> rows(boolean areStaying) {
        Map<String, List<CaseState>> from = new LinkedHashMap<>();
        for (CaseState.Transition one : CaseState.transitions()) {
            if ((one.from() == one.to()) == areStaying) {
                String rest = " | `" + one.step().text() + "` | "
                        + (areStaying ? "" : "`" + one.to() + "` | ")
                        + one.condition().sentence() + " |\n";
                from.computeIfAbsent(rest, row -> new ArrayList<>()).add(one.from());
            }
        }
        return from.entrySet().stream()
                .map(row -> "| "
                        + row.getValue().stream()
                                .map(state -> "`" + state + "`")
                                .collect(Collectors.joining(", "))
                        + row.getKey())
                .toList();
    }
}
