package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a request: what was decided last, why, and everything that is recorded of it.")
final class RequestShowCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Mixin
    private ProofOption proof;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String path = "/v1/requests/" + Names.request(id);
        ObjectNode request = proof.keep(() -> server.connect().get(path));
        output.print(RequestView.lines(request), request);
    }
}
