package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Shows the transparency reports that were published. Needs no token.")
final class ReportListCommand implements Runnable {

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode answer = server.connect().get("/v1/reports");
        Table table = new Table("from", "to", "entries", "published", "entry", "report");
        for (JsonNode report : answer.path("reports")) {
            table.row(
                    report.path("from").asText(),
                    report.path("to").asText(),
                    report.path("entries").asText(),
                    report.path("published").asText(),
                    report.path("entry").asText(),
                    report.path("digest").asText());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(Counted.of(answer.path("reports").size(), "report") + " published");
        output.print(lines, answer);
    }
}
