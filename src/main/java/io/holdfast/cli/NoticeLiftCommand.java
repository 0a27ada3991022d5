package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "lift",
        description = {
            "Records that what stood in the way of telling the person concerned is over, so that they are to be told again.",
            "One person can. An order takes the document that ends it."
        })
final class NoticeLiftCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Mixin
    private EvidenceOption evidence;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = NoticeView.path(id) + "/lift";
        ObjectNode body = Json.object();
        evidence.add(body);
        ObjectNode answer = proof.keep(() -> server.connect().post(path, body));
        output.print(NoticeView.lines(answer), answer);
    }
}
