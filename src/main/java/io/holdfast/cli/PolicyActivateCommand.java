package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "activate",
        description = {
            "Agrees to a rulebook that another person has proposed. Whatever is decided from",
            "the next entry of the log on is decided under it."
        })
final class PolicyActivateCommand implements Runnable {

    @Mixin
    private RulebookOption rulebook;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = rulebook.path("activation");
        ObjectNode answer = proof.keep(() -> server.connect().post(path, Json.object()));
        output.print(RulebookOption.lines(answer), answer);
    }
}
