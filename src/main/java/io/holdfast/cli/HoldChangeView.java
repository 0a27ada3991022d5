package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A proposed change of holds, as people see it, and what its state means for a script. */
final class HoldChangeView {

    private HoldChangeView() {}

    static List<String> lines(JsonNode answer) {
        Table table = new Table()
                .row("proposal", answer.path("proposal").asText())
                .row("state", answer.path("state").asText())
                .row("changes", changes(answer))
                .row("approve by", answer.path("approve-by").asText());
        if (answer.has("effective")) {
            table.row("effective", answer.path("effective").asText());
        }
        table.row("effective by", answer.path("effective-by").asText());
        if (answer.has("record")) {
            table.row("record", answer.at("/record/index").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(PreviewView.classes(answer));
        lines.addAll(PreviewView.requests(answer));
        lines.add("");
        lines.add(Terminal.safe(answer.path("says").asText()));
        return lines;
    }

    /** In brief: what is lifted, and which version is to stand. */
    static String changes(JsonNode answer) {
        return StreamSupport.stream(answer.path("changes").spliterator(), false)
                .map(HoldChangeView::change)
                .collect(Collectors.joining("; "));
    }

    private static String change(JsonNode change) {
        JsonNode next = change.path("hold");
        return change.has("hold")
                ? next.path("id").asText() + "@" + next.path("version").asText()
                        + (change.path("change").asText().equals("PLACE") ? " is new" : " stands")
                : change.path("hold-id").asText() + "@" + change.path("version").asText() + " is lifted";
    }

    /** Prints it. @return 5 while it waits for another person */
    static int print(ObjectNode answer, Output output) {
        List<String> lines = new ArrayList<>(lines(answer));
        boolean isWaiting = answer.path("state").asText().equals("WAITING");
        if (isWaiting) {
            lines.add("holdfast hold approve "
                    + Terminal.safe(answer.path("proposal").asText()));
        }
        output.print(lines, answer);
        return isWaiting ? ExitCode.WAITING : ExitCode.OK;
    }

    /** As it stands in a path. */
    static String path(String proposal) {
        return "/v1/hold-changes/" + Names.proposal(proposal);
    }
}
