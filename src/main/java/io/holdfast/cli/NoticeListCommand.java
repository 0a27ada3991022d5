package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "Lists the requests by which somebody has to be told, or is not told for now: what is due first, then what waits.",
            "Requests only; who it is stands in no list."
        })
final class NoticeListCommand implements Runnable {

    @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "100", description = "At most so many, up to 1000.")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "ID",
            description = "Go on after this request, the last one of the page before.")
    private String after;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (limit < 1 || limit > 1000) {
            throw new CommandFailure(ExitCode.USAGE, "--limit must be 1 to 1000");
        }
        String path = "/v1/notices?limit=" + limit + (after == null ? "" : "&after=" + Names.request(after));
        ObjectNode answer = server.connect().get(path);
        output.print(lines(answer), answer);
    }

    private static List<String> lines(ObjectNode answer) {
        ArrayNode notices = answer.withArray("notices");
        Table table = new Table("request", "notice");
        for (JsonNode notice : notices) {
            table.row(notice.path("request").asText(), NoticeView.words(notice));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(Counted.of(answer.path("due").asInt(), "notice") + " due"
                + (answer.path("more").asBoolean()
                        ? "; more with --after "
                                + notices.get(notices.size() - 1)
                                        .path("request")
                                        .asText()
                        : ""));
        return lines;
    }
}
