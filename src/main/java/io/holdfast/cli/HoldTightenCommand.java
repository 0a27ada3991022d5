package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "tighten",
        description = {
            "Replaces a hold by its next version, which may only stop more. One person can.",
            "Exits with 4 if the new version would let something through: `holdfast hold propose` does that."
        })
final class HoldTightenCommand implements Runnable {

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
        String id = Names.hold(body.path("hold").path("id").asText());
        ObjectNode answer = proof.keep(() -> server.connect().post("/v1/holds/" + id + "/versions", body));
        HoldFile.print("tightened", body, answer, output);
    }
}
