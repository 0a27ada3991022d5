package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Which rulebook is meant, and how one that people act on is shown. */
final class RulebookOption {

    @Parameters(index = "0", paramLabel = "DIGEST", description = "The rulebook, as `holdfast policy status` says it.")
    private String digest;

    /** @param step what is done with it, as the gateway calls it */
    String path(String step) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "a rulebook is named by 64 hex digits; `holdfast policy status` says them");
        }
        return "/v1/rulebooks/" + digest + "/" + step;
    }

    String digest() {
        return digest;
    }

    static List<String> lines(JsonNode answer) {
        Table table = new Table()
                .row("rulebook", answer.at("/change/next").asText())
                .row("state", answer.path("state").asText())
                .row("record", answer.at("/record/index").asText());
        if (answer.has("stands-until")) {
            table.row("stands until", answer.path("stands-until").asText());
        }
        return table.lines();
    }
}
