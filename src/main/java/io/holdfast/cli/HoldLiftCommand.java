package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lift",
        description = {
            "Proposes to lift one hold, as soon as another person approves. Exits with 5: until then it stands.",
            "`holdfast hold propose` can say more: several at once, wider versions, times."
        })
final class HoldLiftCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The hold's id.")
    private String id;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in words. It is sealed in the log.")
    private String reason;

    @Mixin
    private EvidenceOption evidence;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String path = "/v1/holds/" + Names.hold(id) + "/lift";
        ObjectNode body = Json.object().put("reason", reason);
        evidence.add(body);
        ObjectNode answer = proof.keep(() -> server.connect().post(path, body));
        return HoldChangeView.print(answer, output);
    }
}
