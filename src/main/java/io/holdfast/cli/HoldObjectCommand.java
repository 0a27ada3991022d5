package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "object",
        description = {
            "Objects to a change of holds. One objection stops it until whoever objects takes it back, with",
            "`holdfast hold withdraw --objection`."
        })
final class HoldObjectCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "PROPOSAL", description = "The proposal, as `holdfast hold changes` says it.")
    private String proposal;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in words. It is sealed in the log.")
    private String reason;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = HoldChangeView.path(proposal) + "/objection";
        ObjectNode answer =
                proof.keep(() -> server.connect().post(path, Json.object().put("reason", reason)));
        output.print(HoldChangeView.lines(answer), answer);
    }
}
