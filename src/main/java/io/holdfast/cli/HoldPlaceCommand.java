package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "place",
        description = "Places a hold. One person can; it stands at once, and for every request after it.")
final class HoldPlaceCommand implements Runnable {

    @Mixin
    private HoldFile hold;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode body = hold.body();
        ObjectNode answer = proof.keep(() -> server.connect().post("/v1/holds", body));
        HoldFile.print("placed", body, answer, output);
    }
}
