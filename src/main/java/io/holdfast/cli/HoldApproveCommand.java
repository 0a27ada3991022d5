package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Approves a change of holds that another person has proposed: exactly this one. It takes effect with the last",
            "approval, or when its time comes. Exits with 5 while more people have to, with 6 if the approval does not count."
        })
final class HoldApproveCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PROPOSAL", description = "The proposal, as `holdfast hold changes` says it.")
    private String proposal;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = HoldChangeView.path(proposal) + "/approval";
        ObjectNode answer = proof.keep(() -> server.connect().post(path));
        return HoldChangeView.print(answer, output);
    }
}
