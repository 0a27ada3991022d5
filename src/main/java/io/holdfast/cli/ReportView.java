package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A report that was proposed or published, as people see it. */
final class ReportView {

    private ReportView() {}

    static List<String> lines(JsonNode answer) {
        Table table = new Table()
                .row("report", answer.path("digest").asText())
                .row("from", answer.path("from").asText())
                .row("to", answer.path("to").asText())
                .row("entries counted", answer.path("entries").asText())
                .row("state", answer.path("state").asText())
                .row("record", answer.at("/record/index").asText());
        if (answer.has("stands-until")) {
            table.row("stands until", answer.path("stands-until").asText());
        }
        return table.lines();
    }

    /** As it stands in a path. */
    static String digest(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "a report is named by 64 hex digits; `holdfast report list` and `propose` say them");
        }
        return text;
    }
}
