package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = "Takes back what you have proposed, or your objection. Nobody can do that for another person.")
final class HoldWithdrawCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "PROPOSAL", description = "The proposal, as `holdfast hold changes` says it.")
    private String proposal;

    @Option(names = "--objection", description = "Take back the objection, not the proposal.")
    private boolean isObjection;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = HoldChangeView.path(proposal);
        ObjectNode answer = proof.keep(() -> isObjection
                ? server.connect().delete(path + "/objection")
                : server.connect().post(path + "/withdrawal"));
        output.print(HoldChangeView.lines(answer), answer);
    }
}
