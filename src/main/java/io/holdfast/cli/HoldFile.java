package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A hold to be sent, and why. */
final class HoldFile {

    private static final int MOST_BYTES = 64 * 1024;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description =
                    "The hold in JSON, as `holdfast hold list --output json` shows one; '-' reads standard input.")
    private String file;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in 10 to 2000 characters. It is sealed in the log.")
    private String reason;

    /** What the interface takes. */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.set("hold", Json.read(file, LocalFile.read(file, MOST_BYTES)));
        return body.put("reason", reason);
    }

    /** A recorded change, as people see it. */
    static void print(String what, JsonNode body, ObjectNode answer, Output output) {
        Table table = new Table()
                .row(what, body.path("hold").path("id").asText())
                .row("record", answer.path("record").path("index").asText())
                .row("epoch", answer.path("epoch").asText());
        output.print(table.lines(), answer);
    }
}
