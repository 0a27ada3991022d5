package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Shows the holds in force.")
final class HoldListCommand implements Runnable {

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode answer = server.connect().get("/v1/holds");
        output.print(lines(answer), answer);
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("hold", "mode", "from", "review by", "applies to");
        for (JsonNode hold : answer.path("holds")) {
            List<String> applies = new ArrayList<>();
            Flat.rows("", hold.path("applies"), (name, words) -> applies.add(name + " " + words));
            table.row(
                    hold.path("id").asText() + "@" + hold.path("version").asText(),
                    hold.path("mode").asText(),
                    hold.path("from").asText(),
                    hold.path("review-by").asText("-"),
                    applies.isEmpty() ? "everything" : String.join("; ", applies));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(answer.path("holds").size() + " in force, epoch "
                + answer.path("epoch").asText());
        return lines;
    }
}
