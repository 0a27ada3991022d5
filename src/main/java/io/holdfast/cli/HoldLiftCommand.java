package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lift",
        description = {
            "Asks for a hold to be lifted. That takes two people, and the attempt is recorded.",
            "Exits with 4 while the gateway does not let people lift holds."
        })
final class HoldLiftCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "ID", description = "The hold's id.")
    private String id;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in 10 to 2000 characters. It is sealed in the log.")
    private String reason;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = "/v1/holds/" + Names.hold(id) + "/lift";
        ObjectNode answer = server.connect().post(path, Json.object().put("reason", reason));
        output.print(
                new Table()
                        .row("lifted", id)
                        .row("record", answer.path("record").path("index").asText())
                        .lines(),
                answer);
    }
}
